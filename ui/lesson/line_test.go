package lesson

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/ui/golden"
)

var refused = session.Reply{Class: session.No, Code: 550, Enhanced: "5.1.1", Lines: []string{"550 5.1.1 nobody of that name"}}

func rcpt() session.Command {
	return session.Command{Verb: "RCPT", Arg: "TO:<jcatala@catium.com>", Line: "RCPT TO:<jcatala@catium.com>", Answers: 1}
}

var tries = []Try{{Line: "RCPT TO:<jcatala@catium.com>"}, {Line: "RSET"}, {Line: "STARTTLS", Why: "not offered here"}}

func TestLines(t *testing.T) {
	m := pane(80, 14, false)
	m.ShowPage(explain.ReplyPage(refused, rcpt()), tries)
	golden.Frame(t, "line-550-80x14", m.View(), 80, 14)
	m.SetSize(80, 30)
	m.ShowPage(explain.CommandPage(rcpt()), tries)
	golden.Frame(t, "line-rcpt-80x30", m.View(), 80, 30)
	m.ShowPage(explain.OfferPage("AUTH PLAIN XOAUTH2"), nil)
	golden.Frame(t, "line-auth-80x30", m.View(), 80, 30)
	m.SetSize(40, 30)
	m.ShowPage(explain.ReplyPage(refused, rcpt()), tries)
	golden.Frame(t, "line-550-40x30", m.View(), 40, 30)
	m.SetBrief(true)
	m.SetSize(37, 12)
	golden.Frame(t, "line-550-side-37x12", m.View(), 37, 12)
}

// TestChooseALine walks the lines to say next; the chosen one is in sight.
func TestChooseALine(t *testing.T) {
	m := pane(80, 6, false)
	page := explain.ReplyPage(refused, rcpt())
	m.ShowPage(page, tries)
	if _, chosen := m.Chosen(); chosen || !m.Listing() {
		t.Fatal("a line is chosen before anybody chose")
	}
	for _, want := range tries {
		m.Down()
		got, ok := m.Chosen()
		if !ok || got != want || !strings.Contains(ansi.Strip(m.View()), " > "+want.Line) {
			t.Fatalf("chosen %+v, want %+v\n%s", got, want, ansi.Strip(m.View()))
		}
		m.ShowPage(page, tries) // the same, as before each frame
	}
	m.Down()
	if got, _ := m.Chosen(); got != tries[2] {
		t.Errorf("beyond the last: %+v", got)
	}
	for range len(tries) + 10 {
		m.Up()
	}
	if _, chosen := m.Chosen(); chosen || !strings.Contains(ansi.Strip(m.View()), "550 5.1.1") {
		t.Errorf("above the first:\n%s", ansi.Strip(m.View()))
	}
	m.Down()
	m.ShowPage(explain.CommandPage(rcpt()), tries)
	if _, chosen := m.Chosen(); chosen {
		t.Error("another page begins with a line chosen")
	}
	m.Show("RCPT")
	if m.Listing() {
		t.Error("a lesson of a verb lists lines")
	}
}

func TestLineSizes(t *testing.T) {
	hostile := explain.Page{Title: "\x1b[2J", Facts: []explain.Fact{{Label: "Means", Text: "\x1b]0;x\a"}}, Text: []string{"\x1b[2J"}}
	for w := range 100 {
		m := pane(w, 20, w%2 == 0)
		m.ShowPage(explain.ReplyPage(refused, rcpt()), append(tries, Try{Line: "X\x1b[2J" + strings.Repeat("x", 200)}))
		for range 5 {
			m.Down()
		}
		view := m.View()
		m.ShowPage(hostile, nil)
		for _, row := range strings.Split(view+"\n"+m.View(), "\n") {
			if ansi.StringWidth(row) > w || strings.Contains(row, "\x1b[2J") {
				t.Fatalf("width %d: %q", w, row)
			}
		}
	}
}
