package ui

import (
	"slices"
	"testing"
	"time"
)

// TestEnterWithoutALineKeepsAll: what was held, and what was pasted, stands and
// waits as it did, however often Enter is pressed.
func TestEnterWithoutALineKeepsAll(t *testing.T) {
	held := []string{"EHLO a.example", "MAIL FROM:<x@example.org>", "RCPT TO:<a@example.org>"}
	drives(t, "anna@example.org", &network{scenario: "filtered"}, func(d *drive) {
		d.wait(time.Second)
		d.press("enter")
		d.types(held...)
		d.wait(2 * time.Minute)
		d.waits(held...)
		d.press("enter", "enter")
		d.waits(held...)
	})
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.wait(time.Second)
		d.press("esc")
		d.pastes(recipe...)
		d.press("esc")
		d.types("", "")
		d.waits(recipe...)
		d.press("f4")
		d.wait(time.Second)
		d.waits(recipe...)
		d.types("")
		d.wait(time.Second)
		d.hears(recipe[0])
		d.waits(recipe[1:]...)
	})
}

// waits fails the test unless these lines stand in the prompt and wait behind
// it, in this order.
func (d *drive) waits(lines ...string) {
	d.t.Helper()
	copied := d.prompt
	if copied.Value() != lines[0] || copied.Pasted() != len(lines)-1 {
		d.t.Fatalf("%q stands, and %d wait; want %q\n%s", copied.Value(), copied.Pasted(), lines, d.screen())
	}
	got := copied.TakePasted()
	if got = got[len(got)-len(lines)+1:]; !slices.Equal(got, lines[1:]) {
		d.t.Errorf("%q wait, want %q", got, lines[1:])
	}
}

// TestGivenBackBesideTypedText: all lines that were held wait behind it, not
// the first alone.
func TestGivenBackBesideTypedText(t *testing.T) {
	drives(t, "192.0.2.1:25", polite("greeting")(), func(d *drive) {
		d.types("EHLO a.example", "NOOP", "RSET")
		d.letters("HELP")
		d.press("ctrl+]", "4")
		d.wait(time.Second)
		d.waits("HELP", "EHLO a.example", "NOOP", "RSET")
	})
}
