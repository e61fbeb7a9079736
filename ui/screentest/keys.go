//go:build unix

package screentest

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// keys are the bytes that xterm sends for a key.
var keys = map[string]string{
	"Enter": "\r", "Tab": "\t", "Shift+Tab": "\x1b[Z", "Esc": "\x1b", "Space": " ",
	"Backspace": "\x7f", "Ctrl+H": "\b", "Delete": "\x1b[3~", "Insert": "\x1b[2~",
	"Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D",
	"Home": "\x1b[H", "End": "\x1b[F", "PgUp": "\x1b[5~", "PgDn": "\x1b[6~",
	"Ctrl+Left": "\x1b[1;5D", "Ctrl+Right": "\x1b[1;5C",
	"F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F5": "\x1b[15~", "F6": "\x1b[17~",
	"F7": "\x1b[18~", "F8": "\x1b[19~", "F9": "\x1b[20~", "F10": "\x1b[21~", "F11": "\x1b[23~", "F12": "\x1b[24~",
	"WheelUp": "\x1b[<64;1;1M", "WheelDown": "\x1b[<65;1;1M",
}

// Press presses keys by name, each in a write of its own: "Enter", "Ctrl+]",
// "Alt+h", "F5", "WheelUp", or a single character.
func (m *Terminal) Press(names ...string) {
	m.t.Helper()
	for _, name := range names {
		bytes, known := sequence(name)
		if !known {
			m.t.Fatalf("screentest knows no key %q", name)
		}
		m.write(bytes)
	}
}

// sequence returns the bytes of a key.
func sequence(name string) (string, bool) {
	if bytes, known := keys[name]; known {
		return bytes, true
	}
	if key, ok := strings.CutPrefix(name, "Alt+"); ok {
		bytes, known := sequence(key)
		return "\x1b" + bytes, known
	}
	if key, ok := strings.CutPrefix(name, "Ctrl+"); ok && len(key) == 1 {
		return string(strings.ToUpper(key)[0] & 0x1f), true
	}
	return name, len([]rune(name)) == 1
}

// Type types text, character by character, all in one write.
func (m *Terminal) Type(text string) {
	m.t.Helper()
	m.write(text)
}

// Paste pastes text as a terminal does that marks what is pasted.
func (m *Terminal) Paste(text string) {
	m.t.Helper()
	m.write(ansi.BracketedPasteStart + text + ansi.BracketedPasteEnd)
}

func (m *Terminal) write(bytes string) {
	m.t.Helper()
	if _, err := m.master.WriteString(bytes); err != nil {
		m.fail("the terminal takes no key: %v", err)
	}
}

// Resize makes the window another size; the program is told by SIGWINCH.
func (m *Terminal) Resize(width, height int) {
	m.t.Helper()
	m.mu.Lock()
	m.em.Resize(width, height)
	m.mu.Unlock()
	if err := m.size(width, height); err != nil {
		m.t.Fatal(err)
	}
}

// Signal sends the program a signal.
func (m *Terminal) Signal(signal os.Signal) {
	m.t.Helper()
	if err := m.cmd.Process.Signal(signal); err != nil {
		m.t.Fatal(err)
	}
}

// Hangup closes the terminal under the program, as when a window is closed or
// ssh breaks: the program gets SIGHUP and can write no more.
func (m *Terminal) Hangup() {
	m.hung.Do(func() { m.master.Close() })
}
