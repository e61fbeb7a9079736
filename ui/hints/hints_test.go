package hints

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// bindings reads "F1/Alt+H help": the key, a blank, its word.
func bindings(texts ...string) (list []key.Binding) {
	for _, text := range texts {
		name, word, _ := strings.Cut(text, " ")
		list = append(list, key.NewBinding(key.WithKeys(name), key.WithHelp(name, word)))
	}
	return list
}

func rows(w, h int, open ...string) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	m.SetOpen(bindings(open...))
	m.SetFixed(
		bindings("F1/Alt+H help", "F2/Alt+S save", "F5/Alt+W guided", "F6/Alt+N pane", "F10/Ctrl+Q quit"),
		bindings("F1/Alt+H help", "F2/Alt+S save", "F3/Alt+M route", "F4/Alt+O connect", "F5/Alt+W guided", "F6/Alt+N pane", "F10/Ctrl+Q quit"),
	)
	return m
}

func talk(w, h int) Model {
	return rows(w, h, "Enter send", "Tab complete", "Up earlier lines", "PgUp scroll", "Esc/Ctrl+] break")
}

func TestScreens(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 2}, {120, 2}, {100, 2}, {80, 1}, {40, 1}, {60, 1}, {12, 1}} {
		name := fmt.Sprintf("%dx%d", size.w, size.h)
		t.Run(name, func(t *testing.T) {
			golden.Frame(t, name, talk(size.w, size.h).View(), size.w, size.h)
		})
	}
}

func TestHintsAreBindings(t *testing.T) {
	off := key.NewBinding(key.WithKeys("x"), key.WithHelp("x", "off"), key.WithDisabled())
	mute := key.NewBinding(key.WithKeys("y"))
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 1)
	m.SetOpen(append([]key.Binding{off, mute}, bindings("1 one", "2 two", "3 three", "4 four", "5 five", "6 six")...))
	if got, want := ansi.Strip(m.View()), " 1 one   2 two   3 three   4 four   5 five"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What has no room is left out whole, from the right.
func TestNoRoom(t *testing.T) {
	m := talk(80, 1)
	m.SetOpen(bindings("Enter "+strings.Repeat("w", 60), "Tab complete", "Esc/Ctrl+] break"))
	if got := ansi.Strip(m.View()); !strings.HasSuffix(got, "w") {
		t.Errorf("got %q", got)
	}
	for w := range 130 {
		for _, row := range strings.Split(talk(w, 2).View(), "\n") {
			if got := ansi.StringWidth(row); got > w {
				t.Fatalf("width %d: a row of %d", w, got)
			}
		}
	}
}

func TestZeroValue(t *testing.T) {
	if view := (Model{}).View(); view != "" {
		t.Errorf("the zero value draws %q", view)
	}
}
