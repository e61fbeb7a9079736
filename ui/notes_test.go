package ui

import (
	"strings"
	"testing"
	"time"
)

// TestNotesEndWithWhatTheyTell, so that they hide no keys.
func TestNotesEndWithWhatTheyTell(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "filtered"}, func(d *drive) {
		d.wait(time.Second)
		d.press("enter")
		d.types("EHLO a.example")
		d.shows("Held until the server has spoken")
		d.wait(2 * time.Minute)
		d.hides("Held until")
		d.shows("F4/Alt+O connect")
	})
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO me.example", "RCPT TO:<a@b.example>")
		d.wait(time.Second)
		d.hears("RCPT TO", "250 ok")
		d.hides("MAIL usually comes first")
	})
}

// TestANoteLeavesTheKeysOfASheet, and begins with a capital.
func TestANoteLeavesTheKeysOfASheet(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO")
		d.shows("Our name is missing")
		d.wait(time.Second)
		d.press("ctrl+]")
		d.note = "Our name is missing"
		d.shows("Our name is missing", "1-8 choose")
	})
}

// TestTheWaitingLineIsTheOnlyNext, and its key is seen however long it is.
func TestTheWaitingLineIsTheOnlyNext(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO me.example")
		d.pastes("MAIL FROM:<a@b>", "RCPT TO:<"+strings.Repeat("long.", 30)+"@example.org>")
		d.press("esc")
		d.shows("next: RCPT TO:<long.", "...   (Tab takes it)")
		d.hides("Next:")
	})
}
