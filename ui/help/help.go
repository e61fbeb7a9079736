// Package help is the page behind F1: the keys, as they are matched, what can be
// typed, and every command and extension, which can be opened. Its sections
// come from the root, so that what is printed is what works.
//
//	Keys
//	F1/Alt+H           help
//	Ctrl+]             break menu
package help

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/page"
	"ehlo/ui/theme"
	"ehlo/ui/wrap"
)

// Section is a list of rows under a title. Its texts are safe to show.
type Section struct {
	Title string
	Rows  []Row
}

// Row is a key, a line to be typed, or a page of the reference, and what it
// does.
type Row struct {
	Name, Does string
	Opens      string // what the caller knows its page by; "" it has none
}

// Model is the page. Make it with New.
type Model struct {
	theme         theme.Theme
	width, height int
	sections      []Section
	empty         string // said when nothing is listed
	top           int
	chosen        int // of the rows that open, counted from 1; 0: none
}

// New returns a page without sections.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the page w columns and h rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetSections tells what the page lists, from its top; with first, the first row
// that opens is chosen. A page of nothing says why.
func (m *Model) SetSections(sections []Section, first bool, empty string) {
	m.sections, m.empty, m.top, m.chosen = sections, empty, 0, 0
	if first {
		m.Down()
	}
}

// Scroll moves the page by so many rows, up when negative.
func (m *Model) Scroll(rows int) { m.top = page.Top(len(m.rows()), m.top+rows, m.height) }

// View draws exactly the rows of SetSize.
func (m Model) View() string { return page.Window(m.rows(), m.top, m.width, m.height) }

// indent is where the text of a pane begins; gap is between the two columns.
const (
	indent = 3
	gap    = 3
)

// narrow is the width under which what a row does stands beneath its name.
const narrow = 60

func (m Model) rows() (rows []string) {
	opens := 0
	for _, section := range m.sections {
		if len(section.Rows) == 0 {
			continue
		}
		rows = append(rows, "", strings.Repeat(" ", indent)+m.theme.Muted.Render(section.Title))
		rows = append(rows, m.list(section.Rows, &opens)...)
	}
	if len(rows) == 0 {
		rows = append(rows, "", strings.Repeat(" ", indent)+m.theme.Voice.Render(m.empty))
	}
	return rows
}

// list draws the rows of a section, what they do in one column; opens counts the
// rows that open.
func (m Model) list(rows []Row, opens *int) (drawn []string) {
	column := 0
	for _, row := range rows {
		column = max(column, indent+ansi.StringWidth(row.Name)+gap)
	}
	column = min(column, max(m.width/2, indent))
	for _, row := range rows {
		name := strings.Repeat(" ", indent) + m.theme.Key.Render(row.Name)
		if row.Opens != "" {
			*opens++
			if *opens == m.chosen {
				name = " " + m.theme.Focus.Render(m.theme.Marks.You.Sign+" "+row.Name)
			}
		}
		if m.width < narrow {
			drawn = append(drawn, name, strings.Repeat(" ", 2*indent)+m.theme.Voice.Render(row.Does))
			continue
		}
		for i, part := range wrap.Text(row.Does, m.width-column, m.width-column) {
			if i > 0 {
				name = ""
			}
			drawn = append(drawn, page.At(name, column, m.theme.Voice.Render(part)))
		}
	}
	return drawn
}
