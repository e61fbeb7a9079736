package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ehlo/session/transcript"
)

// answers are those of a guided send to catium.com, without the last yes. The
// recipient and the servers are known.
var answers = []string{"", "", "", "helpdesk@example.org", "Hello, Hola", "How are you?", "."}

// stepping walks the questions and asks for a pause at each line.
func stepping(d *drive) {
	d.press("f5")
	d.types(answers...)
	d.types("0", "y")
	d.wait(time.Second)
}

// saysNothing fails the test if a line has gone out in the meantime.
func (d *drive) saysNothing(meanwhile func()) {
	d.t.Helper()
	before := d.sent()
	meanwhile()
	d.wait(5 * time.Second)
	if after := d.sent(); !slices.Equal(before, after) {
		d.t.Fatalf("went out: %q", after[len(before):])
	}
}

// sent is every line that has gone out.
func (d *drive) sent() (lines []string) {
	store := d.talk.Store()
	for i := range store.Len() {
		if entry := store.At(i); entry.Kind == transcript.KindSent {
			lines = append(lines, entry.Text)
		}
	}
	return lines
}

// TestUntouchedOfferIsEmpty for digits, Esc and history.
func TestUntouchedOfferIsEmpty(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		stepping(d)
		d.shows(" > EHLO pc17.example.org")
		d.press("esc")
		d.shows("Break: ", " > EHLO pc17.example.org")
		d.press("5")
		d.hides("Break: ")
		d.shows("On the line with", " > EHLO pc17.example.org")
		d.letters("NOOP")
		d.press("enter")
		d.wait(time.Second)
		d.shows(" > EHLO pc17.example.org")
		d.press("up")
		if typed := d.prompt.Typed(); typed != "NOOP" {
			t.Errorf("history brings %q", typed)
		}
	})
}

// TestOfferNeverReplacesTypedText: it stands above the prompt, and Tab takes it.
func TestOfferNeverReplacesTypedText(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		stepping(d)
		d.types("")
		d.letters("VRFY anna")
		d.wait(time.Second)
		d.shows(" > VRFY anna")
		d.press("ctrl+u", "ctrl+c")
		d.letters("VRFY bob")
		d.types("")
		d.wait(time.Second)
		d.shows(" > MAIL FROM:<helpdesk@example.org>")
		d.types("")
		d.wait(time.Second)
		d.shows(" > RCPT TO:<jcatalaa@catium.com>")
	})
}

// TestOfferStandsAbove when a line is half typed at its arrival.
func TestOfferStandsAbove(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		stepping(d)
		d.wait(time.Second)
		d.take(keyOf(t, "enter")) // the answer has not come yet
		d.take(letter('N'))
		d.settle()
		d.wait(time.Second)
		d.shows(" > N", "next: MAIL FROM:<helpdesk@example.org>")
		d.press("tab")
		d.shows(" > MAIL FROM:<helpdesk@example.org>")
		d.types("")
		d.hears("EHLO pc17.example.org", "MAIL FROM:<helpdesk@example.org>", "250 sender")
	})
}

// TestGoingOnByItself sends its own lines only: never what is typed, and never
// the message.
func TestGoingOnByItself(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		d.press("f5")
		d.types(answers...)
		d.wait(200 * time.Millisecond)
		d.letters("y")
		d.take(keyOf(t, "enter"))
		d.take(letter('X')) // typed before the server has spoken
		d.saysNothing(func() {})
		d.shows(" > X", "next: EHLO pc17.example.org")
		d.press("ctrl+u", "enter")
		d.wait(time.Second)
		d.shows(" > [message,")
		d.hears("RCPT TO:<jcatalaa@catium.com>", "354 go ahead")
		d.saysNothing(func() { d.wait(time.Minute) })
		d.press("enter")
		d.wait(time.Second)
		d.shows("It left our hands.", " > QUIT")
		d.saysNothing(func() { d.wait(time.Minute) })
	})
}

// TestStepMode waits for Enter at each line.
func TestStepMode(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		stepping(d)
		for _, line := range []string{
			"EHLO pc17.example.org", "MAIL FROM:<helpdesk@example.org>", "RCPT TO:<jcatalaa@catium.com>", "DATA", "[message,", "QUIT",
		} {
			d.shows(" > " + line)
			d.saysNothing(func() {})
			d.press("enter")
			d.wait(time.Second)
		}
		d.shows("not connected")
		d.hears("250 ok dirdel", "QUIT", "221 ")
	})
}

// TestEnterTooSoon: an Enter within 150 ms of an offer is not taken for it.
func TestEnterTooSoon(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.press("enter")
		if d.net.calls.Load() != 0 {
			t.Fatal("called")
		}
		d.wait(150 * time.Millisecond)
		d.press("enter")
		if d.net.calls.Load() != 1 {
			t.Fatal("not called")
		}
	})
}

// TestGuideForgetsWhatWasBegunByHand: what was begun by hand on an open line does not
// get into a guided message.
func TestGuideForgetsWhatWasBegunByHand(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.types("", "EHLO me.example", "MAIL FROM:<>", "RCPT TO:<postmaster@catium.com>")
		d.press("f5")
		d.types(answers...)
		d.types("y")
		d.wait(time.Second)
		d.shows("[message,")
		d.hears("RCPT TO:<postmaster@catium.com>", "RSET", "MAIL FROM:<helpdesk@example.org>", "RCPT TO:<jcatalaa@catium.com>", "DATA")
		if n := d.net.calls.Load(); n != 1 {
			t.Errorf("%d calls", n)
		}
	})
}

// TestMessageTypedInTheGuide: who types text when the message is due has
// written it; the guide's own is not put behind it.
func TestMessageTypedInTheGuide(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.press("f5")
		d.types(answers...)
		d.types("y")
		d.wait(time.Second)
		d.shows("[message,")
		d.press("backspace")
		d.types("")
		d.shows("[message,")
		d.types("Subject: mine")
		d.hides("[message,")
		d.types("From: me@example.org", "", "Text of mine", ".")
		d.wait(time.Second)
		d.hears("Subject: mine", "Text of mine", "250 ok dirdel")
		d.shows("It left our hands.")
		if strings.Contains(strings.Join(d.said(), "\n"), "Message-ID") {
			t.Error("the guide's message went out too")
		}
	})
}

// TestMessageOutlivesNoTalk: a message that was offered cannot be sent when the
// talk it was for is over.
func TestMessageOutlivesNoTalk(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.press("f5")
		d.types(answers...)
		d.types("y")
		d.wait(time.Second)
		d.shows(" > [message,")
		d.press("ctrl+]", "4")
		d.wait(time.Second)
		d.shows("What now?", "not connected")
		d.hides("[message,")
		d.press("esc", "enter")
		d.wait(time.Second)
	})
}
