package ui

import (
	"strings"
	"testing"
	"time"

	"ehlo/session/explain"
)

// TestLookOnlyWithNothingTyped: letters in the prompt keep their arrows and
// Enter, and an empty line that must be said is said.
func TestLookOnlyWithNothingTyped(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("AUTH", "334 VXNlcm5hbWU6")}}
	replays(t, c, func(d *drive) {
		d.letters("NOOP")
		d.press("left", "right", "down")
		d.shows("[Talk]", " > NOOP")
		d.press("enter")
		d.wait(time.Second)
		d.shows("Still there?")
		d.press("enter")
		d.shows("Look around")
		d.letters("N")
		d.hides("Look around")
		d.press("backspace")
		d.types("AUTH LOGIN")
		d.wait(time.Second)
		d.press("enter")
		d.hides("Look around")
	})
}

// TestLookMutes what the server does not take now, and says why.
func TestLookMutes(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind()}}
	replays(t, c, func(d *drive) {
		d.press("enter")
		d.shows("STARTTLS                     EHLO comes first")
		d.press("2")
		if d.prompt.Value() != "" {
			t.Errorf("offered %q", d.prompt.Value())
		}
		d.types("EHLO pc17.example.org")
		d.wait(time.Second)
		d.press("enter")
		d.shows("not offered here")
		d.press("4")
		d.shows(" > NOOP")
		d.press("esc")
		d.types("/look")
		d.shows("Look around")
	})
}

// TestTryFromALesson: what is chosen there goes into the prompt, follows the
// choice, and goes out at the next Enter.
func TestTryFromALesson(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("RCPT", "550 5.1.1 nobody of that name")}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.press("down", "enter")
		d.shows("550 5.1.1", "RFC 3463", "You may say next", "RCPT TO:<")
		d.press("down", "enter")
		d.shows(" > RCPT TO:<")
		d.press("down")
		if d.prompt.Value() != "RSET" || !d.prompt.Offered() {
			t.Errorf("the proposal is %q", d.prompt.Value())
		}
		d.press("esc")
		d.shows("[Lesson]")
		d.press("enter")
		d.wait(time.Second)
		d.press("enter")
		d.wait(time.Second)
		if got := c.heard(0); !strings.HasSuffix(got, "; RSET") {
			t.Errorf("said: %q", got)
		}
		d.shows("[Talk]", "forgotten")
		if _, looked := d.talk.Looked(); looked {
			t.Error("still at the old line: the answer is what counts")
		}
	})
}

// TestEveryReadyLineIsFilled, with and without anything known.
func TestEveryReadyLineIsFilled(t *testing.T) {
	for _, target := range []string{"", "jcatalaa@catium.com", "192.0.2.25:25"} {
		drives(t, target, &network{}, func(d *drive) {
			for _, entry := range explain.Reference() {
				for _, try := range d.sayable(entry.Page().Try) {
					if strings.ContainsAny(try.Line, "{}") || try.Why == "" {
						t.Errorf("%s: %+v", entry.Name, try)
					}
				}
			}
		})
	}
}
