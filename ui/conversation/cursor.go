package conversation

import (
	"ehlo/session"
	"ehlo/session/transcript"
)

// cursor is the line that is looked at, while there is one.
type cursor struct {
	on      bool
	entry   int
	marking bool // all from here to the entry is marked
	from    int
}

// Subject is what a line of the talk is about. The zero value is nothing.
type Subject struct {
	Sent    bool            // a line of ours; else one of the server
	Line    string          // as said, secrets replaced; not safe for a terminal
	First   bool            // of the server: the first line of its reply
	Command session.Command // the line of ours, or the one that is answered; zero: the greeting
	Reply   session.Reply   // of the server: its whole reply, as far as it is at hand
}

// Walk looks at the line before (by under 0) or after the one that is looked
// at, and brings it into sight; without one it begins at the newest. It reports
// whether there is a line to look at.
func (m *Model) Walk(by int) bool {
	step, from := 1, m.cursor.entry+1
	if by < 0 {
		step, from = -1, m.cursor.entry-1
	}
	if !m.cursor.on {
		step, from = -1, m.store.Len()-1
	}
	for i, ok := m.store.Seek(from, step, m.side); ok; i, ok = m.store.Seek(i+step, step, m.side) {
		if kind := m.store.At(i).Kind; kind != transcript.KindNote && kind != transcript.KindBody {
			m.cursor = cursor{on: true, entry: i}
			m.reveal(i)
			return true
		}
	}
	return m.cursor.on
}

// LookAway looks at no line any more, and follows the newest again.
func (m *Model) LookAway() {
	m.cursor = cursor{}
	m.End()
}

// reveal scrolls as little as brings all of an entry into sight.
func (m *Model) reveal(i int) {
	first, top := position{entry: i}, m.current()
	last := m.up(position{entry: i + 1}, m.height)
	switch {
	case first.before(top):
		m.hold(first)
	case top.before(last):
		m.hold(last)
	}
	if m.held && !m.top.before(m.bottom()) {
		m.End()
	}
}

// hold shows the pane from a row on.
func (m *Model) hold(top position) {
	if !m.held {
		m.held, m.seen = true, m.store.Len()
	}
	m.top = top
}

// look marks the rows of the line that is looked at.
func (m Model) look(i int, rows []row) {
	first, last := m.cursor.marked()
	for at := range rows {
		rows[at].of = i
		rows[at].looked = m.cursor.on && i >= first && i <= last && rows[at].text != ""
	}
}

// Looked returns what is looked at, and whether there is such a line.
func (m Model) Looked() (Subject, bool) {
	i := m.cursor.entry
	if !m.cursor.on || i < m.store.Dropped() || i >= m.store.Len() {
		return Subject{}, false
	}
	e := m.store.At(i)
	if e.Kind == transcript.KindSent {
		return Subject{Sent: true, Line: e.Text, Command: m.asked.command(i, e.Text)}, true
	}
	_, to := m.answers(i, e)
	first, end := m.store.Span(i)
	reply, _ := m.frame(first, min(end, first+session.MaxReplyLines))
	return Subject{Line: e.Text, First: e.Flags&transcript.FirstLine != 0, Command: to, Reply: reply}, true
}
