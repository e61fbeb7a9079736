// Package offers shows what a server offers after EHLO: each line as the
// server wrote it, and beside it one sentence that says what it is good for.
//
//	√ 8BITMIME                            Takes accented letters as they are.
//	- STARTTLS                            Not in the list: STARTTLS (encryption).
//
// The short form, for a side pane, has two or three words instead. What people
// ask for and the server does not offer stands at the end.
package offers

import (
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// Model is the pane. The zero value draws nothing; New makes a useful one.
type Model struct {
	theme         theme.Theme
	width, height int
	brief         bool
	heard         bool     // the server has answered a hello
	lines         []string // as the server wrote them, without their codes
	before        []string // those of before TLS, to compare; nil: nothing to compare
	encrypted     bool
	top           int
	chosen        int // of lines, counted from 1; 0: none
}

// New returns a pane that has heard nothing yet.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the pane w columns and h rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetBrief chooses the short form for a side pane.
func (m *Model) SetBrief(on bool) { m.brief = on }

// SetOffers shows the lines of an answer to EHLO, without their codes and
// without the first, in which the server only greets: "SIZE 31981568". None
// means that the server lists nothing, as after HELO. On an encrypted line
// STARTTLS is not missed (RFC 3207 section 4.2).
func (m *Model) SetOffers(lines []string, encrypted bool) {
	m.lines, m.encrypted, m.heard, m.top, m.chosen = lines, encrypted, true, 0, 0
}

// SetBefore tells what the server offered before TLS; the list now is compared
// with it. nil is nothing to compare.
func (m *Model) SetBefore(lines []string) { m.before = lines }

// Forget empties the pane: the list counts no more, as after STARTTLS, or the
// line is gone.
func (m *Model) Forget() { m.lines, m.before, m.heard, m.top, m.chosen = nil, nil, false, 0, 0 }

// Rows is how many rows there are to show at the present width.
func (m Model) Rows() int { return len(m.rows()) }

// Scroll moves the page by so many rows, up when negative.
func (m *Model) Scroll(rows int) {
	m.top = page.Top(len(m.squeezed()), m.top+rows, m.height)
}

// View draws exactly the rows of SetSize.
func (m Model) View() string { return page.Window(m.squeezed(), m.top, m.width, m.height) }

// squeezed returns the rows, without the air at the top when room is short.
func (m Model) squeezed() []string {
	rows := m.rows()
	if len(rows) > m.height {
		return rows[1:]
	}
	return rows
}
