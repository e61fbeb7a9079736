package help

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

func pageOf(w, h int) Model {
	m := New(theme.New(theme.Options{ASCII: true}))
	m.SetSections([]Section{
		{"Keys", []Row{{Name: "F1/Alt+H", Does: "help"}, {Name: "Esc/Ctrl+]", Does: "break"}}},
		{"Lines for ehlo", []Row{{Name: "/connect HOST:PORT", Does: "call a server"}}},
	}, false, "")
	m.SetSize(w, h)
	return m
}

// TestChoose walks the rows that open, past those that do not.
func TestChoose(t *testing.T) {
	m := New(theme.New(theme.Options{ASCII: true}))
	m.SetSize(60, 5)
	var rows []Row
	for _, name := range []string{"EHLO", "MAIL", "RCPT", "DATA"} {
		rows = append(rows, Row{Name: name, Does: "does " + name, Opens: name})
	}
	sections := []Section{{"Keys", []Row{{Name: "F1", Does: "help"}}}, {"Empty", nil}, {"Commands", rows[:2]}, {"More", rows[2:]}}
	m.SetSections(sections, false, "")
	if _, chosen := m.Chosen(); chosen {
		t.Error("a row is chosen before anybody chose")
	}
	for _, want := range rows {
		m.Down()
		if got, ok := m.Chosen(); !ok || got != want || !strings.Contains(ansi.Strip(m.View()), " > "+want.Name) {
			t.Fatalf("chosen %+v, want %+v\n%s", got, want, ansi.Strip(m.View()))
		}
	}
	m.Down()
	m.Up()
	if got, _ := m.Chosen(); got.Name != "RCPT" {
		t.Errorf("up from the last: %+v", got)
	}
	golden.Frame(t, "chosen", m.View(), 60, 5)
	for range 5 {
		m.Up()
	}
	if _, chosen := m.Chosen(); chosen || !strings.Contains(ansi.Strip(m.View()), "F1") {
		t.Errorf("above the first:\n%s", ansi.Strip(m.View()))
	}
	m.SetSections(sections, true, "")
	if got, _ := m.Chosen(); got.Name != "EHLO" {
		t.Errorf("the first is %+v", got)
	}
	m.SetSections(nil, true, "Nothing of that name.")
	if !strings.Contains(ansi.Strip(m.View()), "Nothing of that name.") {
		t.Errorf("nothing is not said:\n%s", ansi.Strip(m.View()))
	}
}

func TestPage(t *testing.T) {
	golden.Frame(t, "wide", pageOf(80, 9).View(), 80, 9)
	golden.Frame(t, "narrow", pageOf(40, 9).View(), 40, 9)
	scrolled := pageOf(80, 4)
	scrolled.Scroll(100)
	golden.Frame(t, "scrolled", scrolled.View(), 80, 4)
}
