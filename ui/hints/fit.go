package hints

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"
)

// hint is a key and its word; the word may be missing.
type hint struct{ key, word string }

func hintsOf(bindings []key.Binding) (list []hint) {
	for _, binding := range bindings {
		help := binding.Help()
		if binding.Enabled() && help.Key != "" {
			list = append(list, hint{help.Key, help.Desc})
		}
	}
	return list
}

func (h hint) width() int {
	if h.word == "" {
		return ansi.StringWidth(h.key)
	}
	return ansi.StringWidth(h.key) + 1 + ansi.StringWidth(h.word)
}

// alone is the hint without the twin of its key.
func (h hint) alone() hint {
	h.key, _, _ = strings.Cut(h.key, "/")
	return h
}

// width is what the hints take in a row, the blank before them included.
func width(hints []hint, gap int) int {
	total := 1
	for i, h := range hints {
		if i > 0 {
			total += gap
		}
		total += h.width()
	}
	return total
}

// fit drops hints from the right until the others have room.
func fit(hints []hint, room, gap int) []hint {
	for len(hints) > 0 && width(hints, gap) > room {
		hints = hints[:len(hints)-1]
	}
	return hints
}

// squeeze chooses for a narrow row. The key of the help comes first, with its
// twin, then the most likely hint and the way out, then the others as far as
// they go, a word left out before its key.
func (m Model) squeeze() []hint {
	slots := make([]hint, len(m.open)+1)
	fits := func(i int, h hint) bool {
		before := slots[i]
		slots[i] = h
		if width(taken(slots), 2) <= m.width {
			return true
		}
		slots[i] = before
		return false
	}
	if len(m.few) > 0 {
		fits(len(m.open), hint{key: m.few[0].key})
	}
	for _, i := range ranked(len(m.open)) {
		whole := m.open[i].alone()
		if !fits(i, whole) {
			fits(i, hint{key: whole.key})
		}
	}
	return taken(slots)
}

// ranked orders n hints: the first, the last, then the others.
func ranked(n int) []int {
	order := make([]int, 0, n)
	if n > 0 {
		order = append(order, 0)
	}
	if n > 1 {
		order = append(order, n-1)
	}
	for i := 1; i < n-1; i++ {
		order = append(order, i)
	}
	return order
}

// taken are the slots that hold a hint.
func taken(slots []hint) (list []hint) {
	for _, h := range slots {
		if h.key != "" {
			list = append(list, h)
		}
	}
	return list
}

func (m Model) render(hints []hint, gap int) string {
	var row strings.Builder
	for i, h := range hints {
		blanks := 1
		if i > 0 {
			blanks = gap
		}
		row.WriteString(strings.Repeat(" ", blanks))
		m.theme.Key.Append(&row, h.key)
		if h.word != "" {
			row.WriteByte(' ')
			m.theme.Muted.Append(&row, h.word)
		}
	}
	return row.String()
}
