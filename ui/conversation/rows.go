package conversation

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/sanitize"
	"ehlo/session/transcript"
	"ehlo/ui/theme"
	"ehlo/ui/wrap"
)

// item is an entry as it is to be laid out, safe to show.
type item struct {
	mark  theme.Mark
	role  theme.Style // of the text
	text  string
	means []string // each begins on a row of its own
	timed bool     // a place is kept for the time
	time  string
}

// row is one row of the pane.
type row struct {
	mark   theme.Mark
	indent int // column of the text
	role   theme.Style
	text   string
	edge   int // column of the meaning
	means  string
	time   string
	looked bool // it is looked at, or marked
	of     int  // the entry it is a row of, -1 for none
}

// blank is the mark of a row that has none.
var blank = theme.Mark{Sign: " "}

// rows lays out an entry, once a frame.
func (m Model) rows(i int) []row {
	if rows, ok := m.laid[i]; ok {
		return rows
	}
	rows := m.layEntry(i)
	if m.laid != nil {
		m.laid[i] = rows
	}
	return rows
}

// layEntry lays out an entry. It begins with an empty row where air is wanted,
// and comes to nothing where there is nothing to show.
func (m Model) layEntry(i int) (rows []row) {
	e := m.store.At(i)
	it, ok := m.item(i, e)
	if !ok {
		return nil
	}
	if m.airBefore(i, e) {
		rows = append(rows, m.air(i))
	}
	if m.hex && (e.Kind == transcript.KindSent || e.Kind == transcript.KindHeard) {
		return append(rows, m.hexRows(it, e)...)
	}
	rows = append(rows, m.lay(it)...)
	if e.Kind == transcript.KindBody {
		rows = m.unfold(i, e.Event, rows)
	}
	return rows
}

func (m Model) item(i int, e transcript.Entry) (item, bool) {
	switch e.Kind {
	case transcript.KindSent:
		it := item{mark: m.theme.Marks.You, role: m.theme.Sent, text: sanitize.Text(e.Text)}
		it.means = paragraphs(m.asks(i, e))
		it.time, it.timed = m.timeOf(i, e)
		return it, true
	case transcript.KindHeard:
		it := item{mark: m.replyMark(e), role: m.theme.Plain, text: sanitize.Text(e.Text)}
		it.means = m.says(i, e)
		it.time, it.timed = m.timeOf(i, e)
		return it, true
	case transcript.KindBody:
		return m.folded(i, e.Event), true
	case transcript.KindNote:
		return m.noteItem(e)
	case transcript.KindAway:
		return item{mark: blank, role: m.theme.Muted, text: words().Away}, true
	case transcript.KindLost:
		return item{mark: blank, role: m.theme.Muted, text: words().Lost}, true
	}
	return item{}, false
}

func (m Model) noteItem(e transcript.Entry) (item, bool) {
	n, ok := m.noteOf(e.Event)
	if !ok {
		return item{}, false
	}
	it := item{mark: m.noteMark(n.Mark), role: m.theme.Plain, text: n.Text}
	if m.level != Raw {
		it.means = paragraphs(n.Means)
	}
	if e.Flags&transcript.Timed != 0 {
		it.timed, it.time = true, took(e.Took)
	}
	return it, true
}

// answerTime is how long the answer to a line took, "..." while it is awaited.
func (m Model) answerTime(i int, e transcript.Entry) string {
	switch {
	case m.asked.awaited(i):
		return "..."
	case e.Flags&transcript.Timed != 0:
		return took(e.Took)
	case m.effect(i) == session.EffectText:
		return ""
	}
	return words().None
}

// airBefore reports whether an entry begins with an empty row: the first one,
// one that begins another conversation, and on a high screen an exchange.
func (m Model) airBefore(i int, e transcript.Entry) bool {
	if i == m.store.Dropped() {
		return true
	}
	switch e.Kind {
	case transcript.KindNote:
		return stageOf(e.Event) == session.StageConnect
	case transcript.KindSent:
		effect := m.effect(i)
		asks := effect != session.EffectText && effect != session.EffectEnd
		return m.airy && asks && m.store.At(i-1).Kind != transcript.KindSent
	}
	return false
}

// stageOf is the stage that a note is about.
func stageOf(event session.Event) session.Stage {
	switch e := event.(type) {
	case session.Began:
		return e.Stage
	case session.Passed:
		return e.Stage
	}
	return ""
}

// air is an empty row; over the oldest entry it tells of those before.
func (m Model) air(i int) row {
	r := row{mark: blank, indent: textColumn, role: m.theme.Muted}
	if i > 0 && i == m.store.Dropped() {
		r.text = strings.ReplaceAll(words().Dropped, "{n}", strconv.Itoa(i))
	}
	return r
}

// lay lays out an item: its text, and what it means beside or beneath it.
func (m Model) lay(it item) []row {
	p := m.places()
	first := p.right - textColumn
	if it.timed {
		first -= m.timeWidth() + 2
	}
	var rows []row
	for i, text := range wrap.Text(it.text, first, p.right-textColumn-hanging) {
		r := row{mark: blank, indent: textColumn + hanging, role: it.role, text: text}
		if i == 0 {
			r.mark, r.indent, r.time = it.mark, textColumn, it.time
		}
		rows = append(rows, r)
	}
	return m.layMeans(it, p, rows)
}

// layMeans adds the meanings to the rows of a text: the first one beside it
// when it leaves room.
func (m Model) layMeans(it item, p places, rows []row) []row {
	shares := p.beside && len(rows) == 1 && textColumn+ansi.StringWidth(rows[0].text)+2 <= p.edge
	for i, means := range it.means {
		first := p.means
		shares = shares && i == 0
		if shares && it.timed {
			first = max(min(first, p.right-p.edge-m.timeWidth()-1), 1)
		}
		for at, text := range wrap.Text(means, first, p.means) {
			if shares && at == 0 {
				rows[0].edge, rows[0].means = p.edge, text
				continue
			}
			rows = append(rows, row{mark: blank, edge: p.edge, means: text})
		}
	}
	return rows
}
