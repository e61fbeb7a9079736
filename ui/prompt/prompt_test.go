package prompt

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/theme"
)

// noon is when every test begins; time passes only where a test says so.
var noon = time.Date(2007, 5, 8, 12, 0, 0, 0, time.UTC)

// keys reads "EHLO <left> <ctrl+w>" as key presses: words in angle brackets
// are keys by name, <lt> is the sign itself, all else is typed.
func keys(script string) []tea.KeyMsg {
	named := map[string]tea.KeyMsg{
		"lt": {Type: tea.KeyRunes, Runes: []rune("<")}, "enter": {Type: tea.KeyEnter}, "tab": {Type: tea.KeyTab}, "esc": {Type: tea.KeyEsc},
		"left": {Type: tea.KeyLeft}, "right": {Type: tea.KeyRight}, "up": {Type: tea.KeyUp}, "down": {Type: tea.KeyDown},
		"home": {Type: tea.KeyHome}, "end": {Type: tea.KeyEnd}, "del": {Type: tea.KeyDelete}, "bs": {Type: tea.KeyBackspace},
		"ctrl+left": {Type: tea.KeyCtrlLeft}, "ctrl+right": {Type: tea.KeyCtrlRight}, "ctrl+_": {Type: tea.KeyCtrlUnderscore},
	}
	var all []tea.KeyMsg
	for script != "" {
		name, rest, found := strings.Cut(strings.TrimPrefix(script, "<"), ">")
		switch {
		case script[0] != '<' || !found:
			r := []rune(script)[0]
			all, script = append(all, letter(r)), script[len(string(r)):]
			continue
		case strings.HasPrefix(name, "alt+"):
			all = append(all, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name[4:]), Alt: true})
		case named[name].Type != 0 || named[name].Runes != nil:
			all = append(all, named[name])
		case strings.HasPrefix(name, "ctrl+"):
			all = append(all, tea.KeyMsg{Type: tea.KeyType(name[5] - 'a' + 1)})
		default:
			panic("no key " + name)
		}
		script = rest
	}
	return all
}

func letter(r rune) tea.KeyMsg {
	if r == ' ' {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}

// press plays a script and returns the prompt and what was sent last.
func press(m Model, script string) (Model, *Submit) {
	var sent *Submit
	for _, k := range keys(script) {
		var s *Submit
		if m, s = m.Update(k, noon.Add(time.Second)); s != nil {
			sent = s
		}
	}
	return m, sent
}

func paste(m Model, text string) Model {
	m, _ = m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}, noon)
	return m
}

func plain() Model { return New(theme.New(theme.Options{})) }

// marked shows the value with the cursor as |.
func marked(m Model) string {
	return m.editor.text[:m.editor.at] + "|" + m.editor.text[m.editor.at:]
}

func TestEditing(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"typing", "EHLO pc17", "EHLO pc17|"},
		{"both backspaces", "EHLOxy<bs><ctrl+h>", "EHLO|"},
		{"insert", "HLO<home>E<end>!", "EHLO!|"},
		{"arrows", "abc<left><left>x<right>y", "axby|c"},
		{"delete", "abc<home><del><ctrl+d>", "|c"},
		{"delete at the end", "abc<del>", "abc|"},
		{"grapheme", "ae\u0301<bs>", "a|"},
		{"family", "a👩\u200d👩\u200d👧<left><bs>", "|👩\u200d👩\u200d👧"},
		{"word left", "RCPT TO:<lt>jo@catium.com><alt+b>", "RCPT TO:<jo@|catium.com>"},
		{"two words left", "RCPT TO:<lt>jo@catium.com><alt+b><ctrl+left>", "RCPT TO:<|jo@catium.com>"},
		{"word right", "MAIL FROM:<lt>a><home><alt+f><ctrl+right>", "MAIL FROM|:<a>"},
		{"cut word", "a=b,c<ctrl+w>", "a=b,|"},
		{"cut word and signs", "a@b: <ctrl+w>", "a@|"},
		{"cut next word", "MAIL FROM<home><alt+d>", "| FROM"},
		{"cut and paste", "one two<ctrl+u><ctrl+y><ctrl+y>", "one twoone two|"},
		{"cut to the end", "one two<alt+b><ctrl+k>", "one |"},
		{"older cut", "one<ctrl+u>two<ctrl+u><ctrl+y><alt+y>", "one|"},
		{"older cut goes round", "one<ctrl+u>two<ctrl+u><ctrl+y><alt+y><alt+y>", "two|"},
		{"older cut needs a paste", "one<ctrl+u>two<ctrl+u><ctrl+y>x<alt+y>", "twox|"},
		{"undo a word", "one two<ctrl+z>", "one|"},
		{"undo a cut", "one two<ctrl+u><ctrl+_>", "one two|"},
		{"redo", "one two<ctrl+z><ctrl+z><alt+z>", "one|"},
		{"typing ends redo", "one<ctrl+z>x<alt+z>", "x|"},
		{"undo of nothing", "<ctrl+z><alt+z>a", "a|"},
		{"alt is no letter", "a<alt+q>b", "ab|"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if m, _ := press(plain(), tt.script); marked(m) != tt.want {
				t.Errorf("got %q, want %q", marked(m), tt.want)
			}
		})
	}
}

