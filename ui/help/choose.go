package help

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/page"
)

// Down chooses the next row that opens; from none, the first in sight.
func (m *Model) Down() { m.choose(m.chosen + 1) }

// Up chooses the row before; above the first none is chosen, and the page begins
// at its top.
func (m *Model) Up() { m.choose(max(m.chosen-1, 0)) }

// Chosen returns the chosen row and whether there is one.
func (m Model) Chosen() (Row, bool) {
	opens := 0
	for _, section := range m.sections {
		for _, row := range section.Rows {
			if row.Opens == "" {
				continue
			}
			if opens++; opens == m.chosen {
				return row, true
			}
		}
	}
	return Row{}, false
}

// choose chooses a row, counted from 1 over those that open, and brings it into
// sight.
func (m *Model) choose(n int) {
	before := m.chosen
	m.chosen = n
	if n == 0 {
		m.top = 0
		return
	}
	if _, ok := m.Chosen(); !ok {
		m.chosen = before
		return
	}
	rows, mark := m.rows(), " "+m.theme.Marks.You.Sign+" "
	for i, row := range rows {
		if !strings.HasPrefix(ansi.Strip(row), mark) {
			continue
		}
		switch {
		case i < m.top:
			m.top = i
		case i >= m.top+m.height:
			m.top = page.Top(len(rows), i-m.height+1, m.height)
		}
	}
}
