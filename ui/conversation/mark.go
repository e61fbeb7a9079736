package conversation

import (
	"strings"

	"ehlo/session/sanitize"
	"ehlo/session/transcript"
)

// MaxCopied bounds what is copied at once, in bytes: terminals take no more.
const MaxCopied = 64 << 10

// Mark marks the lines from the one that is looked at on, further by a line
// (back with by under 0) with every call, until another one is looked at
// without it.
func (m *Model) Mark(by int) {
	if !m.cursor.on {
		return
	}
	from := m.cursor.entry
	if m.cursor.marking {
		from = m.cursor.from
	}
	m.Walk(by)
	m.cursor.marking, m.cursor.from = true, from
}

// marked are the first and the last entry that are marked or looked at.
func (c cursor) marked() (first, last int) {
	if !c.marking {
		return c.entry, c.entry
	}
	return min(c.from, c.entry), max(c.from, c.entry)
}

// Copied returns the lines that are marked, else the one that is looked at, safe
// to show; several with C: and S: before them. It tells how many lines they
// are, and whether they are all.
func (m Model) Copied() (text string, lines int, whole bool) {
	if !m.cursor.on {
		return "", 0, true
	}
	first, last := m.cursor.marked()
	var b strings.Builder
	for i := first; i <= last; i = m.after(i) {
		line, ok := copied(m.store.At(i), first < last)
		if !ok {
			continue
		}
		if b.Len()+len(line) > MaxCopied {
			return b.String(), lines, false
		}
		if lines > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		lines++
	}
	return b.String(), lines, true
}

// copied is a line as it is copied.
func copied(e transcript.Entry, several bool) (string, bool) {
	side := ""
	switch {
	case e.Kind != transcript.KindSent && e.Kind != transcript.KindHeard:
		return "", false
	case several && e.Kind == transcript.KindSent:
		side = "C: "
	case several:
		side = "S: "
	}
	return side + sanitize.Text(e.Text), true
}

// LookAtRow looks at the line that stands on a row of the pane, and reports
// whether there is one.
func (m *Model) LookAtRow(y int) bool {
	rows := m.visible()
	if y < 0 || y >= len(rows) || rows[y].of < 0 {
		return false
	}
	kind := m.store.At(rows[y].of).Kind
	return (kind == transcript.KindSent || kind == transcript.KindHeard) && m.Look(rows[y].of)
}
