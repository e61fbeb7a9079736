package conversation

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/transcript"
	"ehlo/ui/theme"
)

// View returns exactly as many rows as SetSize gave. It costs what the rows
// cost that can be seen, however long the conversation is.
func (m Model) View() string {
	m.order.Lock() // a flood waits for the frame, which would else wait for it at each line
	defer m.order.Unlock()
	m.laid = make(map[int][]row)
	rows := m.visible()
	drawn := make([]string, m.height)
	for i, r := range rows {
		drawn[i] = m.draw(r)
	}
	return strings.Join(drawn, "\n")
}

// visible returns the rows that can be seen, at most as many as there is room
// for.
func (m Model) visible() []row {
	top := m.current()
	var rows []row
	for i := top.entry; i < m.store.Len() && len(rows) < m.height; i = m.after(i) {
		of := m.rows(i)
		if i == top.entry {
			of = of[min(top.row, len(of)):]
		}
		rows = append(rows, of...)
		m.look(i, rows[len(rows)-len(of):])
	}
	rows = rows[:min(len(rows), m.height)]
	if m.rests(top) && len(rows) > 0 {
		rows[0] = row{mark: blank, of: -1}
	}
	return rows
}

// restFrom is the height from which on the first row may rest.
const restFrom = 4

// rests reports whether the first row stays empty, as the row beneath the rule
// mostly is: while the pane follows, neither a note nor the mere tail of an
// entry stands there.
func (m Model) rests(top position) bool {
	if m.held || m.height < restFrom || top == m.first() {
		return false
	}
	tail := top.row > 0 && top.row == len(m.rows(top.entry))-1
	return tail || m.store.At(top.entry).Kind == transcript.KindNote
}

// draw draws one row.
func (m Model) draw(r row) string {
	pen := pen{}
	if r.looked {
		pen.put(m.theme.Focus, m.theme.Marks.You.Sign)
		r.role = m.theme.Focus
	}
	if r.mark.Sign != " " {
		pen.to(markColumn)
		pen.put(r.mark.Role, r.mark.Sign)
	}
	if r.text != "" {
		pen.to(r.indent)
		m.drawText(&pen, r.role, r.text)
	}
	if r.means != "" {
		pen.to(r.edge)
		pen.put(m.theme.Voice, r.means)
	}
	if r.time != "" {
		pen.to(m.places().right - len(r.time))
		pen.put(m.theme.Muted, r.time)
	}
	return ansi.Truncate(pen.b.String(), m.width, "")
}

// drawText draws a text with the places of hidden secrets in their role.
func (m Model) drawText(pen *pen, role theme.Style, text string) {
	for {
		before, after, found := strings.Cut(text, session.Hidden)
		pen.put(role, before)
		if !found {
			return
		}
		pen.put(m.theme.Secret, session.Hidden)
		text = after
	}
}

// pen writes a row from left to right.
type pen struct {
	b  strings.Builder
	at int
}

// to goes to a column, if it is still ahead.
func (p *pen) to(column int) {
	for ; p.at < column; p.at++ {
		p.b.WriteByte(' ')
	}
}

func (p *pen) put(role theme.Style, text string) {
	role.Append(&p.b, text)
	p.at += ansi.StringWidth(text)
}
