package route

import (
	"fmt"
	"strings"

	"ehlo/ui/theme"
)

// nowhere is the page when there is no server to draw.
func (m Model) nowhere() []row {
	column := 3
	if m.brief {
		column = 2
	}
	rows := []row{{air: 1}}
	switch {
	case m.asking:
		return append(rows, m.paragraph(fmt.Sprintf(sayAsking, m.domain), column)...)
	case !m.known:
		return append(rows, m.paragraph(sayIdle, column)...)
	}
	sentence, next := m.reason()
	rows = append(rows, m.marked(m.sign(), sentence, column)...)
	rows = append(rows, m.paragraph(next, column)...)
	for _, note := range m.route.Notes {
		rows = append(rows, m.paragraph(note.Text, column)...)
	}
	if asked := m.asked(); asked != "" && !m.brief {
		rows = append(append(rows, row{air: 3}), m.paragraph(asked, column)...)
	}
	return rows
}

// reason says why there is no server, and what to do about it.
func (m Model) reason() (sentence, next string) {
	switch {
	case m.route.Null:
		return fmt.Sprintf(sayNull, m.domain), sayNullNext
	case m.route.Failure == "no-domain":
		sentence, next = sayDomain, sayDomainNext
	case m.route.Failure == "no-address":
		sentence, next = sayAddress, sayAddressNext
	default:
		sentence, next = sayFailed, sayFailedNext
	}
	if m.route.Error != "" {
		return sentenceOf(m.route.Error), next
	}
	return fmt.Sprintf(sentence, m.domain), next
}

// sign is the mark of a route that leads nowhere: a domain that cannot be
// reached, or one of which nothing is known.
func (m Model) sign() theme.Mark {
	if m.route.Null || m.route.Failure == "no-domain" || m.route.Failure == "no-address" {
		return m.theme.Marks.No
	}
	return m.theme.Marks.CannotTell
}

// sentenceOf makes a sentence of a text that has no capital and no full stop.
func sentenceOf(text string) string {
	return strings.ToUpper(text[:1]) + strings.TrimRight(text[1:], ".") + "."
}
