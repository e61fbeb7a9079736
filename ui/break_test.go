package ui

import (
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"ehlo/session"
)

// stage is a place at which a server can be silent, and how a screen comes
// there.
type stage struct {
	name   string
	target string
	net    func() *network
	come   func(*drive) // brings the screen into the silence
	said   []string     // what stands in the talk then
}

// polite answers all but what is named, which is met with silence.
func polite(silentAt string) func() *network {
	return func() *network {
		p := &peer{banner: "220 mx1 ready", answers: map[string]string{
			"EHLO": "250-mx1\r\n250 STARTTLS", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go ahead",
			"STARTTLS": "220 go", "NOOP": "250 still here",
		}}
		delete(p.answers, silentAt)
		if silentAt == "greeting" {
			p.banner = ""
		}
		return &network{peer: p}
	}
}

func saying(lines ...string) func(*drive) { return func(d *drive) { d.types(lines...) } }

var stages = []stage{
	{"dns", "jcatalaa@catium.com", func() *network { return &network{} }, func(*drive) {}, nil},
	{"connect", "192.0.2.1:25", func() *network { return &network{} }, func(*drive) {}, nil},
	{"greeting", "192.0.2.1:25", polite("greeting"), func(*drive) {}, nil},
	{"handshake", "192.0.2.1:25", polite(""), saying("EHLO me.example", "STARTTLS"), []string{"EHLO me.example", "220 go"}},
	{"reply", "192.0.2.1:25", polite("RCPT"), saying("EHLO me.example", "MAIL FROM:<>", "RCPT TO:<a@b.example>"), []string{"EHLO me.example", "MAIL FROM:<>", "250 ok", "RCPT TO:<a@b.example>"}},
	{"upload", "192.0.2.1:25", polite(""), toUpload, []string{"MAIL FROM:<>", "RCPT TO:<anna@example.org>", "354 go ahead"}},
}

// toUpload walks the guide into a message that the server does not take.
func toUpload(d *drive) {
	d.config.Policy = "none"
	d.press("f5")
	d.types("anna@example.org", "", "", "<>", "Hello", "How are you?", ".", "y")
	d.wait(200 * time.Millisecond)
	d.shows("[message,")
	d.press("enter")
	if d.live.body == nil {
		d.t.Fatalf("no message is on its way\n%s", d.screen())
	}
}

