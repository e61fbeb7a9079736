package ui

import (
	"testing"
	"time"
)

// TestMutedRowsSayWhy in the sheet, and once more in the note of who takes one.
func TestMutedRowsSayWhy(t *testing.T) {
	drives(t, "192.0.2.1:25", polite("RCPT")(), func(d *drive) {
		d.types("EHLO me.example", "MAIL FROM:<>", "RCPT TO:<a@b.example>")
		d.press("ctrl+]")
		d.shows("the line is open", "not now: the server has not answered yet")
		d.press("8")
		d.shows("Look around: not now: the server has not answered yet.")
	})
	drives(t, "192.0.2.1:25", polite("")(), func(d *drive) {
		d.types("EHLO me.example", "MAIL FROM:<>", "RCPT TO:<a@b.example>", "DATA")
		d.press("ctrl+]", "8")
		d.shows("Look around: not here: the message is half said.")
	})
	drives(t, "anna@example.org", &network{scenario: "refused-greeting"}, func(d *drive) {
		d.wait(time.Second)
		d.press("enter")
		d.wait(10 * time.Second)
		d.press("ctrl+]")
		if d.live.talking() {
			d.shows("the line is open")
			d.press("8")
			d.shows("Look around: not now: it refused us, only QUIT is left.")
		}
	})
	drives(t, "192.0.2.1:25", polite("")(), func(d *drive) {
		d.wait(time.Second)
		d.types("/look")
		d.press("2")
		d.shows("STARTTLS: EHLO comes first.")
	})
}
