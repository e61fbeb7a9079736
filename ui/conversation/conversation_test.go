package conversation

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// pane is a pane of a size that shows dialogues.
func pane(t testing.TB, w, h int, dialogues ...string) Model {
	t.Helper()
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	m.Append(play(t, dialogues...)...)
	return m
}

// short has shorter words for some lines, which the drafts of the screens have.
func short(narrow bool) func(session.Reply, session.Command) []string {
	return func(reply session.Reply, to session.Command) []string { return shortened(reply, to, narrow) }
}

func shortened(reply session.Reply, to session.Command, narrow bool) []string {
	says := explain.Lines(reply, to)
	for i, text := range reply.Text() {
		switch text {
		case "SIZE 31981568":
			says[i] = "Up to 32 MB, so files up to about 23 MB."
		case "PIPELINING":
			says[i] = "Takes several commands in one go."
		case "recipient <jcatalaa@catium.com> ok":
			if narrow {
				says[i] = "Yes, it takes mail for it."
			}
		}
	}
	return says
}

func TestGolden(t *testing.T) {
	tests := []struct {
		name      string
		w, h      int
		dialogues []string
		short     bool
		airy      bool
		ascii     bool
		level     Level
	}{
		{name: "talk-80", w: 80, h: 14, dialogues: []string{"talk"}, short: true},
		{name: "talk-80-ascii", w: 80, h: 14, dialogues: []string{"talk"}, short: true, ascii: true},
		{name: "talk-80-words", w: 80, h: 20, dialogues: []string{"talk"}},
		{name: "talk-120", w: 80, h: 30, dialogues: []string{"talk"}, short: true, airy: true},
		{name: "talk-81", w: 81, h: 30, dialogues: []string{"talk"}, short: true, airy: true},
		{name: "talk-120-alone", w: 120, h: 30, dialogues: []string{"talk", "message"}, airy: true},
		{name: "talk-67", w: 67, h: 24, dialogues: []string{"talk"}},
		{name: "talk-40", w: 40, h: 4, dialogues: []string{"talk"}, short: true},
		{name: "talk-40-words", w: 40, h: 4, dialogues: []string{"talk"}},
		{name: "talk-40-high", w: 40, h: 24, dialogues: []string{"talk"}},
		{name: "message", w: 80, h: 5, dialogues: []string{"talk", "message"}},
		{name: "waiting", w: 80, h: 4, dialogues: []string{"waiting"}},
		{name: "refused", w: 80, h: 8, dialogues: []string{"refused"}},
		{name: "odd", w: 80, h: 50, dialogues: []string{"odd"}},
		{name: "odd-40", w: 40, h: 90, dialogues: []string{"odd"}},
		{name: "brief", w: 80, h: 24, dialogues: []string{"talk", "message"}, level: Brief},
		{name: "odd-raw", w: 80, h: 36, dialogues: []string{"odd"}, level: Raw},
		{name: "raw", w: 80, h: 24, dialogues: []string{"talk", "message"}, level: Raw},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := New(theme.New(theme.Options{ASCII: tt.ascii}))
			m.SetSize(tt.w, tt.h)
			m.SetAiry(tt.airy)
			m.SetLevel(tt.level)
			if tt.short {
				m.explain = short(tt.w < besideFrom)
			}
			m.Append(play(t, tt.dialogues...)...)
			golden.Text(t, tt.name, ansi.Strip(m.View()))
		})
	}
}

func TestStyled(t *testing.T) {
	m := New(theme.New(theme.Options{Profile: theme.Colours256, Background: theme.Dark}))
	m.SetSize(80, 40)
	m.Append(play(t, "odd")...)
	golden.Text(t, "styled", strings.ReplaceAll(m.View(), "\x1b", "ESC"))
}

// Whatever was heard, nothing but the theme's own sequences reaches a terminal.
func TestHostileText(t *testing.T) {
	m := pane(t, 80, 40, "odd")
	for _, r := range ansi.Strip(m.View()) {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%q is on the screen", r)
		}
	}
	if got := m.View(); !strings.Contains(got, `\x1B[2J\u{202E}`) {
		t.Error("escapes cannot be seen")
	}
}

func TestSecrets(t *testing.T) {
	if got := pane(t, 80, 60, "odd").View(); strings.Contains(got, "AGpvZQ") || !strings.Contains(got, session.Hidden) {
		t.Error("the secret is not hidden")
	}
}

// A pane of any size, that changes at any moment, keeps to it.
func TestAnySize(t *testing.T) {
	m := New(theme.New(theme.Options{Profile: theme.RGB}))
	long := strings.Repeat("日本語 and more ", 40)
	events := append(play(t, "talk", "message", "odd"), session.Heard{Unasked: true, Lines: []session.HeardLine{{Text: "250 " + long, First: true}}})
	m.SetSize(80, 24)
	for i, e := range events {
		m.Append(e)
		m.SetSize(i*7%90, i*5%30)
		m.ScrollUp(i % 3)
		check(t, m)
	}
	for w := -1; w < 130; w += 5 {
		for h := -1; h < 40; h += 4 {
			m.SetSize(w, h)
			check(t, m)
			m.PageUp()
			m.Unfold()
			check(t, m)
			if h%3 == 0 {
				m.ScrollDown(2)
			}
		}
	}
	m.SetSize(1, 1)
	m.Home()
	check(t, m)
	m.End()
	check(t, m)
}

func check(t *testing.T, m Model) {
	t.Helper()
	rows := strings.Split(m.View(), "\n")
	if len(rows) != max(m.height, 1) {
		t.Fatalf("%d x %d: %d rows", m.width, m.height, len(rows))
	}
	for _, row := range rows {
		if ansi.StringWidth(row) > m.width {
			t.Fatalf("%d x %d: %q", m.width, m.height, ansi.Strip(row))
		}
	}
}

func TestEmpty(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 3)
	m.ScrollUp(1)
	m.ScrollDown(1)
	m.PageUp()
	m.Home()
	if m.View() != "\n\n" || !m.Following() || m.NewLines() != 0 || m.Unfold() {
		t.Errorf("%q, following %v", m.View(), m.Following())
	}
}

func TestEdge(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	for width, want := range map[int]int{0: 0, 40: 0, 65: 0, 66: 31, 67: 31, 79: 37, 80: 38, 81: 38, 99: 38, 100: 47, 120: 56} {
		if m.SetSize(width, 10); m.Edge() != want {
			t.Errorf("%d columns: edge %d, want %d", width, m.Edge(), want)
		}
	}
	m.SetSize(90, 10)
	if m.SetEdge(42); m.Edge() != 42 {
		t.Errorf("edge %d", m.Edge())
	}
	if m.SetEdge(500); m.Edge() != 60 {
		t.Errorf("an edge beyond the pane: %d", m.Edge())
	}
}