// TestBreakMenu opens the menu at each stage with a line half typed, and takes
// each entry: its effect is there within a second, what was typed and what was
// said stay.
func TestBreakMenu(t *testing.T) {
	entries := []struct {
		name, digit string
		check       func(*drive, stage)
	}{
		{"stop waiting", "2", (*drive).stopped},
		{"connect again", "3", (*drive).calledAgain},
		{"hang up", "4", (*drive).hungUp},
		{"quit", "7", (*drive).left},
	}
	for _, at := range stages {
		for _, entry := range entries {
			t.Run(at.name+"/"+entry.name, func(t *testing.T) {
				drives(t, at.target, at.net(), func(d *drive) {
					at.come(d)
					d.wait(3 * time.Second)
					before := d.said()
					d.letters("NOOP")
					d.press("ctrl+]")
					d.shows("Break: ")
					d.press(entry.digit)
					d.wait(900 * time.Millisecond)
					entry.check(d, at)
					if typed := d.prompt.Typed(); typed != "NOOP" && !d.quit {
						t.Errorf("the prompt holds %q", typed)
					}
					after := d.said()
					if len(after) < len(before) || !slices.Equal(after[:len(before)], before) {
						t.Errorf("said before:\n%s\nand now:\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
					}
					d.hears(at.said...)
				})
			})
		}
	}
}

// stopped: the wait is over. While an answer is awaited the line stays open
// and takes another; a message cannot be stopped but by hanging up.
func (d *drive) stopped(at stage) {
	switch at.name {
	case "dns":
		d.notLooking()
	case "upload":
		if !d.live.talking() || d.live.body == nil {
			d.t.Error("the message was stopped")
		}
		d.press("ctrl+]")
		d.shows("not here: the message is half said")
		d.press("esc")
	case "reply":
		d.press("enter")
		if got := d.net.peer.got.Load(); got != "NOOP" {
			d.t.Errorf("the server last heard %q", got)
		}
		d.letters("NOOP")
	default:
		d.ended()
	}
}

func (d *drive) notLooking() {
	d.t.Helper()
	if !d.query.since.IsZero() || d.net.open.Load() != 0 {
		d.t.Error("the look-up is still under way")
	}
}

func (d *drive) ended() {
	d.t.Helper()
	if d.live.talking() {
		d.t.Error("the conversation is still on")
	}
	select {
	case <-d.live.session.Done():
	default:
		d.t.Error("the session has not ended")
	}
}

// calledAgain: another conversation has begun, or another look-up.
func (d *drive) calledAgain(at stage) {
	if at.name == "dns" {
		if d.query.since.IsZero() || time.Since(d.query.since) > time.Second || d.net.open.Load() == 0 {
			d.t.Error("nobody looks the name up again")
		}
		return
	}
	if calls := d.net.calls.Load(); calls != 2 {
		d.t.Errorf("%d calls", calls)
	}
	if !d.live.talking() || d.live.body != nil {
		d.t.Error("the new conversation is not on")
	}
	if at.name == "connect" != (d.live.stage == session.StageConnect) {
		d.t.Errorf("at stage %q", d.live.stage)
	}
}

func (d *drive) hungUp(at stage) {
	if at.name == "dns" {
		d.notLooking()
		return
	}
	d.ended()
	d.shows("not connected")
	if at.name == "upload" {
		d.shows("We hung up inside the message: it was not finished, so not sent.")
	} else {
		d.shows("We hung up. What was said stays below.")
	}
}

func (d *drive) left(stage) {
	d.shows("Quit ehlo?")
	d.letters("y")
	d.press("enter")
	d.wait(900 * time.Millisecond)
	if !d.quit {
		d.t.Error("no quit")
	}
}

// TestBreakMenuOpensAndCloses: Esc on an empty prompt is the same, and Ctrl+]
// closes what it opened; at no stage is anything between.
func TestBreakMenuOpensAndCloses(t *testing.T) {
	for _, at := range stages {
		t.Run(at.name, func(t *testing.T) {
			drives(t, at.target, at.net(), func(d *drive) {
				at.come(d)
				d.press("ctrl+]")
				d.shows("Break: ")
				byKey := d.screen()
				d.press("ctrl+]")
				d.hides("Break: ")
				d.press("esc")
				if byEsc := d.screen(); byEsc != byKey {
					t.Errorf("Esc shows\n%s\nCtrl+] shows\n%s", byEsc, byKey)
				}
				d.press("esc")
				d.hides("Break: ")
			})
		})
	}
}

// TestAnswerWhileTheMenuIsOpen: the answer is written above, the verdict
// changes, the sheet stays; and the guide waits until it is closed.
func TestAnswerWhileTheMenuIsOpen(t *testing.T) {
	for _, guided := range []bool{false, true} {
		n := &network{scenario: "howto"}
		drives(t, "jcatalaa@catium.com", n, func(d *drive) {
			slow := n.serve
			n.serve = func(conn net.Conn) { slow(delayed{conn, 3 * time.Second}) }
			if guided {
				d.press("f5")
				d.types("", "", "", "<>", "Hello", "Text", ".", "y")
			} else {
				d.types("")
			}
			d.wait(time.Second)
			d.press("ctrl+]")
			d.wait(10 * time.Second)
			d.shows("Break: ", "waits for our hello", "1  Keep waiting")
			d.press("1")
			d.hides("Break: ")
			d.wait(time.Second)
			if said := slices.Contains(d.said(), "EHLO pc17.example.org"); said != guided {
				t.Errorf("guided %v, EHLO said %v", guided, said)
			}
		})
	}
}

// delayed is a connection whose writes take their time.
type delayed struct {
	net.Conn
	by time.Duration
}

func (c delayed) Write(p []byte) (int, error) {
	time.Sleep(c.by)
	return c.Conn.Write(p)
}

// TestHeldLinesComeBack: what was entered while the server was silent is said
// when it speaks, or comes back into the prompt when the line is gone.
func TestHeldLinesComeBack(t *testing.T) {
	for name, leave := range map[string][]string{"hang up": {"ctrl+]", "4"}, "connect again": {"ctrl+]", "3"}} {
		t.Run(name, func(t *testing.T) {
			drives(t, "192.0.2.1:25", polite("greeting")(), func(d *drive) {
				d.types("EHLO me.example")
				d.shows("Held until the server has spoken.")
				d.types("NOOP")
				d.letters("half")
				d.press("ctrl+u")
				d.press(leave...)
				d.wait(time.Second)
				if typed := d.prompt.Typed(); typed != "EHLO me.example" {
					t.Errorf("the prompt holds %q", typed)
				}
				d.shows("next: NOOP")
			})
		})
	}
}

// TestHeldLineStandsBesideWhatIsTyped: it never replaces it.
func TestHeldLineStandsBesideWhatIsTyped(t *testing.T) {
	drives(t, "192.0.2.1:25", polite("greeting")(), func(d *drive) {
		d.types("EHLO me.example")
		d.letters("half")
		d.press("ctrl+]", "4")
		d.wait(time.Second)
		d.shows(" > half", "next: EHLO me.example")
	})
}

// TestEnterTriesAgain after a look-up was stopped, and never calls a server of
// the domain before.
func TestEnterTriesAgain(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		n.zone = nil
		d.letters("anna@example.org")
		d.press("enter", "ctrl+c")
		d.shows("Stopped, as you asked.", "Ctrl+C again quits.")
		asked := n.asked.Load()
		d.press("enter")
		d.wait(100 * time.Millisecond)
		d.shows("Where does mail for example.org go?")
		if n.calls.Load() != 0 || n.asked.Load() == asked {
			t.Errorf("%d calls, %d questions", n.calls.Load(), n.asked.Load()-asked)
		}
	})
}

