package prompt

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
)

// Columns of the row: air, the mark, air, then the text.
const (
	indent  = 3
	edge80  = 38 // the edge of an 80 column screen, from 0
	minimum = indent + 12
)

// SetWidth sets the columns of the row, at least 15. The meaning stands at
// column 38, counted from 0, and below 80 columns nowhere.
func (m *Model) SetWidth(columns int) {
	m.width, m.edge = max(columns, minimum), 0
	if columns >= 80 {
		m.edge = edge80
	}
}

// SetEdge sets the column, from 0, where the meaning begins; 0 for no meaning.
// Call it after SetWidth.
func (m *Model) SetEdge(column int) { m.edge = column }

// View returns the row of the prompt, not padded: the mark, the line, and at the
// edge what the line means, if there is room for both.
func (m Model) View(meaning string) string {
	switch {
	case m.search.on:
		meaning = m.searchWords()
	case m.quoting.on:
		meaning = quoteWords
	}
	w := m.window()
	var row strings.Builder
	row.WriteByte(' ')
	row.WriteString(m.theme.Marks.You.Render())
	row.WriteByte(' ')
	m.appendText(&row, w)
	if gap := m.edge - indent - w.width; meaning != "" && m.edge > 0 && gap > 1 {
		row.WriteString(strings.Repeat(" ", gap))
		m.theme.Voice.Append(&row, ansi.Truncate(meaning, m.width-m.edge, ""))
	}
	return row.String()
}

// appendText adds the part of the line that is seen, with a mark at each side
// that is cut.
func (m Model) appendText(row *strings.Builder, w window) {
	style := m.theme.Sent
	if m.masked {
		style = m.theme.Secret
	}
	if w.cutLeft {
		m.theme.Muted.Append(row, "<")
	}
	style.Append(row, w.text)
	if w.cutRight {
		m.theme.Muted.Append(row, ">")
	}
}

// Cursor returns the column of the cursor in the row, from 0.
func (m Model) Cursor() int { return indent + m.window().cursor }

// cell is one cluster as it is shown.
type cell struct {
	shown string
	width int
}

// cells returns the line as shown and the column of the cursor in it.
func (m Model) cells() (cells []cell, cursor int) {
	for at := 0; at < len(m.editor.text); {
		cluster := first(m.editor.text[at:])
		c := cell{"*", 1}
		if !m.masked {
			shown := sanitize.Text(cluster)
			c = cell{shown, ansi.StringWidth(shown)}
		}
		cells = append(cells, c)
		if at < m.editor.at {
			cursor += c.width
		}
		at += len(cluster)
	}
	return cells, cursor
}

// window is the part of the line that fits the row.
type window struct {
	text              string
	width             int // columns taken, marks included
	cursor            int // column of the cursor, marks included
	cutLeft, cutRight bool
}

// window scrolls by half a row, so that the line stands still under most keys
// and the cursor is always seen, one cell of a wide letter with it.
func (m Model) window() window {
	cells, cursor := m.cells()
	if m.Token() {
		cursor = 0 // a label is read from its beginning
	}
	room := m.width - indent
	total := 0
	for _, c := range cells {
		total += c.width
	}
	if total < room {
		return window{text: join(cells, 0, total), width: total, cursor: cursor}
	}
	from := 0
	for cursor-from > room-3 {
		from += room / 2
	}
	w := window{cursor: cursor - from, cutLeft: from > 0, cutRight: total >= from+room}
	begin, end := from, min(total, from+room-1)
	if w.cutLeft {
		begin++
	}
	w.text = join(cells, begin, end)
	w.width = end - from
	if w.cutRight {
		w.width++
	}
	return w
}

// join returns the columns from..to of the cells. What is cut through is shown
// in part if it is an escape, else as blanks.
func join(cells []cell, from, to int) string {
	var b strings.Builder
	column := 0
	for _, c := range cells {
		begin, end := max(column, from), min(column+c.width, to)
		switch {
		case begin == column && end == column+c.width && column >= from && column <= to:
			b.WriteString(c.shown)
		case begin >= end:
		case len(c.shown) == c.width:
			b.WriteString(c.shown[begin-column : end-column])
		default:
			b.WriteString(strings.Repeat(" ", end-begin))
		}
		column += c.width
	}
	return b.String()
}
