package conversation

import (
	"bytes"
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/transcript"
)

// folded is a message in one line: what it is made of, and its size.
func (m Model) folded(i int, event session.Event) item {
	it := item{mark: m.theme.Marks.You, role: m.theme.Sent, text: words().Message.Begun}
	say := ""
	switch e := event.(type) {
	case session.BodyMoved:
		say = strings.ReplaceAll(words().Message.Moved, "{done}", explain.Size(e.Bytes))
	case session.BodyEnded:
		it.text = contents(e)
		say = words().Message.Folded
		switch {
		case !e.Finished:
			say = words().Message.Stopped
		case m.unfolded[i]:
			say = words().Message.Unfolded
		}
		say = strings.ReplaceAll(say, "{size}", explain.Size(e.Bytes))
	}
	if say != "" {
		it.means = []string{say}
	}
	return it
}

// contents counts the lines of a message as far as it was kept.
func contents(e session.BodyEnded) string {
	header, text, found := bytes.Cut(e.Head, []byte("\r\n\r\n"))
	form := words().Message.Whole
	switch whole := e.Bytes <= int64(len(e.Head)); {
	case !found && !whole, len(e.Head) == 0:
		return words().Message.Open
	case !whole:
		form = words().Message.Head
	}
	return strings.NewReplacer(
		"{headers}", count(lines(header), "header line"),
		"{lines}", textLines(lines(text)),
	).Replace(form)
}

// textLines words a number of lines of text: "4 lines of text".
func textLines(n int) string { return count(n, "line") + " of text" }

// lines counts the lines of a text, whether or not the last one is ended.
func lines(text []byte) int {
	n := bytes.Count(text, []byte("\n"))
	if len(text) > 0 && text[len(text)-1] != '\n' {
		n++
	}
	return n
}

// unfold adds the lines of a message that is shown in full to its rows.
func (m Model) unfold(i int, event session.Event, rows []row) []row {
	e, ok := event.(session.BodyEnded)
	if !ok || !m.unfolded[i] {
		return rows
	}
	text := strings.TrimSuffix(string(e.Head), "\r\n")
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		rows = append(rows, m.lay(item{mark: blank, role: m.theme.Plain, text: sanitize.Text(line)})...)
	}
	if e.Bytes > int64(len(e.Head)) {
		rows = append(rows, m.lay(item{mark: blank, role: m.theme.Muted, text: words().Rest})...)
	}
	return rows
}

// Unfold shows the newest message that can be seen in full, or folds it again.
// It reports whether there is one.
func (m *Model) Unfold() bool {
	top := m.current()
	for i := m.lastSeen(top); i >= top.entry && i >= 0; i-- {
		if m.store.At(i).Kind != transcript.KindBody {
			continue
		}
		if m.unfolded[i] {
			delete(m.unfolded, i)
		} else {
			m.unfolded[i] = true
		}
		return true
	}
	return false
}
