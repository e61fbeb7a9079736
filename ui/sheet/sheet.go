// Package sheet is a list that rises from the lower rule over the bottom rows
// of the pane, with a rule of its own. It comes in three forms:
//
//	── What now? ────────────────────────────────────────────────────────
//	   1  Save a report for the ticket       ehlo-catium.com-20070508.txt
//	── You may say now ──────────────────────────────────────────────────
//	 > MAIL FROM:<...>                    Name the sender, begin a message
//	── Not sent yet ─────────────────────────────────────────────────────
//	 ~ A name with a space in it is not a valid name: "Jean-Marc here".
//
// It takes no keys: who owns the keys calls Up, Down and ByDigit, and does
// what the row that comes back asks for.
package sheet

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/theme"
)

// MaxRows is how high a sheet may be, its rule included. There are as many
// digits as rows under the rule.
const MaxRows = 10

// Item is one row.
type Item struct {
	Key    string // what the caller knows it by; not drawn but by Warn
	Label  string
	Remark string // beside the label, muted
	Muted  bool   // there, but not to be had now
}

// form is how a sheet looks.
type form uint8

const (
	closed  form = iota
	list         // numbered rows
	offers       // rows to choose from, without numbers
	warning      // text, and what may be done about it in one row
)

// Model is the sheet. The zero value is closed; New makes a useful one.
type Model struct {
	theme         theme.Theme
	width, height int
	form          form
	title         string
	text          []string
	items         []Item
	chosen        int // -1: none
}

// New returns a closed sheet.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the sheet w columns and h rows, its rule included.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// Open raises a numbered list. No row is chosen until Down or Up.
func (m *Model) Open(title string, items []Item) {
	*m = Model{theme: m.theme, width: m.width, height: m.height, form: list, title: title, items: items, chosen: -1}
}

// Suggest raises a list of what may be typed, its first row chosen.
func (m *Model) Suggest(title string, items []Item) {
	m.Open(title, items)
	m.form, m.chosen = offers, min(0, len(items)-1)
}

// Warn raises a warning: its text, one paragraph a string, and a row of what
// may be done. An item whose Key is a digit or the name of a key is drawn with
// that key before its label.
func (m *Model) Warn(title string, text []string, items []Item) {
	m.Open(title, items)
	m.form, m.text = warning, text
}

// Close lowers the sheet.
func (m *Model) Close() { m.form = closed }

// IsOpen reports whether the sheet is up.
func (m Model) IsOpen() bool { return m.form != closed }

// Up chooses the row above; from none, the last.
func (m *Model) Up() {
	if m.chosen < 0 {
		m.chosen = len(m.items)
	}
	m.choose(m.chosen - 1)
}

// Down chooses the row below; from none, the first.
func (m *Model) Down() { m.choose(m.chosen + 1) }

func (m *Model) choose(i int) {
	if m.form == list || m.form == offers {
		m.chosen = max(min(i, len(m.items)-1), min(0, len(m.items)-1))
	}
}

// Chosen returns the chosen row and whether there is one.
func (m Model) Chosen() (Item, bool) {
	if !m.IsOpen() || m.chosen < 0 || m.chosen >= len(m.items) {
		return Item{}, false
	}
	return m.items[m.chosen], true
}

// ByDigit returns the row that a digit, 1 to 9, takes in an open sheet and
// whether there is one. A sheet of offers has no digits.
func (m Model) ByDigit(digit int) (Item, bool) {
	switch m.form {
	case list:
		if digit >= 1 && digit <= min(len(m.items), 9) {
			return m.items[digit-1], true
		}
	case warning:
		for _, item := range m.items {
			if len(item.Key) == 1 && int(item.Key[0]-'0') == digit {
				return item, true
			}
		}
	}
	return Item{}, false
}

// Height is how many rows the sheet takes at a width, its rule included, at
// most max and MaxRows. A numbered list takes an empty row beneath it where
// there is room. A closed sheet has no height.
func (m Model) Height(w, max int) int {
	if !m.IsOpen() {
		return 0
	}
	m.width, m.height = w, min(max, MaxRows)
	rows := 1 + len(m.rows())
	if m.form == list {
		rows++
	}
	return min(rows, m.height)
}

// View draws exactly the rows of SetSize: the rule, then as many rows as have
// room, the chosen one among them.
func (m Model) View() string {
	page := make([]string, m.height)
	if !m.IsOpen() || m.height == 0 {
		return strings.Join(page, "\n")
	}
	rows, top := m.rows(), 0
	room := m.height - 1
	for i, row := range rows {
		if row.chosen {
			top = max(i+1-room, 0)
		}
	}
	page[0] = m.rule(m.more(len(rows), top, room))
	for i := range room {
		if top+i < len(rows) {
			page[i+1] = ansi.Truncate(rows[top+i].text, m.width, "")
		}
	}
	return strings.Join(page, "\n")
}

// more says that rows of a list have no room, "" when all have.
func (m Model) more(rows, top, room int) string {
	if m.form != list && m.form != offers || rows <= room || room < 1 {
		return ""
	}
	key := "Down"
	if top+room >= rows {
		key = "Up"
	}
	more := strconv.Itoa(room) + " of " + strconv.Itoa(rows) + ", " + key + " for more"
	if len(more)+9 > m.width {
		return ""
	}
	return more
}

// rule is the sheet's own: two columns of line, the title, the line again, and
// near its end that there is more. A title without room keeps what stands before
// its colon.
func (m Model) rule(more string) string {
	across := m.theme.Lines.Across
	title, room := m.title, m.width-6
	if more != "" {
		more = " " + more + " "
		room -= ansi.StringWidth(more) + 1
	}
	if ansi.StringWidth(title) > room {
		title, _, _ = strings.Cut(title, ":")
		title = ansi.Truncate(title, max(room, 0), "")
	}
	left := strings.Repeat(across, min(m.width, 2))
	end := ""
	if more != "" {
		end = m.theme.Open.Render(more) + m.theme.Rule.Render(across)
	}
	right := strings.Repeat(across, max(m.width-ansi.StringWidth(title)-4-ansi.StringWidth(end), 0))
	if title == "" {
		return m.theme.Rule.Render(strings.Repeat(across, max(m.width-ansi.StringWidth(end), 0))) + end
	}
	return m.theme.Rule.Render(left) + " " + m.theme.Open.Render(title) + " " + m.theme.Rule.Render(right) + end
}
