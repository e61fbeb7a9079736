package sheet

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// row is one row under the rule.
type row struct {
	text   string
	chosen bool
}

// The columns, counted from 0. Where the window is narrow there is no edge:
// a remark stands beneath its label, or not at all.
const (
	markColumn  = 1
	keyColumn   = 3
	labelColumn = 6
	leastRemark = 31 // the remarks of a list begin here or further right
	remarkGap   = 7  // blanks after the longest label, at least
	edge        = 38 // what is said left of it, what it means right of it
	wide        = 66 // columns under which remarks stand beneath
)

func (m Model) rows() []row {
	switch m.form {
	case list:
		return m.listed()
	case offers:
		return m.offered()
	case warning:
		return m.warned()
	}
	return nil
}

// listed draws a numbered list.
func (m Model) listed() []row {
	column := m.remarkColumn()
	var rows []row
	for i, item := range m.items {
		number := strconv.Itoa(i + 1)
		if i >= 9 {
			number = " "
		}
		start := page.At(page.At("", keyColumn, number), labelColumn, "")
		rows = append(rows, m.item(i, item, start, column)...)
	}
	return m.bounded(rows, func(i int) string {
		return page.At(page.At("", keyColumn, strconv.Itoa(i+1)), labelColumn, "")
	})
}

// remarkColumn is where the remarks of a list begin: an odd number of columns
// from the left, so that lists of like labels share it.
func (m Model) remarkColumn() int {
	longest := 0
	for _, item := range m.items {
		longest = max(longest, ansi.StringWidth(sanitize.Text(item.Label)))
	}
	return max(labelColumn+longest+remarkGap, leastRemark) | 1
}

// offered draws what may be typed: the meaning stands at the edge. A muted
// row tells its reason in the label.
func (m Model) offered() []row {
	var rows []row
	for i, item := range m.items {
		rows = append(rows, m.item(i, item, page.At("", keyColumn, ""), max(edge, m.width*47/100))...)
	}
	return m.bounded(rows, func(int) string { return page.At("", keyColumn, "") })
}

// item draws one row of a list, or two where the remark has no room beside.
func (m Model) item(i int, item Item, start string, column int) []row {
	label, remark := sanitize.Text(item.Label), sanitize.Text(item.Remark)
	width := ansi.StringWidth(start + label)
	if width > m.width {
		return m.folded(i, item, start)
	}
	fits := width < column && column+ansi.StringWidth(remark) <= m.width
	switch {
	case remark == "":
		return []row{m.draw(i, start, label, "", item.Muted)}
	case fits:
		gap := strings.Repeat(" ", column-width)
		return []row{m.draw(i, start, label, gap+remark, item.Muted)}
	case width+2+ansi.StringWidth(remark) <= m.width && m.width >= wide:
		return []row{m.draw(i, start, label, "  "+remark, item.Muted)}
	}
	rows := []row{m.draw(i, start, label, "", item.Muted)}
	return append(rows, m.beneath(remark, ansi.StringWidth(start)+2)...)
}

// folded draws a label that is longer than the window: it may hold an address,
// and an address is never cut.
func (m Model) folded(i int, item Item, start string) []row {
	column := ansi.StringWidth(start)
	parts := strings.Split(ansi.Hardwrap(sanitize.Text(item.Label), max(m.width-column, 1), false), "\n")
	rows := []row{m.draw(i, start, parts[0], "", item.Muted)}
	for _, part := range parts[1:] {
		rows = append(rows, row{text: page.At("", column, m.theme.Plain.Render(part))})
	}
	return rows
}

// beneath wraps a remark under its label.
func (m Model) beneath(remark string, column int) []row {
	var rows []row
	for part := range strings.SplitSeq(ansi.Wrap(remark, max(m.width-column, 1), ""), "\n") {
		rows = append(rows, row{text: page.At("", column, m.theme.Muted.Render(part))})
	}
	return rows
}

// draw renders one row; the chosen one with its mark and reversed.
func (m Model) draw(i int, start, label, remark string, muted bool) row {
	if i == m.chosen {
		text := start[:markColumn] + m.theme.Focus.Render(m.theme.Marks.You.Sign+start[markColumn+1:]+label+remark)
		return row{text: text, chosen: true}
	}
	style := m.theme.Plain
	if muted {
		style = m.theme.Muted
	}
	return row{text: m.theme.Key.Render(start) + style.Render(label) + m.theme.Muted.Render(remark)}
}

// bounded leaves the remarks beneath out when the rows would not have room.
func (m Model) bounded(rows []row, start func(int) string) []row {
	if m.width >= wide || len(rows) < m.height || m.height == 0 {
		return rows
	}
	rows = rows[:0]
	for i, item := range m.items {
		item.Remark = ""
		rows = append(rows, m.item(i, item, start(i), m.width)...)
	}
	return rows
}

// warned draws the text of a warning, an empty row, and what may be done.
func (m Model) warned() []row {
	var rows []row
	for i, paragraph := range m.text {
		mark := theme.Mark{Sign: " "}
		if i == 0 {
			mark = m.theme.Marks.NotNow
		}
		text := ansi.Wrap(sanitize.Text(paragraph), max(m.width-keyColumn, 1), "")
		for part := range strings.SplitSeq(text, "\n") {
			start := page.At(page.At("", markColumn, mark.Render()), keyColumn, "")
			rows = append(rows, row{text: start + m.theme.Voice.Render(part)})
			mark = theme.Mark{Sign: " "}
		}
	}
	if len(m.items) == 0 {
		return rows
	}
	return append(append(rows, row{}), m.choices()...)
}

// choices puts what may be done into one row, or one row each.
func (m Model) choices() []row {
	line, rows := "", []row(nil)
	for _, item := range m.items {
		choice := m.theme.Key.Render(sanitize.Text(item.Key)) + "  " + m.theme.Plain.Render(sanitize.Text(item.Label))
		if line == "" {
			line = page.At("", keyColumn, "") + choice
		} else {
			line += choice
		}
		rows = append(rows, row{text: page.At("", keyColumn, "") + choice})
		gap := 5
		if len(item.Key) == 1 {
			gap = remarkGap
		}
		line += strings.Repeat(" ", gap)
	}
	if line = strings.TrimRight(line, " "); ansi.StringWidth(line) <= m.width {
		return []row{{text: line}}
	}
	return rows
}
