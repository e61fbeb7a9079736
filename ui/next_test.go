package ui

import (
	"net/netip"
	"testing"
	"time"

	"ehlo/resolver"
	"ehlo/session/address"
	"ehlo/session/practice"
)

// TestNextIsOffered leads through all addresses of a route, in the order of a
// sending server.
func TestNextIsOffered(t *testing.T) {
	n := &network{scenario: "howto"}
	refuse := func(*Config) { n.doors.Ports = []practice.Port{{Number: 25, Door: practice.DoorRefuse}} }
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		for _, next := range []string{
			"mx1.biz.mail.yahoo.com, 67.28.113.136.", "mx1.biz.mail.yahoo.com, 209.191.89.172.",
			"mx5.biz.mail.yahoo.com, 68.142.224.244.", "mx5.biz.mail.yahoo.com, 66.196.126.37.",
		} {
			d.types("")
			d.shows("is up, but no mail service answers", "Enter calls the next: "+next)
		}
		d.types("")
		d.shows("All 5 addresses were called.")
		if calls := n.calls.Load(); calls != 5 {
			t.Errorf("%d calls", calls)
		}
	}, refuse, oneAtATime(t))
}

// TestWhichOneAnswered is said, and only once.
func TestWhichOneAnswered(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "second-mx-answers"}, func(d *drive) {
		d.types("")
		d.shows("Enter calls the next: mx2.example.org, 192.0.2.26.", " > /connect 192.0.2.26")
		d.types("")
		d.shows("mx2.example.org (192.0.2.26) answered, after one call that led nowhere.")
		d.types("EHLO me.example")
		d.press("f3")
		d.shows("192.0.2.25                                 refused", "here 0.0 s", "mx2.example.org (192.0.2.26) answered,")
	}, oneAtATime(t))
}

// TestRefusedAtTheDoor goes on too, and the route says how it was turned away.
func TestRefusedAtTheDoor(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "refused-greeting"}, func(d *drive) {
		d.types("")
		d.press("f3")
		d.shows("says no 554", "The server refuses us, not the address.")
		d.types("/hangup", "/try all")
		d.shows("√ 0.0 s       × 554         -       -")
	}, oneAtATime(t))
}

// controls are servers known to answer.
func controls(addresses ...string) func(*Config) {
	return func(c *Config) {
		for _, text := range addresses {
			addr := netip.MustParseAddrPort(text)
			c.Controls = append(c.Controls, address.Server{Host: "mail.example.net", IP: addr.Addr(), Port: addr.Port()})
		}
	}
}

// TestSettles: after a silence others are called, each shown while it happens,
// and the verdict says whose the silence is.
func TestSettles(t *testing.T) {
	for scenario, says := range map[string]string{"filtered": "it is this server only.", "blocked-here": "something on our side"} {
		t.Run(scenario, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: scenario}, func(d *drive) {
				d.types("")
				d.wait(31 * time.Second)
				d.shows("192.0.2.25                    × silent 30 s", "Called to see who has to act", "mx1.example.org, port 587     × refused")
				if scenario == "blocked-here" {
					d.shows("Asking 0:0", "mail.example.net, port 25     trying 0:0", "mail.example.net, port 587    √ 0.0 s", "192.0.2.26                    trying 0:0")
					d.wait(30 * time.Second)
					d.shows("mail.example.net, port 25     × silent 30 s", "   Give this to the firewall team: outgoing TCP port 25 gets no reply, while")
					// Whole in the head too, and the titles stand over their columns.
					d.shows("   Next         Give this", "                reply, while mx1.example.org refuses calls on ports 587 and 465.", "   Server and address      DNS      Port 25")
				}
				d.shows(says)
			}, controls("192.0.2.99:25", "192.0.2.99:587"), oneAtATime(t))
		})
	}
}

// TestSettlingEnds within a second: by a way out, or by a call, which then has
// its address for itself.
func TestSettlingEnds(t *testing.T) {
	for name, keys := range map[string][]string{"esc": {"esc"}, "ctrl+c": {"ctrl+c"}, "menu": {"ctrl+]", "2"}, "call": {"enter"}} {
		t.Run(name, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: "blocked-here"}, func(d *drive) {
				d.types("")
				d.wait(33 * time.Second)
				d.shows("Asking 0:0", "Enter calls the one marked > .")
				d.press(keys...)
				d.wait(900 * time.Millisecond)
				if d.tries.on() {
					t.Error("the calls go on")
				}
				if name == "call" {
					d.shows("Calling 0:00 192.0.2.26, port 25.")
					return
				}
				d.shows("Stopped, as you asked.", "192.0.2.26                    - stopped")
			}, oneAtATime(t))
		})
	}
}

// TestSlowGreeting counts while the screen stays usable, and shows half a
// greeting as it comes.
func TestSlowGreeting(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "slow-greeting"}, func(d *drive) {
		d.types("")
		d.wait(12 * time.Second)
		d.shows("Waiting 0:1", "the server has not said hello yet", "Up to 5 minutes is normal.")
		d.press("f3")
		d.shows("here 0.0 s")
		d.press("f6", "f6", "f6", "f6")
		d.letters("EHLO me.example")
		d.shows(" > EHLO me.example", "Waiting 0:1")
		d.wait(9 * time.Second)
		d.shows("The server answers, and waits for our hello.", " > EHLO me.example")
	})
	drives(t, "anna@example.org", &network{scenario: "teaser"}, func(d *drive) {
		d.types("")
		d.wait(3 * time.Second)
		d.shows("The server has begun to greet", "220-mx1.example.org ESMTP Postfix, please wait")
		d.wait(4 * time.Second)
		d.shows("220 mx1.example.org ESMTP Postfix", "The server answers, and waits for our hello.")
	})
}

// TestTwoDNSServers stand beside each other, and the head says that they differ.
func TestTwoDNSServers(t *testing.T) {
	other := &network{scenario: "refused"}
	compare := func(c *Config) {
		other.set(t)
		c.Compare, c.Called = resolver.New(resolver.Options{Servers: []string{"192.0.2.54"}, Dial: other.dial}), "192.0.2.54"
	}
	drives(t, "anna@example.org", &network{scenario: "second-mx-answers"}, func(d *drive) {
		d.shows("Two answers: the two DNS servers differ on example.org.", "What the two DNS servers say         10.50.128.52       192.0.2.54",
			"   mx1.example.org                      10                 10", " ~ mx2.example.org                      20                 -")
		d.press("down", "down")
		d.shows("names the server mx2.example.org (number 20).")
		d.types("")
		d.shows("mx2.example.org:25")
		close(other.over)
	}, compare)
}

// TestNames asks for the names of the addresses, and leaves the choice as it is.
func TestNames(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "second-mx-answers"}, func(d *drive) {
		d.press("down")
		d.types("/names")
		d.shows("192.0.2.25 has no name in DNS (no PTR record).", "192.0.2.26 has no name in DNS", " > /connect 192.0.2.26")
	})
}
