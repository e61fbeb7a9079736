package prompt

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

func TestOffer(t *testing.T) {
	tests := []struct {
		name, script, want string
		empty              bool
	}{
		{"stands", "", "DATA|", true},
		{"a letter replaces it", "N", "N|", false},
		{"a blank replaces it", " ", " |", false},
		{"ctrl+u replaces it", "<ctrl+u>", "|", true},
		{"what was replaced is not cut", "<ctrl+u><ctrl+y>", "|", true},
		{"undo brings it back", "N<ctrl+z><ctrl+z>", "DATA|", false},
		{"arrow takes it", "<left>x", "DATx|A", false},
		{"home takes it", "<home>x", "x|DATA", false},
		{"end takes it", "<end>x", "DATAx|", false},
		{"tab takes it", "<tab>x", "DATAx|", false},
		{"backspace takes it", "<bs>", "DAT|", false},
		{"history sees an empty prompt", "<up>", "OLD|", false},
		{"history gives it back", "<up><down>", "DATA|", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := plain()
			m.Remember("OLD")
			m.Offer("DATA", noon)
			m, _ = press(m, tt.script)
			if marked(m) != tt.want || m.Empty() != tt.empty {
				t.Errorf("got %q, empty %v; want %q, %v", marked(m), m.Empty(), tt.want, tt.empty)
			}
		})
	}
}

func TestOfferReplacesUntouchedOffer(t *testing.T) {
	m := plain()
	m.Offer("EHLO x", noon)
	m.Offer("MAIL FROM:<>", noon)
	if m.Value() != "MAIL FROM:<>" || m.NextLabel() != "" {
		t.Errorf("got %q, next %q", m.Value(), m.NextLabel())
	}
	m.Offer("", noon)
	if m.Value() != "" || m.Offered() {
		t.Errorf("taken back, but %q is left", m.Value())
	}
}

func TestOfferWaitsForTypedText(t *testing.T) {
	m, _ := press(plain(), "NOOP")
	m.Offer("DATA", noon)
	if m.Value() != "NOOP" || m.NextLabel() != "DATA" || !m.WantsTab() {
		t.Fatalf("got %q, next %q", m.Value(), m.NextLabel())
	}
	taken, _ := press(m, "<tab>")
	if taken.Value() != "DATA" || taken.NextLabel() != "" || taken.Empty() {
		t.Errorf("after Tab %q, next %q", taken.Value(), taken.NextLabel())
	}
	if back, _ := press(taken, "<ctrl+z>"); back.Value() != "NOOP" {
		t.Errorf("undo gave %q", back.Value())
	}
	after, sent := press(m, "<enter>")
	if sent.Line != "NOOP" || sent.Offered || after.Value() != "DATA" || !after.Offered() {
		t.Errorf("sent %+v, then %q", sent, after.Value())
	}
}

func TestGrace(t *testing.T) {
	enter := tea.KeyMsg{Type: tea.KeyEnter}
	m := plain()
	m.Offer("DATA", noon)
	m, sent := m.Update(enter, noon.Add(Grace-time.Millisecond))
	if sent != nil || m.Value() != "DATA" {
		t.Fatalf("sent %+v too soon", sent)
	}
	if _, sent = m.Update(enter, noon.Add(Grace)); sent == nil || !sent.Offered || sent.Line != "DATA" {
		t.Errorf("sent %+v", sent)
	}
	own, _ := m.Update(tea.KeyMsg{Type: tea.KeyTab}, noon)
	if _, sent = own.Update(enter, noon); sent == nil || sent.Offered {
		t.Errorf("own text: sent %+v", sent)
	}
}

func TestBodyIsOnePiece(t *testing.T) {
	const label = "[message, 412 lines, 28 MB: Enter sends it]"
	for script, want := range map[string]string{
		"<left>": label, "<home>": label, "<tab>": label, "<ctrl+y>": label, "<alt+b>": label,
		"<bs>": "", "<del>": "", "<ctrl+w>": "", "<ctrl+u>": "", "<ctrl+k>": "",
		"x": "x", "x<ctrl+z>": "", "x<ctrl+z><ctrl+z><ctrl+z>": "", "<up>": "OLD", "<up><ctrl+z>": "", "<up><down>": label,
	} {
		m := plain()
		m.Remember("OLD")
		m.OfferBody(label, noon)
		if m, _ = press(m, script); m.Value() != want {
			t.Errorf("%s: got %q, want %q", script, m.Value(), want)
		}
	}
	m := plain()
	m.OfferBody(label, noon)
	m, sent := press(m, "<enter>")
	if sent == nil || !sent.Body || !sent.Offered || len(m.history.lines) != 0 {
		t.Errorf("sent %+v, history %q", sent, m.history.lines)
	}
}

