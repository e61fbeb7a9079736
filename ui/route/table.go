package route

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
	"ehlo/session/verdict"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// row is one row of the page.
type row struct {
	text   string
	chosen bool
	head   bool // the titles of the columns
	air    int  // left out when room is short, the lowest first: empty rows mostly; 0 never
}

// columns are the places of a form, counted from 0.
type columns struct {
	label, mark, name, state int
	number                   int // the first column after the number
}

const (
	fullWidth  = 76 // the table with its head needs so many columns
	briefWidth = 37 // "first" and the name of a server stand on one row
)

func (m Model) full() bool { return !m.brief && m.width >= fullWidth }

func (m Model) columns() columns {
	switch {
	case m.full():
		return columns{label: 3, mark: 1, name: 16, number: 55, state: 59}
	case !m.brief:
		return columns{label: 1, mark: 6, name: 8, number: m.width - 2, state: m.width - shortWidth - 1}
	case m.width < briefWidth:
		return columns{label: 0, mark: 0, name: 2, number: m.width - 1, state: m.width - shortWidth}
	}
	return columns{label: 0, mark: 5, name: 7, number: m.width - 1, state: m.width - shortWidth}
}

// squeezed returns the rows, without as much of the air as it takes to fit.
func (m Model) squeezed() []row {
	rows := m.rows()
	if checks := m.checked(); len(rows)+len(checks) <= m.height {
		return append(rows, checks...)
	}
	for least := 1; least <= 4 && len(rows) > m.height; least++ {
		for i := len(rows) - 1; i >= 0 && len(rows) > m.height; i-- {
			if rows[i].air == least {
				rows = append(rows[:i], rows[i+1:]...)
			}
		}
	}
	return rows
}

func (m Model) rows() []row {
	if len(m.spots) == 0 && len(m.route.Hosts) == 0 {
		return m.nowhere()
	}
	if m.grown() {
		return m.stageTable()
	}
	rows := []row{{air: 1}}
	if m.full() {
		head := page.At(page.At("   When", 16, "Server and addresses"), 49, "Number")
		head = page.At(head, 59, "Port "+strconv.Itoa(int(m.port)))
		rows = append(rows, row{text: m.theme.Muted.Render(head), head: true}, row{air: 2})
	}
	next := 0
	for i := range m.route.Hosts {
		if i > 0 && !m.brief {
			rows = append(rows, row{air: 4})
		}
		rows = append(rows, m.host(i)...)
		for ; next < len(m.spots) && m.spots[next].host == i; next++ {
			rows = append(rows, m.address(next)...)
		}
		for _, note := range m.route.Hosts[i].Notes {
			rows = append(rows, m.note(note, m.columns().name)...)
		}
	}
	if m.brief {
		return rows
	}
	return append(append(rows, m.comparedRows()...), m.footnotes()...)
}

// host draws a server: when it is tried, its name, its number.
func (m Model) host(i int) []row {
	c, host := m.columns(), m.route.Hosts[i]
	number := strconv.Itoa(host.Preference)
	if m.route.Implicit {
		number = m.theme.Marks.None.Sign
	}
	text := page.At("", c.label, m.theme.Muted.Render(m.when(i)))
	room, beside := m.width-c.name, ansi.StringWidth(text) < c.name
	if beside {
		room = c.number - c.name - 6
	}
	names := broken(host.Name, room)
	if beside {
		text = page.At(text, c.name, m.theme.Plain.Render(names[0]))
		names = names[1:]
	}
	rows := []row{{text: page.At(text, c.number-len(number), m.theme.Plain.Render(number))}}
	for _, name := range names {
		rows = append(rows, row{text: page.At("", c.name, m.theme.Plain.Render(name))})
	}
	return rows
}

// when says the order of a server in words. Equal numbers share the work (RFC
// 5321 section 5.1).
func (m Model) when(i int) string {
	hosts := m.route.Hosts
	switch {
	case i > 0 && hosts[i].Preference == hosts[i-1].Preference:
		return "or"
	case i > 0:
		return "then"
	case m.full():
		return "try first"
	}
	return "first"
}

// address draws an address and what became of it.
func (m Model) address(i int) []row {
	c, spot := m.columns(), m.spots[i]
	try := m.tries[spot.address]
	state := try.short()
	if m.full() {
		state = try.words()
	}
	parts := broken(spot.address.String(), m.width-c.name)
	chosen := i == m.chosen
	if c.name+ansi.StringWidth(parts[0]) < c.state {
		return []row{m.mark(chosen, page.At(page.At("", c.name, parts[0]), c.state, state), state, try)}
	}
	rows := []row{m.mark(chosen, page.At("", c.name, parts[0]), "", try)}
	for _, part := range parts[1:] {
		rows = append(rows, row{text: page.At("", c.name, part)})
	}
	return append(rows, m.mark(false, page.At("", c.state, state), state, try))
}

// broken breaks a name or an address anywhere: it is never cut.
func broken(text string, width int) []string {
	text = sanitize.Text(text)
	if len(text) <= width {
		return []string{text}
	}
	return strings.Split(ansi.Hardwrap(text, max(width, 1), false), "\n")
}

// mark draws a row whose end is the state; the chosen one with its mark and,
// where it is a list to choose from, reversed.
func (m Model) mark(chosen bool, text, state string, try Try) row {
	mark := m.columns().mark
	start := strings.TrimSuffix(text, state)
	style := try.style(&m.theme)
	if !chosen {
		return row{text: start + style.Render(state)}
	}
	you := m.theme.Marks.You
	if !m.brief {
		return row{text: start[:mark] + m.theme.Focus.Render(you.Sign+text[mark+1:]), chosen: true}
	}
	return row{text: start[:mark] + you.Render() + start[mark+1:] + style.Render(state), chosen: true}
}

// goodNotes are the codes of notes that tell of nothing to be mended.
var goodNotes = map[string]bool{"reverse": true, "agrees-with": true}

// note draws a note in words, its mark in the column of marks.
func (m Model) note(note verdict.Note, column int) []row {
	if goodNotes[note.Code] {
		return m.marked(m.theme.Marks.Yes, note.Text, column)
	}
	return m.marked(m.theme.Marks.NotNow, note.Text, column)
}

// marked draws a text at a column, with a mark before it.
func (m Model) marked(sign theme.Mark, text string, column int) []row {
	mark := m.columns().mark
	if column < mark+2 {
		mark = max(column-2, 0)
	}
	rows := m.paragraph(text, column)
	rows[0].text = page.At("", mark, sign.Render()) + rows[0].text[mark+1:]
	return rows
}

// paragraph wraps a text at a column, up to the right border.
func (m Model) paragraph(text string, column int) []row {
	var rows []row
	for part := range strings.SplitSeq(ansi.Wrap(sanitize.Text(text), max(m.width-column, 1), ""), "\n") {
		rows = append(rows, row{text: strings.Repeat(" ", column) + m.theme.Voice.Render(part)})
	}
	return rows
}
