package lesson

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

var catium = Route{Domain: "catium.com", Address: "jcatalaa@catium.com", Host: "mx1.biz.mail.yahoo.com"}

func pane(w, h int, brief bool) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	m.SetBrief(brief)
	return m
}

func TestVerbs(t *testing.T) {
	m := pane(80, 14, false)
	m.Show("RCPT")
	golden.Frame(t, "rcpt-80x14", m.View(), 80, 14)
	if m.Next() != "DATA" || m.Title() != "Lesson" {
		t.Errorf("next %q, title %q", m.Next(), m.Title())
	}
	m.Show("ETRN") // codes that take two rows
	golden.Frame(t, "etrn-80x14", m.View(), 80, 14)
	m.SetSize(40, 26)
	m.Show("RCPT")
	golden.Frame(t, "rcpt-40x26", m.View(), 40, 26)
}

func TestSidePane(t *testing.T) {
	for _, w := range []int{37, 30} {
		m := pane(w, 16, true)
		m.SetAllowed([]string{"DATA", "RCPT TO", "RSET", "NOOP", "QUIT"})
		m.Show("DATA")
		golden.Frame(t, fmt.Sprintf("data-side-%dx16", w), m.View(), w, 16)
		m.Show("ETRN")
		golden.Frame(t, fmt.Sprintf("etrn-side-%dx16", w), m.View(), w, 16)
		m.SetSize(w, 33)
		m.ShowRoute(catium)
		golden.Frame(t, fmt.Sprintf("route-side-%dx33", w), m.View(), w, 33)
	}
}

func TestWhereMailGoes(t *testing.T) {
	for _, w := range []int{80, 40} {
		m := pane(w, 28, false)
		m.ShowRoute(catium)
		golden.Frame(t, fmt.Sprintf("route-%dx28", w), m.View(), w, 28)
	}
	m := pane(80, 20, false)
	m.ShowRoute(Route{Domain: "example.org", Host: "mx.pphosted.com"})
	golden.Frame(t, "route-gateway-80x20", m.View(), 80, 20)
	m.ShowRoute(Route{})
	if view := ansi.Strip(m.View()); strings.ContainsAny(view, "{}") || strings.Contains(view, "Next") {
		t.Errorf("a lesson without examples speaks of them:\n%s", view)
	}
	if m.Title() != "Lesson: where mail goes" || m.Next() != "" {
		t.Errorf("title %q, next %q", m.Title(), m.Next())
	}
}

func TestAllCommands(t *testing.T) {
	m := pane(80, 30, false)
	m.Show("FROBNICATE")
	golden.Frame(t, "all-80x30", m.View(), 80, 30)
	m.SetSize(40, 20)
	m.SetBrief(true)
	golden.Frame(t, "all-40x20", m.View(), 40, 20)
}

// Every text is there and every place in it is filled.
func TestWords(t *testing.T) {
	if words().Now == "" || len(words().Route.Text) != 3 || words().Run == "" {
		t.Fatal("words/en.json cannot be read")
	}
	for name, about := range words().Verbs {
		if _, ok := explain.LessonOf(name); !ok || about.Text == "" {
			t.Errorf("%s: no lesson of this verb, or no text", name)
		}
	}
	for _, lesson := range explain.Lessons() {
		for _, brief := range []bool{false, true} {
			m := pane(80, 30, brief)
			m.Show(lesson.Verb)
			if view := ansi.Strip(m.View()); strings.ContainsAny(view, "{}") || strings.TrimSpace(view) == "" {
				t.Errorf("%s:\n%s", lesson.Verb, view)
			}
		}
	}
}

func TestUntrusted(t *testing.T) {
	m := pane(80, 30, false)
	m.ShowRoute(Route{Domain: "a\x1b[2J", Address: "b\x1b[2J", Host: "c\x1b[2J.yahoo.com"})
	if strings.Contains(m.View(), "\x1b[2J") {
		t.Error("a control sequence reached the screen")
	}
}

func TestScrollAndSizes(t *testing.T) {
	m := pane(40, 5, false)
	m.Show("RCPT")
	m.Scroll(100)
	if view := ansi.Strip(m.View()); !strings.HasSuffix(view, "F1/Alt+H all commands") {
		t.Errorf("the end is out of reach:\n%s", view)
	}
	m.Show("RCPT")
	if view := ansi.Strip(m.View()); !strings.HasSuffix(view, "F1/Alt+H all commands") {
		t.Error("the same lesson again moves the page")
	}
	m.Show("MAIL")
	if view := ansi.Strip(m.View()); !strings.HasPrefix(view, "   MAIL FROM:<address>") {
		t.Errorf("another lesson begins in its middle:\n%s", view)
	}
	for w := range 90 {
		for _, brief := range []bool{false, true} {
			m := pane(w, 30, brief)
			m.Show("RCPT")
			view := m.View()
			m.ShowRoute(catium)
			for _, row := range strings.Split(view+"\n"+m.View(), "\n") {
				if got := ansi.StringWidth(row); got > w {
					t.Fatalf("width %d: a row of %d", w, got)
				}
			}
		}
	}
}