func TestPaste(t *testing.T) {
	m := paste(plain(), "EHLO x\r\nMAIL FROM:<>\n/quit\n")
	if m.Value() != "EHLO x" || m.Pasted() != 2 || m.NextLabel() != "MAIL FROM:<>" {
		t.Fatalf("got %q and %d more, next %q", m.Value(), m.Pasted(), m.NextLabel())
	}
	var lines []string
	for range 3 {
		var sent *Submit
		if m, sent = m.Update(tea.KeyMsg{Type: tea.KeyEnter}, noon.Add(time.Duration(len(lines))*time.Second)); !sent.Pasted {
			t.Errorf("%q is not known as pasted", sent.Line)
		}
		lines = append(lines, sent.Line)
	}
	if got := strings.Join(lines, "|"); got != "EHLO x|MAIL FROM:<>|/quit" || !m.Empty() {
		t.Errorf("sent %q", got)
	}
	m, _ = press(paste(plain(), "x"), "<bs>/help")
	if m, sent := press(m, "<enter>"); sent.Pasted {
		t.Errorf("%q was typed, not pasted (%q)", sent.Line, m.Value())
	}
}

func TestPasteDropped(t *testing.T) {
	m := paste(plain(), "a\nb\nc")
	m.DropPasted()
	if m, _ = press(m, "<enter>"); m.Value() != "" || m.Pasted() != 0 {
		t.Errorf("left %q", m.Value())
	}
}

// auth is secret as SMTP has it: from the mechanism's blank on.
func auth(line string) bool {
	return strings.HasPrefix(strings.ToUpper(line), "AUTH PLAIN ") || strings.HasPrefix(strings.ToUpper(line), "AUTH LOGIN ")
}

func TestSecret(t *testing.T) {
	m := plain()
	m.SetSecret(auth)
	m, _ = press(m, "AUTH PLAIN")
	if m.Masked() {
		t.Error("masked too soon")
	}
	m, _ = press(m, " czNjcmV0")
	if want := " > " + strings.Repeat("*", 19); ansi.Strip(m.View("")) != want {
		t.Errorf("view is %q, want %q", m.View(""), want)
	}
	back, _ := press(m, strings.Repeat("<bs>", 15))
	if !back.Masked() || back.Value() != "AUTH" {
		t.Errorf("unmasked at %q", back.Value())
	}
	for _, script := range []string{"<ctrl+w><enter><ctrl+y>", "<enter><ctrl+z>", "<enter><up>", "<ctrl+u><ctrl+z>", "<ctrl+u><ctrl+y>", "<ctrl+u><alt+z>"} {
		if after, _ := press(m, script); strings.Contains(after.Value(), "czNj") {
			t.Errorf("%s brings back %q", script, after.Value())
		}
	}
	if _, sent := press(m, "<enter>"); !sent.Secret || sent.Line != "AUTH PLAIN czNjcmV0" {
		t.Errorf("sent %+v", sent)
	}
}

func TestSecretByState(t *testing.T) {
	m := plain()
	m.SetSecret(func(string) bool { return true })
	if m, _ = press(m, "pw"); !m.Masked() {
		t.Error("not masked")
	}
	m, _ = press(m, "<enter>")
	m.SetSecret(nil)
	if m.Masked() || len(m.history.lines) != 0 {
		t.Errorf("masked %v, history %q", m.Masked(), m.history.lines)
	}
}

func TestPastedSecretsAreHidden(t *testing.T) {
	m := plain()
	m.SetSecret(auth)
	m = paste(m, "EHLO x\nAUTH LOGIN\ndXNlcg==\ncGFzcw==\n")
	for range 4 {
		if label := m.NextLabel(); label != "<hidden>" && label != "" {
			t.Errorf("shows %q", label)
		}
		m, _ = m.Update(tea.KeyMsg{Type: tea.KeyEnter}, noon.Add(time.Minute))
		if strings.Contains(m.View(""), "==") {
			t.Errorf("view shows %q", m.View(""))
		}
		m.offer.arrived = noon
	}
	if got := strings.Join(m.history.lines, "|"); got != "EHLO x" {
		t.Errorf("history has %q", got)
	}
}

// TestPastedLinesAreNeverReplaced: an offer over one that is untouched lets it
// wait again, and what comes back keeps its mask.
func TestPastedLinesAreNeverReplaced(t *testing.T) {
	m := paste(plain(), "EHLO x\nMAIL FROM:<>\nRCPT TO:<a>")
	m, sent := press(m, "<enter>")
	m.Offer("/connect 192.0.2.1", noon)
	if m.Value() != "/connect 192.0.2.1" || m.NextLabel() != "MAIL FROM:<>" || m.Pasted() != 2 {
		t.Errorf("got %q, next %q, %d wait", m.Value(), m.NextLabel(), m.Pasted())
	}
	m.Offer("", noon)
	m.Restore(*sent)
	if m.Value() != "EHLO x" || m.NextLabel() != "MAIL FROM:<>" || m.Queued() != 3 {
		t.Errorf("restored %q, next %q, %d lines", m.Value(), m.NextLabel(), m.Queued())
	}
	hidden := plain()
	hidden.Restore(Submit{Line: "secret", Secret: true})
	if !hidden.Masked() {
		t.Error("a secret came back in clear")
	}
}

// TestLabelFromItsBeginning: what stands for a message is read from its left,
// also where it has no room.
func TestLabelFromItsBeginning(t *testing.T) {
	m := plain()
	m.SetWidth(40)
	m.OfferBody("[message, 7 lines, 283 bytes: Enter sends it]", noon)
	if row := ansi.Strip(m.View("")); !strings.HasPrefix(row[2:], " [message, 7 lines") {
		t.Errorf("%q", row)
	}
}
