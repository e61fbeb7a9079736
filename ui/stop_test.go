package ui

import (
	"testing"
	"time"
)

// TestCtrlC walks the rule of the design: first it stops the waiting step and
// says what a second does; a second within two seconds quits.
func TestCtrlC(t *testing.T) {
	for _, at := range stages {
		t.Run(at.name, func(t *testing.T) {
			drives(t, at.target, at.net(), func(d *drive) {
				at.come(d)
				d.wait(3 * time.Second)
				d.letters("NOOP")
				d.press("ctrl+c")
				d.shows("Ctrl+C again quits.", " > NOOP")
				d.wait(900 * time.Millisecond)
				switch at.name {
				case "dns":
					d.notLooking()
				case "reply":
					if d.live.waiting.on || !d.live.talking() {
						t.Error("the wait goes on, or the line is closed")
					}
				case "upload":
					if d.live.body == nil {
						t.Error("the message was stopped")
					}
				default:
					d.ended()
				}
				d.press("ctrl+c")
				if at.name == "upload" {
					d.asksOnce()
				}
				if !d.quit || !d.interrupted {
					t.Error("the second does not quit")
				}
			})
		})
	}
}

// asksOnce: a message is half said, so the second press asks and a third quits.
func (d *drive) asksOnce() {
	d.t.Helper()
	d.shows("Quit now?", "Ctrl+C once more quits.")
	if d.quit {
		d.t.Fatal("the second quits with a message half said")
	}
	d.press("n")
	d.hides("Quit now?")
	d.shows(" > NOOP")
	d.wait(3 * time.Second)
	d.press("ctrl+c")
	d.shows("Ctrl+C again quits.")
	d.press("ctrl+c")
	d.shows("Quit now?")
	d.press("ctrl+c")
}

// TestCtrlCTooLate: after two seconds it counts as the first again, and it is
// noted also where nothing waits.
func TestCtrlCTooLate(t *testing.T) {
	drives(t, "", &network{}, func(d *drive) {
		for range 3 {
			d.press("ctrl+c")
			d.shows("Ctrl+C again quits.")
			d.wait(2 * time.Second)
		}
		if d.quit {
			t.Fatal("quit")
		}
		d.press("ctrl+c", "x")
		d.hides("Ctrl+C again quits.")
		d.press("ctrl+c")
		if !d.quit || !d.interrupted {
			t.Error("the second within two seconds does not quit")
		}
	})
}

// TestCtrlCInADataTypedByHand: from the 354 on the second press asks; with the
// answer to the dot the question is void.
func TestCtrlCInADataTypedByHand(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		d.types("", "EHLO me.example", "MAIL FROM:<>", "RCPT TO:<jcatalaa@catium.com>", "DATA", "From: me@example.org", "")
		d.press("ctrl+c", "ctrl+c")
		d.shows("Quit now?")
		d.press("n")
		d.types(".")
		d.shows("It left our hands.")
		d.wait(3 * time.Second)
		d.press("ctrl+c", "ctrl+c")
		if !d.quit || !d.interrupted {
			t.Error("after the answer the second does not quit")
		}
	})
}

// TestQuitAsks, and puts what was typed aside meanwhile.
func TestQuitAsks(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		for _, no := range [][]string{{"enter"}, {"n", "enter"}, {"esc"}} {
			d.press("f10")
			d.shows("Quit ehlo?")
			d.wait(time.Second)
			d.press(no...)
			d.hides("Quit ehlo?")
			d.shows(" > /connect 4.79.181.18")
		}
		d.letters("anna@exam")
		d.press("ctrl+q", "f10")
		d.types("")
		d.shows(" > anna@exam")
		d.press("ctrl+q", "y", "enter")
		if !d.quit || d.interrupted {
			t.Errorf("quit %v, interrupted %v", d.quit, d.interrupted)
		}
	})
}

// TestStopTellsWhatItDoes: before the greeting, and while encryption begins,
// stopping closes the line; the entry says so, and no late answer is promised.
func TestStopTellsWhatItDoes(t *testing.T) {
	remarks := map[string]string{
		"connect": "gives up the call", "greeting": "the line is closed, nothing was said yet",
		"handshake": "the line is closed: half encrypted it is of no use", "reply": "the line stays open; type something else",
	}
	for _, at := range stages {
		remark, named := remarks[at.name]
		if !named {
			continue
		}
		t.Run(at.name, func(t *testing.T) {
			drives(t, at.target, at.net(), func(d *drive) {
				at.come(d)
				d.wait(3 * time.Second)
				d.press("ctrl+]")
				d.shows("Stop waiting", remark)
				d.press("2")
				d.wait(time.Second)
				if at.name == "reply" {
					d.shows("A late answer will be marked so.")
					return
				}
				d.ended()
				d.hides("late answer")
			})
		})
	}
}
