package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// walks drives a talk of a few lines, refusals among them.
func walks(t *testing.T, walk func(*drive)) {
	t.Helper()
	answers := &peer{banner: "220 mx1 ready", answers: map[string]string{
		"EHLO": "250-mx1\r\n250-SIZE 1000\r\n250 HELP", "MAIL": "250 ok", "RCPT": "550 5.1.1 no Such user", "NOOP": "250 ok", "VRFY": "502 no",
	}}
	drives(t, "192.0.2.1:25", &network{peer: answers}, func(d *drive) {
		d.types("EHLO me.example", "MAIL FROM:<>", "RCPT TO:<anna@example.org>", "VRFY anna", "NOOP")
		walk(d)
	})
}

// TestFind finds lines by their words, walks them by n and N, and says where
// there are none.
func TestFind(t *testing.T) {
	walks(t, func(d *drive) {
		looks := func(line string) {
			d.t.Helper()
			if subject, looked := d.talk.Looked(); !looked || subject.Line != line {
				d.t.Fatalf("looked at %q, want %q\n%s", subject.Line, line, d.screen())
			}
		}
		d.types("/find anna")
		looks("RCPT TO:<anna@example.org>")
		d.shows("anna: 1 of 2.")
		d.press("n")
		looks("VRFY anna")
		d.press("n")
		looks("RCPT TO:<anna@example.org>")
		d.shows("from the other end")
		d.press("N")
		looks("VRFY anna")
		d.types("/such")
		looks("550 5.1.1 no Such user")
		d.types("/find SUCH")
		d.shows("SUCH stands nowhere in the talk.")
		d.types("/find -r 5[05][02] .*(user|no)")
		d.shows("1 of 2.")
		d.types("/find -r (")
		d.shows("This expression cannot be read:")
		d.types("/find")
		d.shows("2 of 2.")
		d.press("esc")
		d.letters("n")
		if typed := d.prompt.Typed(); typed != "n" {
			t.Errorf("without a line looked at, n is %q", typed)
		}
	})
}

// TestFindIsCancelled: Esc ends a search under way, and what it still brings is
// not shown.
func TestFindIsCancelled(t *testing.T) {
	walks(t, func(d *drive) {
		d.letters("/find anna")
		_, cmd := d.Update(keyOf(t, "enter"))
		found := cmd()
		d.press("esc")
		d.shows("The search was stopped.")
		d.take(found)
		if _, looked := d.talk.Looked(); looked {
			t.Error("a search that was stopped found something")
		}
		d.types("/find")
		d.shows("Nothing was searched for yet")
	})
}

// TestRefusals walks the answers that said no.
func TestRefusals(t *testing.T) {
	walks(t, func(d *drive) {
		for _, want := range []string{"502 no", "550 5.1.1 no Such user", "502 no"} {
			d.press("alt+r")
			if subject, _ := d.talk.Looked(); subject.Line != want {
				t.Errorf("looked at %q, want %q", subject.Line, want)
			}
		}
	})
}

// TestShowing: one side, times, bytes, and back.
func TestShowing(t *testing.T) {
	walks(t, func(d *drive) {
		d.types("/side ours")
		d.shows("> NOOP")
		d.hides("550 5.1.1")
		d.types("/find such")
		d.shows("550 5.1.1 no Such user")
		d.types("/side them", "/side theirs")
		d.hides("> RCPT")
		d.types("/side all", "/hex")
		d.shows("4e 4f 4f 50 0d 0a")
		d.types("/hex", "/times clock")
		d.shows(":00")
		d.types("/times")
		d.shows("/times took")
	})
}

// TestCopy sends what is chosen to the terminal.
func TestCopy(t *testing.T) {
	walks(t, func(d *drive) {
		var copied []string
		d.toClipboard = func(text string) { copied = append(copied, text) }
		d.press("alt+c")
		d.shows("Choose a line first")
		d.press("down", "alt+c")
		d.shows("1 line was sent to the terminal")
		d.press("shift+up", "shift+up")
		d.types("/copy")
		d.shows("3 lines were sent to the terminal")
		if got, want := strings.Join(copied, "|"), "250 ok|S: 502 no\nC: NOOP\nS: 250 ok"; got != want {
			t.Errorf("copied %q, want %q", got, want)
		}
	})
}

// TestMouse: the wheel scrolls, a click looks at a line, /mouse gives the mouse
// to the terminal.
func TestMouse(t *testing.T) {
	walks(t, func(d *drive) {
		d.take(tea.WindowSizeMsg{Width: 80, Height: 14})
		d.take(tea.MouseMsg{Button: tea.MouseButtonWheelUp})
		if d.talk.Following() {
			t.Error("the wheel does not scroll")
		}
		d.take(tea.WindowSizeMsg{Width: 80, Height: 24})
		d.press("end")
		for y, row := range strings.Split(d.screen(), "\n") {
			if strings.HasPrefix(row, " > VRFY") {
				d.take(tea.MouseMsg{X: 5, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
			}
		}
		if subject, _ := d.talk.Looked(); subject.Line != "VRFY anna" {
			t.Errorf("the click looks at %q", subject.Line)
		}
		d.types("/mouse")
		d.shows("The mouse is the terminal's now")
		d.types("/mouse")
		d.shows("With Shift the mouse selects text.")
	})
}
