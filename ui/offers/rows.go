package offers

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// The columns, counted from 0, and the widths that decide between them.
const (
	markColumn    = 1
	textColumn    = 3
	edge          = 38 // what is said left of it, what it means right of it
	beneathColumn = 5
	wide          = 66 // columns under which the meaning stands beneath
	sayWidth      = 41 // a meaning is no wider, where there is an edge
	shortColumn   = 15 // of the short words
	slimColumn    = 13 // of the short words, in a side pane of 30
	side          = 37
)

// The words of the pane.
const (
	sayUnheard = "Nothing yet: the server lists what it offers when you say EHLO."
	sayNothing = "The server lists nothing. Say EHLO to ask for its list; HELO gives none."
	sayMissing = "Not in the list: %s (%s)."
	sayBefore  = "Compared with the list before encryption"
)

// missed are the keywords that are named when a server does not offer them.
var missed = [...]string{"STARTTLS", "AUTH"}

func (m Model) rows() []string {
	rows := []string{""}
	switch {
	case !m.heard:
		return append(rows, m.wrapped(sayUnheard, m.column(), m.width, m.theme.Voice)...)
	case len(m.lines) == 0:
		return append(rows, m.wrapped(sayNothing, m.column(), m.width, m.theme.Voice)...)
	}
	for i, line := range m.lines {
		offer := explain.Keyword(line)
		if m.brief {
			rows = append(rows, m.pair(m.sign(offer.Tone), offer.Name, offer.Short)...)
			continue
		}
		said := m.beside(m.sign(offer.Tone), sanitize.Text(line), offer.Say)
		if i+1 == m.chosen {
			said[0] = m.chose(said[0], sanitize.Text(line))
		}
		rows = append(rows, said...)
	}
	for _, keyword := range m.missing() {
		if m.brief {
			rows = append(rows, m.pair(m.theme.Marks.None, keyword, explain.MissingShort(keyword))...)
		} else {
			rows = append(rows, m.beside(m.theme.Marks.None, keyword, m.lack(keyword))...)
		}
	}
	if m.brief {
		return rows
	}
	return append(rows, m.compared()...)
}

// column is where text begins that stands alone.
func (m Model) column() int {
	if m.brief {
		return 0
	}
	return textColumn
}

// missing are the keywords of missed that the server does not offer.
func (m Model) missing() (names []string) {
	for _, name := range missed {
		if name == "STARTTLS" && m.encrypted || m.offers(name) {
			continue
		}
		names = append(names, name)
	}
	return names
}

func (m Model) offers(name string) bool {
	for _, line := range m.lines {
		if offered := explain.Keyword(line).Name; offered == name || offered == name+"=" {
			return true
		}
	}
	return false
}

// lack is the sentence for a keyword that is not offered.
func (m Model) lack(keyword string) string {
	if say := explain.Missing(m.lines); keyword == "STARTTLS" && say != "" {
		return say
	}
	return fmt.Sprintf(sayMissing, keyword, explain.MissingShort(keyword))
}

func (m Model) sign(tone string) theme.Mark {
	switch tone {
	case "warn":
		return m.theme.Marks.NotNow
	case "bad":
		return m.theme.Marks.No
	}
	return m.theme.Marks.Yes
}

// pair draws a keyword and its short words; a long keyword has them beneath.
func (m Model) pair(sign theme.Mark, keyword, short string) []string {
	column := shortColumn
	if m.width < side {
		column = slimColumn
	}
	name := sign.Render() + " " + m.theme.Plain.Render(ansi.Truncate(keyword, max(m.width-2, 0), ""))
	words := m.wrapped(short, column, m.width, m.theme.Voice)
	if ansi.StringWidth(name) >= column {
		return append([]string{name}, words...)
	}
	words[0] = page.At(name, column, "") + words[0][column:]
	return words
}

// beside draws a line of the server and what it means: beside it, on the next
// row at the same edge, or beneath in a narrow window. Neither is cut.
func (m Model) beside(sign theme.Mark, line, say string) []string {
	column, room := max(edge, m.width*47/100), m.width
	if m.width < wide {
		column = beneathColumn
	} else {
		room = min(m.width, column+sayWidth)
	}
	said := m.said(sign, line)
	words := m.wrapped(say, column, room, m.theme.Voice)
	if m.width < wide || len(said) > 1 || ansi.StringWidth(said[0]) >= column {
		return append(said, words...)
	}
	words[0] = page.At(said[0], column, "") + words[0][column:]
	return words
}

// said wraps a line of the server; following rows are indented by 4 more.
func (m Model) said(sign theme.Mark, line string) []string {
	start := page.At(page.At("", markColumn, sign.Render()), textColumn, "")
	room := max(m.width-textColumn, 1)
	parts := strings.Split(ansi.Wrap(line, room, ""), "\n")
	rows := []string{start + m.theme.Plain.Render(parts[0])}
	if len(parts) == 1 {
		return rows
	}
	rest := strings.TrimPrefix(line[len(parts[0]):], " ")
	return append(rows, m.wrapped(rest, textColumn+4, m.width, m.theme.Plain)...)
}

// wrapped breaks a text into rows from a column up to the right border.
func (m Model) wrapped(text string, column, right int, style theme.Style) []string {
	rows := strings.Split(ansi.Wrap(text, max(right-column, 1), ""), "\n")
	for i, row := range rows {
		rows[i] = page.At("", column, style.Render(row))
	}
	return rows
}
