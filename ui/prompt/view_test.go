package prompt

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// TestGolden draws the prompt as it is seen, with a ^ under the cursor.
func TestGolden(t *testing.T) {
	const long = "MAIL FROM:<someone.with.a.long.name@department.example.org> SIZE=123456 BODY=8BITMIME RET=HDRS"
	scenes := []struct {
		name, script, meaning string
		prepare               func(*Model)
	}{
		{name: "empty"},
		{name: "confirm", meaning: "y/N. Enter alone means no."},
		{name: "data", script: "DATA", meaning: "May I hand over the message now?"},
		{name: "offered", meaning: "Open a line to mx1, port 25.", prepare: func(m *Model) { m.Offer("/connect 4.79.181.18", noon) }},
		{name: "meaning gives way", script: "MAIL FROM:<lt>helpdesk@sub.example.org>", meaning: "May I send in the name of helpdesk?"},
		{name: "meaning just fits", script: "MAIL FROM:<lt>helpdesk@example.org> A", meaning: "May I send in the name of helpdesk?"},
		{name: "long meaning", script: "NOOP", meaning: "This sentence is longer than the room at its edge."},
		{name: "long line", prepare: func(m *Model) { m.SetValue(long) }},
		{name: "long line, middle", script: strings.Repeat("<ctrl+left>", 6), prepare: func(m *Model) { m.SetValue(long) }},
		{name: "long line, start", script: "<home>", prepare: func(m *Model) { m.SetValue(long) }},
		{name: "wide letters", prepare: func(m *Model) { m.SetValue(strings.Repeat("漢字", 30)) }, script: "<left>"},
		{name: "controls", prepare: func(m *Model) { m.SetValue("a\x1b[31mb\tc\xe9\u202ed") }, script: "<left><left>"},
		{name: "secret", script: "AUTH PLAIN AGpvAHB3", meaning: "Password. It is hidden everywhere.", prepare: func(m *Model) { m.SetSecret(auth) }},
		{name: "search", script: "<ctrl+r>rcpt", meaning: "not shown", prepare: func(m *Model) { m.Remember("RCPT TO:<jo@catium.com>", "QUIT") }},
		{name: "search begins", script: "<ctrl+r>"},
	}
	for _, width := range []int{80, 40} {
		var got strings.Builder
		for _, s := range scenes {
			m := plain()
			m.SetWidth(width)
			if s.prepare != nil {
				s.prepare(&m)
			}
			m, _ = press(m, s.script)
			fmt.Fprintf(&got, "%s\n%s\n%s^\n", s.name, ansi.Strip(m.View(s.meaning)), strings.Repeat(" ", m.Cursor()))
		}
		golden.Text(t, fmt.Sprintf("prompt%d", width), strings.TrimSuffix(got.String(), "\n"))
	}
}

func TestRoles(t *testing.T) {
	m := New(theme.New(theme.Options{Profile: theme.RGB, Background: theme.Dark}))
	m, _ = press(m, "NOOP")
	const want = " \x1b[1m>\x1b[m \x1b[1mNOOP\x1b[m                               \x1b[38;2;134;197;218mStill there?\x1b[m"
	if got := m.View("Still there?"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEdge(t *testing.T) {
	m := plain()
	m.SetWidth(200)
	m.SetEdge(75)
	if got := strings.Index(m.View("Means this."), "Means"); ansi.StringWidth(ansi.Strip(m.View("Means this.")[:got])) != 75 {
		t.Errorf("view is %q", m.View("Means this."))
	}
}

// TestKeyMap holds that no two keys are one, and that each can be explained.
func TestKeyMap(t *testing.T) {
	seen := map[string]string{}
	for _, binding := range DefaultKeyMap().All() {
		help := binding.Help()
		if help.Key == "" || help.Desc == "" {
			t.Errorf("%v has no help", binding.Keys())
		}
		for _, k := range binding.Keys() {
			if other, ok := seen[k]; ok {
				t.Errorf("%s is %q and %q", k, other, help.Desc)
			}
			seen[k] = help.Desc
		}
	}
	for _, reserved := range []string{"ctrl+c", "ctrl+]", "ctrl+q", "ctrl+i", "ctrl+m", "alt+h", "alt+s", "alt+m", "alt+o", "alt+w", "alt+n", "alt+v", "alt+t"} {
		if does, ok := seen[reserved]; ok {
			t.Errorf("%s is taken for %q", reserved, does)
		}
	}
}

func BenchmarkView(b *testing.B) {
	m, _ := press(plain(), "RCPT TO:<lt>jcatalaa@catium.com>")
	for b.Loop() {
		_ = m.View("May I send to this person?")
	}
}
