package ui

import (
	"testing"
	"time"
)

// TestTypedWhileTheSheetAsks is not lost, and not said to the server: the sheet
// is answered over it, and then it takes an explicit yes.
func TestTypedWhileTheSheetAsks(t *testing.T) {
	n, server := heardBy("AUTH LOGIN")
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "AUTH LOGIN", "y")
		d.shows("Sign in: how?")
		d.saysNothing(func() { d.types("secret12") })
		d.shows("answer the question first", " > ********")
		d.press("left")
		d.hides("secret12")
		d.saysNothing(func() { d.press("esc", "enter") })
		d.shows("typed as a secret", " > ********")
		d.hides("secret12")
		d.press("enter")
		d.wait(time.Second)
		if got := server.got.Load(); got != "secret12" {
			t.Errorf("the server heard %q", got)
		}
		d.hides("secret12")
		d.hears("EHLO me.example", "<hidden>")
	})
}
