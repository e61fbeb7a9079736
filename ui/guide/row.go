package guide

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
	"ehlo/ui/theme"
)

// tail stands for what a cell has no room for.
const tail = "..."

// row is one row of the page. Where room is short, rows that keep less go
// first.
type row struct {
	text string
	keep int
}

// fit returns exactly height rows.
func fit(rows []row, height int) []string {
	for len(rows) > height {
		least := 0
		for i, r := range rows {
			if r.keep <= rows[least].keep {
				least = i
			}
		}
		rows = append(rows[:least:least], rows[least+1:]...)
	}
	drawn := make([]string, height)
	for i, r := range rows {
		drawn[i] = r.text
	}
	return drawn
}

// cell is a text at a column, counted from 0.
type cell struct {
	at    int
	text  string
	style theme.Style
}

// place draws cells on one row of at most width columns. One that is too long
// pushes the next aside; the last one shown is cut.
func place(width int, cells ...cell) string {
	var b strings.Builder
	used := 0
	for _, c := range cells {
		start := c.at
		if used >= start && used > 0 {
			start = used + 2
		}
		room := width - start
		if c.text == "" || room <= len(tail) && ansi.StringWidth(c.text) > room {
			continue
		}
		text := ansi.Truncate(sanitize.Text(c.text), room, tail)
		b.WriteString(strings.Repeat(" ", max(start-used, 0)))
		c.style.Append(&b, text)
		used = start + ansi.StringWidth(text)
	}
	return b.String()
}

// wrap breaks a text at blanks, else anywhere, into rows of at most width
// columns, at most limit of them. Rows after the first are indented by hang.
func wrap(text string, width, hang, limit int) []string {
	var rows []string
	text, width = sanitize.Text(text), max(width, 1)
	indent := ""
	for ansi.StringWidth(text) > width && len(rows) < limit {
		cut := ansi.Truncate(text, width, "")
		if text[len(cut)] != ' ' {
			if blank := strings.LastIndexByte(cut, ' '); blank > 0 {
				cut = cut[:blank]
			}
		}
		if cut == "" {
			break
		}
		rows = append(rows, indent+cut)
		text = strings.TrimLeft(text[len(cut):], " ")
		if indent == "" && width > 2*hang {
			indent, width = strings.Repeat(" ", hang), width-hang
		}
	}
	return append(rows, indent+ansi.Truncate(text, width, tail))
}
