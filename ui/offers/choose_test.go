package offers

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
)

// TestWalkTheList chooses each line, down and up again; it is in sight, marked,
// and nothing of it moves.
func TestWalkTheList(t *testing.T) {
	m := pane(80, 5, modern)
	if _, chosen := m.Chosen(); chosen || !m.Listing() {
		t.Fatal("a line is chosen before anybody chose")
	}
	sighted := func(want string) {
		t.Helper()
		got, ok := m.Chosen()
		marked := ""
		for row := range strings.SplitSeq(ansi.Strip(m.View()), "\n") {
			if strings.HasPrefix(row, ">") {
				marked = row
			}
		}
		if first, _, _ := strings.Cut(want, " "); !ok || got != want || !strings.Contains(marked, first) {
			t.Fatalf("chosen %q, marked %q, want %q\n%s", got, marked, want, ansi.Strip(m.View()))
		}
	}
	for _, want := range modern {
		m.Down()
		sighted(want)
	}
	m.Down()
	sighted(modern[len(modern)-1])
	for i := len(modern) - 2; i >= 0; i-- {
		m.Up()
		sighted(modern[i])
	}
	m.SetOffers(yahoo, false)
	m.Up()
	sighted(yahoo[2])
	m.SetSize(80, 14)
	m.Down()
	golden.Frame(t, "chosen-80x14", m.View(), 80, 14)
	m.Forget()
	m.Down()
	if _, chosen := m.Chosen(); chosen {
		t.Error("nothing to choose from")
	}
}

// TestCompared shows what has changed since the line is encrypted.
func TestCompared(t *testing.T) {
	before := []string{"8BITMIME", "SIZE 10240000", "STARTTLS", "ETRN"}
	m := pane(80, 16, yahoo)
	m.SetOffers([]string{"8BITMIME", "SIZE 31981568", "AUTH PLAIN"}, true)
	m.SetBefore(before)
	golden.Frame(t, "compared-80x16", m.View(), 80, 16)
	m.SetOffers([]string{"8BITMIME", "SIZE 10240000", "ETRN"}, true)
	if view := ansi.Strip(m.View()); !strings.Contains(view, "The same list as before encryption") {
		t.Errorf("nothing has changed:\n%s", view)
	}
	m.SetOffers(yahoo, false)
	if view := ansi.Strip(m.View()); strings.Contains(view, "before encryption") {
		t.Errorf("compared without encryption:\n%s", view)
	}
	for w := range 100 {
		m.SetSize(w, 30)
		m.SetOffers(modern, true)
		m.Down()
		for row := range strings.SplitSeq(m.View(), "\n") {
			if ansi.StringWidth(row) > w {
				t.Fatalf("width %d: %q", w, row)
			}
		}
	}
}
