package hints

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// least is how many columns a lead needs to be worth its place.
const least = 11

// led is the row with a lead: it has a little more than half of the row, and
// the hints what is left, the way out first, then the second, which is the one
// that completes.
func (m Model) led() string {
	lead := m.leadIn(m.width * 9 / 16)
	room := m.width - ansi.StringWidth(lead) - 3
	slots := make([]hint, len(m.open))
	for _, i := range rankedBehindLead(len(m.open)) {
		slots[i] = m.open[i]
		if width(taken(slots), 3) > room+1 {
			slots[i] = hint{}
		}
	}
	if hints := taken(slots); len(hints) > 0 {
		return m.lay(lead) + "  " + m.render(hints, 3)
	}
	return m.lay(lead)
}

// trailed is a narrow row: hints first, as few and as short as leave the lead
// room behind, cut where even the fewest do not. Very narrow, it is hints only.
func (m Model) trailed() string {
	n := len(m.open)
	if len(m.lead) == 0 || n < 2 {
		return m.render(m.squeeze(), 2)
	}
	first, last := m.open[0], m.open[n-1]
	ways := [][]hint{{first, m.open[1], last}, {first, {key: m.open[1].key}, last}, {first, last}}
	for i, open := range ways {
		brief := m
		brief.open = open
		row := brief.render(brief.squeeze(), 2)
		if room := m.width - ansi.StringWidth(row) - 1; room >= least && (i == len(ways)-1 || ansi.StringWidth(m.leadIn(room)) <= room) {
			return row + " " + m.lay(ansi.Truncate(m.leadIn(room), room, "..."))
		}
	}
	return m.render(m.squeeze(), 2)
}

// leadIn is the lead with as many words as have room, a blank before it; "" if
// not even one has.
func (m Model) leadIn(room int) string {
	lead := ""
	for n := 2; n <= len(m.lead); n++ {
		longer := " " + m.lead[0] + " " + strings.Join(m.lead[1:n], ", ")
		if ansi.StringWidth(longer) > room && n > 2 {
			break
		}
		lead = longer
	}
	if ansi.StringWidth(lead) > m.width {
		return ansi.Truncate(lead, m.width, "")
	}
	return lead
}

func (m Model) lay(lead string) string { return m.theme.Voice.Render(lead) }

// rankedBehindLead orders n hints: the last, the second, then the others.
func rankedBehindLead(n int) []int {
	order := make([]int, 0, n)
	if n > 0 {
		order = append(order, n-1)
	}
	if n > 2 {
		order = append(order, 1)
	}
	for i := range n - 1 {
		if i != 1 || n == 2 {
			order = append(order, i)
		}
	}
	return order
}
