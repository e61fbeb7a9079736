package help

import (
	"testing"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

func pageOf(w, h int) Model {
	m := New(theme.New(theme.Options{ASCII: true}))
	m.SetSections([]Section{
		{"Keys", []Row{{"F1/Alt+H", "help"}, {"Esc/Ctrl+]", "break"}}},
		{"Lines for ehlo", []Row{{"/connect HOST:PORT", "call a server"}}},
	})
	m.SetSize(w, h)
	return m
}

func TestPage(t *testing.T) {
	golden.Frame(t, "wide", pageOf(80, 9).View(), 80, 9)
	golden.Frame(t, "narrow", pageOf(40, 9).View(), 40, 9)
	scrolled := pageOf(80, 4)
	scrolled.Scroll(100)
	golden.Frame(t, "scrolled", scrolled.View(), 80, 4)
}
