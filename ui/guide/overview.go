package guide

import (
	"github.com/charmbracelet/x/ansi"

	"ehlo/session/script"
	"ehlo/ui/theme"
)

// The columns of the page that is looked over, counted from 0.
const (
	saidAt     = 14
	nameNoteAt = 53
	noteAt     = 43
)

// What is kept of it where rows are short: whom it goes to, from whom, about
// what; then the text, then what is said around it. The text takes the place
// of what is below keepSaid.
const (
	keepNote    = 1
	keepHead    = 2
	keepSaid    = 9
	keepServer  = 15
	keepText    = 20
	keepHeaders = 40
)

// overview draws all that will be said. A long text is cut in the middle of
// the page: the dot that ends it stays in sight.
func (m Model) overview() []row {
	over := m.guide.Overview()
	rows := m.head(over.ServerLabel)
	rows = append(rows, m.noted(over.ServerLabel, over.Server, m.theme.Plain, over.Name, nameNoteAt, keepServer)...)
	rows = append(rows, m.head(over.SayLabel)...)
	label := over.SayLabel
	for _, line := range over.Say {
		rows = append(rows, m.noted(label, line, m.theme.Sent, "", 0, keepSaid)...)
		label = ""
	}
	rows = append(rows, m.head(over.TextLabel)...)
	label = over.TextLabel
	for i, line := range over.Headers {
		note := ""
		if i == len(over.Headers)-1 {
			note = over.HeadersNote
		}
		rows = append(rows, m.noted(label, line, m.theme.Plain, note, noteAt, keepHeaders+i)...)
		label = ""
	}
	rows = append(rows, m.noted("", "", m.theme.Plain, over.EmptyNote, noteAt, keepSaid)...)
	end := m.noted("", over.Dot, m.theme.Sent, over.DotNote, noteAt, keepSaid)
	rows = append(rows, m.body(over, m.height-needed(rows)-needed(end))...)
	return append(rows, end...)
}

// needed counts the rows that the text leaves in their place.
func needed(rows []row) (n int) {
	for _, r := range rows {
		if r.keep >= keepSaid {
			n++
		}
	}
	return n
}

// body draws as many lines of the text as there is room for, and how many are
// left out.
func (m Model) body(over script.Overview, room int) []row {
	var rows []row
	whole, shown := 0, 0 // rows and lines after which there is room to say so
	for i, line := range over.Text {
		rows = append(rows, m.noted("", line, m.theme.Plain, "", 0, keepText)...)
		if len(rows) < room {
			whole, shown = len(rows), i+1
		}
		if len(rows) > room {
			more := over.More(len(over.Text) - shown)
			return append(rows[:whole], m.noted("", more, m.theme.Muted, "", 0, keepText+1)...)
		}
	}
	return rows
}

// head draws a label in a row of its own, where the page is narrow.
func (m Model) head(label string) []row {
	if m.wide() {
		return nil
	}
	return []row{{place(m.width, cell{labelAt, label, m.theme.Muted}), keepHead}}
}

// noted draws a text with its label, and ehlo's note at the edge: on the same
// row where it has room, else beneath.
func (m Model) noted(label, text string, style theme.Style, note string, edge, keep int) []row {
	at := saidAt
	if !m.wide() {
		at, label, edge = beneath, "", beneath
	}
	parts := wrap(text, m.width-at, hanging, m.height)
	last := len(parts) - 1
	end := at + ansi.StringWidth(parts[last])
	aside := m.wide() && max(edge, end+2)+ansi.StringWidth(note) <= m.width
	var rows []row
	for i, part := range parts {
		cells := []cell{{labelAt, label, m.theme.Muted}, {at, part, style}}
		if aside && i == last {
			cells = append(cells, cell{edge, note, m.theme.Voice})
		}
		if text != "" || note == "" || aside {
			rows = append(rows, row{place(m.width, cells...), keep})
		}
		label = ""
	}
	if note == "" || aside {
		return rows
	}
	if text != "" {
		keep = keepNote
	}
	for _, part := range wrap(note, m.width-edge, 0, m.height) {
		rows = append(rows, row{place(m.width, cell{edge, part, m.theme.Voice}), keep})
	}
	return rows
}
