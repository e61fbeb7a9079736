package offers

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/ui/page"
)

// Listing reports whether there are lines to choose from.
func (m Model) Listing() bool { return m.heard && len(m.lines) > 0 }

// Down chooses the next line of the list; from none, the first.
func (m *Model) Down() { m.choose(m.chosen + 1) }

// Up chooses the line before; from none, the last.
func (m *Model) Up() {
	if m.chosen == 0 {
		m.chosen = len(m.lines) + 1
	}
	m.choose(m.chosen - 1)
}

// choose chooses a line, counted from 1, and brings it into sight.
func (m *Model) choose(n int) {
	if !m.Listing() {
		return
	}
	m.chosen = max(1, min(n, len(m.lines)))
	at, mark := 0, m.theme.Marks.You.Sign
	rows := m.squeezed()
	for i, row := range rows {
		if strings.HasPrefix(ansi.Strip(row), mark) {
			at = i
		}
	}
	switch {
	case m.chosen == 1:
		m.top = 0
	case at < m.top:
		m.top = at
	case at >= m.top+m.height:
		m.top = page.Top(len(rows), at-m.height+1, m.height)
	}
}

// Chosen returns the chosen line, as the server wrote it, and whether there is
// one.
func (m Model) Chosen() (string, bool) {
	if m.chosen == 0 || m.chosen > len(m.lines) {
		return "", false
	}
	return m.lines[m.chosen-1], true
}

// chose draws the first row of the chosen line: a > before it, reversed.
func (m Model) chose(row, line string) string {
	cut := textColumn + ansi.StringWidth(line)
	rest := ansi.TruncateLeft(row, cut, "")
	text := ansi.Truncate(line, max(m.width-textColumn, 0), "")
	return m.theme.Focus.Render(m.theme.Marks.You.Sign) + ansi.Cut(row, markColumn, textColumn) + m.theme.Focus.Render(text) + rest
}

// compared says what has changed since the line was encrypted.
func (m Model) compared() []string {
	if !m.encrypted || len(m.before) == 0 {
		return nil
	}
	rows := append([]string{""}, m.wrapped(sayBefore, textColumn, m.width, m.theme.Muted)...)
	changes := explain.Changes(m.before, m.lines)
	for _, change := range changes {
		line, sign := change.After, m.theme.Marks.Yes
		if line == "" {
			line, sign = change.Before, m.theme.Marks.None
		}
		rows = append(rows, m.beside(sign, sanitize.Text(line), change.Say)...)
	}
	if len(changes) == 0 || len(changes) == 1 && changes[0].Keyword == "STARTTLS" {
		rows = append(rows, m.wrapped(explain.ChangesNothing(), textColumn, m.width, m.theme.Voice)...)
	}
	return rows
}
