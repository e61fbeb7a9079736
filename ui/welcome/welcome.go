// Package welcome is what stands on the screen before anything was asked: what
// may be typed, with an example of each, and the numbers that a person with a
// ticket may begin with.
package welcome

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// Model is the page. The zero value draws nothing; New makes a useful one.
type Model struct {
	theme         theme.Theme
	width, height int
	items         []string
	top           int
}

// New returns the page without numbers.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the page w columns and h rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetItems tells what the numbers from 1 on stand for; none, and the page does
// not speak of numbers.
func (m *Model) SetItems(items []string) { m.items = items }

// Rows is how many rows there are to show at the present width.
func (m Model) Rows() int { return len(m.rows()) }

// Scroll moves the page by so many rows, up when negative.
func (m *Model) Scroll(rows int) {
	m.top = page.Top(len(m.squeezed()), m.top+rows, m.height)
}

// View draws exactly the rows of SetSize.
func (m Model) View() string { return page.Window(m.squeezed(), m.top, m.width, m.height) }

// The columns, counted from 0. A window under wide columns has the meaning of
// an example beneath it.
const (
	textColumn    = 3
	itemColumn    = 6
	meaningColumn = 30
	beneathColumn = 5
	wide          = 66
)

// squeezed returns the rows, without the air at the top when room is short.
func (m Model) squeezed() []string {
	rows := m.rows()
	if len(rows) > m.height {
		return rows[1:]
	}
	return rows
}

func (m Model) rows() []string {
	rows := append([]string{""}, m.wrapped(sayTyped, textColumn, m.theme.Muted)...)
	for _, e := range examples {
		rows = append(rows, m.example(e)...)
	}
	if len(m.items) == 0 {
		return rows
	}
	rows = append(rows, "")
	rows = append(rows, m.wrapped(sayNumbers, textColumn, m.theme.Muted)...)
	for i, item := range m.items {
		number := page.At("", textColumn, m.theme.Key.Render(strconv.Itoa(i+1)))
		labels := m.wrapped(sanitize.Text(item), itemColumn, m.theme.Plain)
		labels[0] = page.At(number, itemColumn, "") + labels[0][itemColumn:]
		rows = append(rows, labels...)
	}
	return rows
}

func (m Model) example(e example) []string {
	typed := page.At("", textColumn, m.theme.Sent.Render(e.typed))
	if m.width >= wide {
		return []string{page.At(typed, meaningColumn, m.theme.Voice.Render(e.means))}
	}
	return append([]string{typed}, m.wrapped(e.means, beneathColumn, m.theme.Voice)...)
}

// wrapped breaks a text into rows that begin at a column.
func (m Model) wrapped(text string, column int, style theme.Style) []string {
	rows := strings.Split(ansi.Wrap(text, max(m.width-column, 1), ""), "\n")
	for i, row := range rows {
		rows[i] = page.At("", column, style.Render(row))
	}
	return rows
}
