package prompt

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"
)

// quoting is how far a byte is spelled that no key types: Ctrl+V and a control
// key, or Ctrl+V, x and two hex digits.
type quoting struct {
	on     bool
	digits string // "x", then one digit
}

// quoteWords stand at the edge while a byte is spelled.
const quoteWords = "A control key, or x and two hex digits."

// quoted takes a key while a byte is spelled and reports whether it was a part
// of it; any other key ends the spelling and does its own work. CR, LF and NUL
// cannot stand in a line.
func (m *Model) quoted(k tea.KeyMsg) bool {
	spelled := m.quoting.digits
	m.quoting = quoting{}
	if spelled == "" {
		return m.quotedKey(k)
	}
	if !printable(k) || len(k.Runes) != 1 {
		return false
	}
	spelled += string(k.Runes)
	code, err := strconv.ParseUint("0"+spelled, 0, 8)
	switch {
	case err != nil:
		return false
	case len(spelled) < len("xff"):
		m.quoting = quoting{on: true, digits: spelled}
	default:
		m.quotedByte(byte(code))
	}
	return true
}

// quotedKey takes the first key.
func (m *Model) quotedKey(k tea.KeyMsg) bool {
	switch {
	case k.String() == "x":
		m.quoting = quoting{on: true, digits: "x"}
	case !k.Alt && (k.Type > 0 && k.Type < ' ' || k.Type == 0x7f):
		m.quotedByte(byte(k.Type))
	default:
		return false
	}
	return true
}

func (m *Model) quotedByte(b byte) {
	if b != '\r' && b != '\n' && b != 0 {
		m.typed(string([]byte{b}))
	}
}