// TestLateEventsTouchNothing: what a conversation tells after it was replaced
// changes neither the new one nor the verdict.
func TestLateEventsTouchNothing(t *testing.T) {
	drives(t, "192.0.2.1:25", polite("RCPT")(), func(d *drive) {
		d.types("EHLO me.example", "MAIL FROM:<>")
		old, source := d.live.session, d.live.source
		d.types("/again")
		d.wait(time.Second)
		if d.live.session == old || !d.live.state.HasSender {
			t.Errorf("the new conversation does not stand where the old one stood: %+v", d.live.state)
		}
		verdict := d.verdict
		d.take(heard{from: old, source: source, events: []session.Event{session.Ended{}, session.GaveUp{}}})
		d.settle()
		if !d.live.talking() || d.verdict.Sentence != verdict.Sentence {
			t.Errorf("a late event was taken for the new conversation")
		}
	})
}

// TestStatus while there is nothing to tell, and when there is.
func TestStatus(t *testing.T) {
	drives(t, "192.0.2.1:25", &network{}, func(d *drive) {
		d.types("/status")
		d.shows("Calling")
		d.press("ctrl+]", "5", "ctrl+]", "4")
		d.wait(time.Second)
		d.types("/status")
		d.shows("No line is open.")
	})
}

// TestCallTicks in the route too.
func TestCallTicks(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		n.serve = nil
		d.types("")
		d.wait(5 * time.Second)
		d.shows("Calling 0:04", "trying 0:04")
	})
}