func TestHistory(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"newest", "<up>", "MAIL FROM:<b>|"},
		{"older", "<up><up>", "EHLO x|"},
		{"prefix", "MAIL<up><up>", "MAIL FROM:<a>|"},
		{"back to the draft", "MAIL<up><up><down><down>", "MAIL|"},
		{"top stays", "EHLO<up><up><up>", "EHLO x|"},
		{"edit ends the walk", "<up>!<down>", "MAIL FROM:<b>!|"},
		{"search", "<ctrl+r>ehlo<enter>", "EHLO x|"},
		{"search further back", "<ctrl+r>mail<ctrl+r><enter>", "MAIL FROM:<a>|"},
		{"search left", "draft<ctrl+r>mail<esc>", "draft|"},
		{"search by another key", "<ctrl+r>ehlo<home>", "|EHLO x"},
		{"search corrected", "<ctrl+r>mailq<bs><bs><enter>", "MAIL FROM:<b>|"},
		{"search without luck", "ab<ctrl+r>zz<enter>", "ab|"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := plain()
			m.Remember("MAIL FROM:<a>", "EHLO x", "EHLO x", "MAIL FROM:<b>")
			if m, _ = press(m, tt.script); marked(m) != tt.want {
				t.Errorf("got %q, want %q", marked(m), tt.want)
			}
		})
	}
}

func TestHistoryIsBounded(t *testing.T) {
	m := plain()
	for i := range HistorySize + 10 {
		m.Remember(strings.Repeat("x", i+1))
	}
	if len(m.history.lines) != HistorySize || len(m.history.lines[0]) != 11 {
		t.Errorf("%d lines, the oldest %d long", len(m.history.lines), len(m.history.lines[0]))
	}
}

func TestSend(t *testing.T) {
	m, sent := press(plain(), "NOOP<enter>")
	if sent == nil || *sent != (Submit{Line: "NOOP"}) || m.Value() != "" {
		t.Errorf("sent %+v, left %q", sent, m.Value())
	}
	if m, _ = press(m, "<ctrl+z>"); m.Value() != "" {
		t.Errorf("undo brought back %q", m.Value())
	}
	if m, _ = press(m, "<up>"); m.Value() != "NOOP" {
		t.Errorf("history has %q", m.Value())
	}
}

func TestLineIsBounded(t *testing.T) {
	m := paste(plain(), strings.Repeat("x", 60_000))
	m = paste(m, strings.Repeat("y", 10_000))
	if got := len(m.Value()); got != 60_000 {
		t.Errorf("the line is %d long", got)
	}
}

// TestCopiesAreApart types on in two copies of one prompt.
func TestCopiesAreApart(t *testing.T) {
	m, _ := press(plain(), "one<ctrl+u>two<ctrl+u>three four")
	a, _ := press(m, " a<ctrl+u>")
	b, _ := press(m, " b<ctrl+u>")
	for want, copied := range map[string]Model{"three four a": a, "three four b": b} {
		if undone, _ := press(copied, "<ctrl+z>"); undone.Value() != want {
			t.Errorf("undo gave %q, want %q", undone.Value(), want)
		}
		if yanked, _ := press(copied, "<ctrl+y>"); yanked.Value() != want {
			t.Errorf("yank gave %q, want %q", yanked.Value(), want)
		}
	}
}

func TestSetValue(t *testing.T) {
	m, _ := press(plain(), "MA")
	m.SetValue("MAIL FROM:<>")
	if m, _ = press(m, "<ctrl+z>"); m.Value() != "MA" {
		t.Errorf("undo gave %q", m.Value())
	}
	m.SetSecret(auth)
	m.SetValue("AUTH PLAIN x")
	if !m.Masked() {
		t.Error("a secret set is not masked")
	}
	m.SetValue("")
	if m, _ = press(m, "<ctrl+z>"); m.Masked() || m.Value() != "" {
		t.Errorf("undo gave %q", m.Value())
	}
}
