package welcome

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

var tickets = []string{
	"Mail to someone does not arrive",
	"Mail from someone does not reach us",
	"Is this address right?",
	"A scanner or program cannot send",
	"Open a saved session",
}

func drawn(w, h int, items []string) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	m.SetItems(items)
	return m
}

func TestScreens(t *testing.T) {
	golden.Frame(t, "80x14", drawn(80, 14, tickets).View(), 80, 14)
	golden.Frame(t, "plain-80x14", drawn(80, 14, nil).View(), 80, 14)
	golden.Frame(t, "40x14", drawn(40, 14, tickets).View(), 40, 14)
	golden.Frame(t, "37x14", drawn(37, 14, nil).View(), 37, 14)
}

func TestScroll(t *testing.T) {
	m := drawn(40, 5, tickets)
	m.Scroll(100)
	if got := ansi.Strip(m.View()); !strings.HasSuffix(got, "Open a saved session") {
		t.Errorf("the end is out of reach:\n%s", got)
	}
	m.Scroll(-100)
	if got := ansi.Strip(m.View()); !strings.HasPrefix(got, "   You can type\n") {
		t.Errorf("the beginning is out of reach:\n%s", got)
	}
	if m.SetItems(nil); m.Rows() != 13 {
		t.Errorf("%d rows, want 13", m.Rows())
	}
}

func TestSizes(t *testing.T) {
	for w := range 90 {
		for _, row := range strings.Split(drawn(w, 9, tickets).View(), "\n") {
			if got := ansi.StringWidth(row); got > w {
				t.Fatalf("width %d: a row of %d", w, got)
			}
		}
	}
}
