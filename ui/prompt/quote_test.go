package prompt

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestQuote spells bytes that no key types, and sends them as they are.
func TestQuote(t *testing.T) {
	for _, test := range []struct{ script, want string }{
		{"A<ctrl+v>xe9B", "A\xe9B"},
		{"A<ctrl+v>xE9<bs>B", "AB"},
		{"A<ctrl+v><tab>B", "A\tB"},
		{"A<ctrl+v><ctrl+z>B", "A\x1aB"},
		{"A<ctrl+v><esc>[31m", "A\x1b[31m"},
		{"<ctrl+v>x0d<ctrl+v>x00<ctrl+v><enter>A", "A"},
		{"A<ctrl+v>BC", "ABC"},
		{"A<ctrl+v>xgB", "AgB"},
		{"AB<ctrl+v>x4<left>C", "ACB"},
		{"<ctrl+v>xff<ctrl+z>A", "A"},
	} {
		m, sent := press(plain(), test.script)
		if sent != nil || m.Value() != test.want {
			t.Errorf("%s gives %q (sent %v), want %q", test.script, m.Value(), sent, test.want)
		}
		_, sent = press(m, "<enter>")
		if sent == nil || sent.Line != test.want {
			t.Errorf("%s sends %+v", test.script, sent)
		}
	}
	m, _ := press(plain(), "caf<ctrl+v>xe9<ctrl+v>")
	if row := ansi.Strip(m.View("")); !strings.Contains(row, `caf\xE9`) || !strings.Contains(row, quoteWords) {
		t.Errorf("the row is %q", row)
	}
}

// TestPastedLines are taken, put back, dropped.
func TestPastedLines(t *testing.T) {
	m := paste(plain(), "EHLO a\nNOOP\n\nQUIT\n")
	if got := strings.Join(m.TakePasted(), "|"); got != "EHLO a|NOOP||QUIT" || m.Pasted() != 0 || m.Value() != "" {
		t.Errorf("took %q, left %q and %d", got, m.Value(), m.Pasted())
	}
	if got := strings.Join(m.History(), "|"); got != "EHLO a|NOOP|QUIT" {
		t.Errorf("remembers %q", got)
	}
	m.SetPasted([]string{"NOOP 1", "/help"})
	if _, sent := press(m, "<enter>"); m.Value() != "NOOP 1" || m.Pasted() != 1 || sent == nil || !sent.Pasted {
		t.Errorf("put back: %q and %d, sent %+v", m.Value(), m.Pasted(), sent)
	}
	m.DropPasted()
	if m.Value() != "" || m.Pasted() != 0 {
		t.Errorf("dropped, and there is %q and %d", m.Value(), m.Pasted())
	}
}

// TestPastedSecrets enter no history.
func TestPastedSecrets(t *testing.T) {
	m := plain()
	m.SetSecret(auth)
	m = paste(m, "NOOP\nAUTH PLAIN AGpvAHB3\ncGFzc3dvcmQ=")
	if !m.PasteHidden() {
		t.Error("not hidden")
	}
	if lines := m.TakePasted(); len(lines) != 3 || len(m.History()) != 0 {
		t.Errorf("took %q, remembers %q", lines, m.History())
	}
}
