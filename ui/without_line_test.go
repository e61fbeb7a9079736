package ui

import (
	"testing"
	"time"
)

// TestNoLineKeepsTheVerdict: a command typed when the line is closed is told in
// a note, and what became of the mail stays in the head.
func TestNoLineKeepsTheVerdict(t *testing.T) {
	drives(t, "ana@example.org", &network{scenario: "unknown-user"}, func(d *drive) {
		d.press("f5")
		d.types("", "", "", "helpdesk@example.org", "Hello", "How are you?", ".", "y")
		d.wait(10 * time.Second)
		d.shows(" > QUIT", "NO ")
		refused := d.standing().Sentence
		d.press("esc", "ctrl+]", "4")
		d.wait(time.Second)
		if d.prompt.Value() != "" {
			t.Errorf("still proposed: %q", d.prompt.Value())
		}
		d.shows("Enter connect again", refused)
		d.saysNothing(func() { d.types("NOOP") })
		d.shows(" > NOOP", "No line is open. F4 connects.", "nothing was sent", refused)
		d.hides("CANNOT TELL", "Whose mail")
		d.press("left")
		d.shows("F4/Alt+O connect", "Ctrl+U clear the line")
		d.hides("Enter connect again", "Enter look up")
	})
	drives(t, "anna@example.org", &network{scenario: "not-smtp"}, func(d *drive) {
		d.wait(time.Second)
		d.press("enter")
		d.wait(10 * time.Second)
		judged := d.standing().Sentence
		d.types("NOOP")
		d.shows("an SSH server, not")
		d.press("ctrl+u")
		d.types("not an address")
		d.shows("Your line stays.", " > not an address")
		if now := d.standing().Sentence; now != judged {
			t.Errorf("the verdict is %q now", now)
		}
	})
}
