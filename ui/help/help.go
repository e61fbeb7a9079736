// Package help is the page behind F1: the keys, as they are matched, and what
// can be typed. Its sections come from the root, so that what is printed is
// what works.
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

// Row is a key or a line to be typed, and what it does.
type Row struct{ Name, Does string }

// Model is the page. Make it with New.
type Model struct {
	theme         theme.Theme
	width, height int
	sections      []Section
	top           int
}

// New returns a page without sections.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the page w columns and h rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetSections tells what the page lists.
func (m *Model) SetSections(sections []Section) { m.sections, m.top = sections, 0 }

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
	for _, section := range m.sections {
		rows = append(rows, "", strings.Repeat(" ", indent)+m.theme.Muted.Render(section.Title))
		rows = append(rows, m.list(section.Rows)...)
	}
	return rows
}

// list draws the rows of a section, what they do in one column.
func (m Model) list(rows []Row) (drawn []string) {
	column := 0
	for _, row := range rows {
		column = max(column, indent+ansi.StringWidth(row.Name)+gap)
	}
	for _, row := range rows {
		name := strings.Repeat(" ", indent) + m.theme.Key.Render(row.Name)
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
