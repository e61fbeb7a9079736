// Package ladder is the lower rule of the screen: the stages of the protocol
// and where the talk stands in them.
//
//	── CONNECT > HELLO >(tls)>(sign in)> FROM >[TO]> DATA > SENT ───
//
// The bracket marks the stage to be taken next. Left of it a name in capitals
// is done and one in parentheses was passed by or is not offered; right of it
// all is still ahead. A refused stage keeps the bracket, in the role of a
// refusal. Brackets take the place of the spaces around a name, so no name
// ever moves.
//
// The pane only shows: it takes no keys.
package ladder

import (
	"strings"

	"ehlo/session"
	"ehlo/ui/rule"
	"ehlo/ui/theme"
)

// narrow is the width from which on the whole ladder is drawn.
const narrow = 80

// lead is the columns of line before the first name.
const lead = 2

// Model is the lower rule, one row. Make it with New.
type Model struct {
	theme  theme.Theme
	width  int
	height int
	tee    int
	ladder session.Ladder
}

// New returns a ladder without stages, which is a plain line. It has no size.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the ladder its room: columns and rows. It needs one row.
func (m *Model) SetSize(w, h int) { m.width, m.height = max(w, 0), max(h, 0) }

// SetTee tells at which column, from 0, the line between two panes meets the
// ladder; 0 is none.
func (m *Model) SetTee(column int) { m.tee = column }

// Set tells where the talk stands.
func (m *Model) Set(l session.Ladder) { m.ladder = l }

// View returns exactly as many rows as SetSize gave, the first of them the
// ladder.
func (m Model) View() string {
	if m.height == 0 {
		return ""
	}
	r := rule.NewRow(m.theme, m.width)
	r.Tee(m.tee, m.theme.Lines.TeeUp)
	r.Line(lead)
	if m.width < narrow {
		m.drawPlace(r)
	} else {
		m.drawRungs(r)
	}
	return r.String() + strings.Repeat("\n", m.height-1)
}

func (m Model) drawRungs(r *rule.Row) {
	for i, rung := range m.ladder.Rungs {
		if i > 0 {
			r.Word(m.theme.Muted, ">")
		}
		switch {
		case i == m.ladder.At:
			r.Slot(m.place(), "[", rung.Name, "]")
		case rung.Step == session.Skipped:
			r.Slot(m.theme.Muted, "(", strings.ToLower(rung.Name), ")")
		case rung.Step == session.Done:
			r.Slot(m.theme.Plain, " ", rung.Name, " ")
		default:
			r.Slot(m.theme.Muted, " ", rung.Name, " ")
		}
	}
}

// drawPlace draws the short form: the place alone, with a word on it.
func (m Model) drawPlace(r *rule.Row) {
	if m.ladder.At < 0 || m.ladder.At >= len(m.ladder.Rungs) {
		return
	}
	rung := m.ladder.Rungs[m.ladder.At]
	r.Slot(m.place(), "[", rung.Name, "]")
	words := " is next "
	switch {
	case m.ladder.Refused:
		words = " was refused "
	case rung.Step == session.Done:
		words = " is done "
	}
	r.Word(m.theme.Muted, words)
}

// place is the role of the bracket.
func (m Model) place() theme.Style {
	if m.ladder.Refused {
		return m.theme.Refused
	}
	return m.theme.Open
}
