// Package page is what panes that show a list of rows share: a window over the
// rows, and text put into a column.
package page

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Window draws h rows of w columns at most from rows, the first of them at top
// as far as the rows fill the window; what is missing is empty.
func Window(rows []string, top, w, h int) string {
	top = Top(len(rows), top, h)
	window := make([]string, max(h, 0))
	for i := range window {
		if top+i < len(rows) {
			window[i] = ansi.Truncate(rows[top+i], w, "")
		}
	}
	return strings.Join(window, "\n")
}

// Top keeps the first row of a window of h rows within n rows.
func Top(n, top, h int) int { return max(min(top, n-h), 0) }

// At puts text into a column of a row, counted from 0. A row that reaches that
// far already gets one blank before the text.
func At(row string, column int, text string) string {
	gap := max(column-ansi.StringWidth(row), min(len(row), 1))
	return row + strings.Repeat(" ", gap) + text
}
