// Package hints draws the two rows at the bottom: what the open thing takes,
// and beneath it the keys that never change.
//
//	Enter send   Tab complete   Up earlier lines   PgUp scroll   Esc/Ctrl+] break
//	F1/Alt+H help  F2/Alt+S save  F5/Alt+W guided  F6/Alt+N pane  F10/Ctrl+Q quit
//
// Before them stands what may come next in the line that is typed:
//
//	Next: DATA, RCPT TO, RSET, NOOP, QUIT   Tab complete   Esc/Ctrl+] break
//
// A hint is the help of a key.Binding, the very one that is matched, so what
// is printed is what works. A key stands before its word, its twin after a
// slash. Nothing is ever cut: what has no room is left out.
package hints

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"ehlo/ui/theme"
)

// MaxOpen is how many hints of the open thing are shown at most.
const MaxOpen = 5

// narrow is the width under which there is one row, without twins.
const narrow = 80

// Model is the two rows. The zero value draws them empty; New makes a useful
// one.
type Model struct {
	theme         theme.Theme
	width, height int
	lead          []string // a label, then words
	open          []hint
	few, all      []hint
}

// New returns rows without hints.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives w columns and h rows, one or two. In one row, and under 80
// columns, there are no fixed hints of their own.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetOpen tells what the open thing takes, most likely first and the way out
// of it last. Disabled bindings and those without help are passed over.
func (m *Model) SetOpen(bindings []key.Binding) {
	m.open = hintsOf(bindings)
	m.open = m.open[:min(len(m.open), MaxOpen)]
}

// SetLead tells what may come next: a label, and the words behind it, likeliest
// first. Words without room are left out from the right. No word: no lead.
func (m *Model) SetLead(label string, words []string) {
	m.lead = nil
	if len(words) > 0 {
		m.lead = append([]string{label}, words...)
	}
}

// SetFixed tells the fixed keys: few are those for 80 columns, all are shown
// where they have room. The first of few is the help.
func (m *Model) SetFixed(few, all []key.Binding) {
	m.few, m.all = hintsOf(few), hintsOf(all)
}

// View draws exactly the rows of SetSize.
func (m Model) View() string {
	rows := make([]string, m.height)
	if m.height > 0 {
		rows[0] = m.openRow()
	}
	if m.height > 1 && m.width >= narrow {
		rows[1] = m.fixedRow()
	}
	return strings.Join(rows, "\n")
}

func (m Model) openRow() string {
	switch {
	case m.width < narrow:
		return m.trailed()
	case len(m.lead) > 0:
		return m.led()
	}
	return m.render(fit(m.open, m.width, 3), 3)
}

// fixedRow takes the roomiest form that fits.
func (m Model) fixedRow() string {
	switch {
	case len(m.all) > 0 && width(m.all, 3) <= m.width:
		return m.render(m.all, 3)
	case width(m.few, 3) <= m.width:
		return m.render(m.few, 3)
	}
	return m.render(fit(m.few, m.width, 2), 2)
}
