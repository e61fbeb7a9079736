package ui

import (
	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/sanitize"
)

// maxHeldRows is how many waiting lines stand above the prompt.
const maxHeldRows = 3

// holding reports whether lines wait for the server to speak first. The moment
// between Enter and the wire is none.
func (l *live) holding() bool {
	return l.talking() && len(l.pending) > 0 && (l.waiting.on || l.pouring() || !l.state.Greeted)
}

// heldRows are the lines that wait, oldest first, as they stand above the
// ladder.
func (m *Model) heldRows(w int) (rows []string) {
	if !m.live.holding() {
		return nil
	}
	for i, line := range m.live.pending {
		text := m.text("waiting-line", "{line}", sanitize.Text(line.shown))
		if i == maxHeldRows-1 && len(m.live.pending) > maxHeldRows {
			text = m.text("waiting-more")
		}
		rows = append(rows, " "+m.theme.Marks.NotNow.Render()+" "+m.theme.Muted.Render(ansi.Truncate(text, w-4, "...")))
		if len(rows) == maxHeldRows {
			break
		}
	}
	return rows
}

// takeBack puts the newest line that waits back into the prompt, and reports
// whether there was one. A secret does not come back: nobody keeps it.
func (m *Model) takeBack() bool {
	if !m.live.holding() || m.prompt.Value() != "" {
		return false
	}
	last := m.live.pending[len(m.live.pending)-1]
	out, waiting := m.live.session.Withdraw(last.id)
	line, isLine := out.(session.Line)
	if !waiting || !isLine {
		return false
	}
	m.live.drop(last.id)
	if line.Text == last.shown {
		m.prompt.SetValue(line.Text)
	}
	return true
}
