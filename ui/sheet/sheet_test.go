package sheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

var whatNow = []Item{
	{Key: "report", Label: "Save a report for the ticket", Remark: "ehlo-catium.com-20070508-0915.txt"},
	{Key: "words", Label: "Words for their IT", Remark: `server, time and "250 ok dirdel"`},
	{Key: "again", Label: "Send once more", Remark: "same answers"},
	{Key: "other", Label: "The same through mx5", Remark: "mx5.biz.mail.yahoo.com"},
	{Key: "telnet", Label: "Say it in telnet", Remark: "a recipe for someone without ehlo"},
	{Key: "done", Label: "Done", Remark: "QUIT and hang up"},
}

var breakMenu = []Item{
	{Key: "wait", Label: "Keep waiting", Remark: "tells you when the answer comes"},
	{Key: "stop", Label: "Stop waiting", Remark: "the line stays open; type something else"},
	{Key: "again", Label: "Connect again", Remark: "hang up, then say the same 2 lines again"},
	{Key: "hangup", Label: "Hang up", Remark: "close the line, keep the talk on screen"},
	{Key: "status", Label: "Status", Remark: "who, since when, how many bytes"},
	{Key: "save", Label: "Save", Remark: "recording and report"},
	{Key: "quit", Label: "Quit ehlo", Remark: "asks first"},
}

var refused = []Item{
	{Key: "near", Label: "Ask about jcatalaa@catium.com", Remark: "the name that was accepted at 09:15"},
	{Key: "words", Label: "Words for the customer", Remark: "ready to paste"},
	{Key: "report", Label: "Save a report for the ticket", Remark: "with the server's own words"},
	{Key: "leave", Label: "Leave it", Remark: "RSET: forget this message"},
}

var sayNow = []Item{
	{Key: "MAIL", Label: "MAIL FROM:<...>", Remark: "Name the sender, begin a message"},
	{Key: "EHLO", Label: "EHLO name", Remark: "Say hello again"},
	{Key: "NOOP", Label: "NOOP", Remark: `"Still there?" Nothing changes`},
	{Key: "VRFY", Label: "VRFY name", Remark: "Do you know this person? Rarely told"},
	{Key: "QUIT", Label: "QUIT", Remark: "Goodbye"},
	{Key: "STARTTLS", Label: "STARTTLS   not offered here", Remark: "Switch to encryption", Muted: true},
}

var (
	warnText = []string{
		`A name with a space in it is not a valid name: "Jean-Marc here".`,
		"Many servers answer 501 and stop. Your computer is called pc17.example.org.",
	}
	warnItems = []Item{
		{Key: "1", Label: "EHLO pc17.example.org"},
		{Key: "Enter", Label: "Send it as typed"},
		{Key: "Esc", Label: "Keep editing"},
	}
)

func TestScreens(t *testing.T) {
	forms := []struct {
		name string
		open func(*Model)
		max  int
	}{
		{"what-now", func(m *Model) { m.Open("What now?", whatNow) }, 10},
		{"break", func(m *Model) { m.Open("Break: the line is open, nothing is lost", breakMenu) }, 10},
		{"refused", func(m *Model) { m.Open("What now?", refused) }, 5},
		{"say-now", func(m *Model) { m.Suggest("You may say now", sayNow) }, 10},
		{"warning", func(m *Model) { m.Warn("Not sent yet", warnText, warnItems) }, 10},
	}
	for _, form := range forms {
		for _, w := range []int{80, 40} {
			name := fmt.Sprintf("%s-%d", form.name, w)
			t.Run(name, func(t *testing.T) {
				m := New(theme.New(theme.Options{}))
				form.open(&m)
				h := m.Height(w, form.max)
				m.SetSize(w, h)
				golden.Frame(t, name, m.View(), w, h)
			})
		}
	}
}

func TestChoosing(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 10)
	m.Open("What now?", whatNow)
	if item, ok := m.Chosen(); ok {
		t.Errorf("%q is chosen before a key was pressed", item.Key)
	}
	m.Up()
	if item, _ := m.Chosen(); item.Key != "done" {
		t.Errorf("Up from none chose %q, want the last", item.Key)
	}
	m.Down()
	m.Up()
	if item, _ := m.Chosen(); item.Key != "telnet" {
		t.Errorf("chosen %q, want telnet", item.Key)
	}
	golden.Frame(t, "chosen-80", m.View(), 80, 10)
	m.Suggest("You may say now", sayNow)
	if item, _ := m.Chosen(); item.Key != "MAIL" {
		t.Errorf("chosen %q, want the first offer", item.Key)
	}
	m.Close()
	if _, ok := m.Chosen(); ok || m.IsOpen() || m.Height(80, 10) != 0 {
		t.Error("a closed sheet has no height and nothing chosen")
	}
}

func TestByDigit(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.Open("What now?", whatNow)
	for digit, want := range map[int]string{0: "", 1: "report", 6: "done", 7: "", -1: ""} {
		if item, ok := m.ByDigit(digit); item.Key != want || ok != (want != "") {
			t.Errorf("digit %d takes %q, want %q", digit, item.Key, want)
		}
	}
	m.Suggest("You may say now", sayNow)
	if _, ok := m.ByDigit(1); ok {
		t.Error("offers have no digits")
	}
	m.Warn("Not sent yet", warnText, warnItems)
	if item, ok := m.ByDigit(1); !ok || item.Label != "EHLO pc17.example.org" {
		t.Errorf("digit 1 takes %q", item.Label)
	}
	if _, ok := m.ByDigit(2); ok {
		t.Error("digit 2 takes something")
	}
	m.Close()
	if _, ok := m.ByDigit(1); ok {
		t.Error("a closed sheet has no digits")
	}
}

func TestNothingToChoose(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(40, 3)
	m.Suggest("You may say now", nil)
	m.Down()
	m.Up()
	if _, ok := m.Chosen(); ok {
		t.Error("chosen in an empty list")
	}
	m.Open("", nil)
	m.Up()
	m.View()
}

// The chosen row is in sight however low the sheet is.
func TestChosenIsSeen(t *testing.T) {
	for h := 2; h < 9; h++ {
		m := New(theme.New(theme.Options{}))
		m.SetSize(80, h)
		m.Suggest("You may say now", sayNow)
		for range len(sayNow) {
			if !strings.Contains(m.View(), "\x1b[7m>") {
				t.Fatalf("height %d: the chosen row is out of sight\n%s", h, ansi.Strip(m.View()))
			}
			m.Down()
		}
	}
}

// A label may hold an address: it is broken, not cut.
func TestLongLabel(t *testing.T) {
	long := strings.Repeat("long", 12) + "@example.org"
	m := New(theme.New(theme.Options{}))
	m.SetSize(40, 6)
	m.Open("What now?", []Item{{Label: "Ask about " + long, Remark: "the name that was accepted"}, {Label: "Leave it"}})
	golden.Frame(t, "long-label-40", m.View(), 40, 6)
}

// With --ascii nothing beyond ASCII is drawn.
func TestASCII(t *testing.T) {
	m := New(theme.New(theme.Options{ASCII: true}))
	m.SetSize(80, 10)
	m.Warn("Not sent yet", warnText, warnItems)
	for _, r := range m.View() {
		if r > '~' {
			t.Fatalf("%q is drawn", r)
		}
	}
}

func TestUntrusted(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 6)
	evil := []Item{{Label: "a\x1b]0;x\x07", Remark: "b\x1b[2J"}}
	m.Open("What now?", evil)
	listed := m.View()
	m.Warn("Not sent yet", []string{"c\x1b[2J"}, evil)
	for _, bad := range []string{"\x1b]", "\x1b[2J", "\x07"} {
		if strings.Contains(listed+m.View(), bad) {
			t.Errorf("%q reached the screen", bad)
		}
	}
}

func TestSizes(t *testing.T) {
	m := New(theme.New(theme.Options{ASCII: true}))
	for w := range 90 {
		for i := range 3 {
			switch i {
			case 0:
				m.Open("What now?", whatNow)
			case 1:
				m.Suggest("You may say now", sayNow)
			case 2:
				m.Warn("Not sent yet", warnText, warnItems)
			}
			m.SetSize(w, m.Height(w, 10))
			for _, row := range strings.Split(m.View(), "\n") {
				if got := ansi.StringWidth(row); got > w {
					t.Fatalf("width %d: a row of %d: %q", w, got, row)
				}
			}
		}
	}
}

// TestMore: a list without room says how much of it is seen, and which key
// shows the rest.
func TestMore(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(40, 3)
	m.Open("Break: the line is open, nothing is lost", breakMenu)
	for _, want := range []string{"2 of 7, Down for more", "2 of 7, Up for more"} {
		if rule, _, _ := strings.Cut(ansi.Strip(m.View()), "\n"); !strings.Contains(rule, "── Break ") || !strings.Contains(rule, want) || ansi.StringWidth(rule) != 40 {
			t.Errorf("%q, want %q", rule, want)
		}
		m.Up() // from none the last
	}
	m.SetSize(40, 9)
	if strings.Contains(m.View(), "for more") {
		t.Errorf("all is seen:\n%s", m.View())
	}
}
