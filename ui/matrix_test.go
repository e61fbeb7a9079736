package ui

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"ehlo/session/practice"
)

// oneAtATime fails the test when a second connection goes to an address and
// port at which there is one already.
func oneAtATime(t *testing.T) func(*Config) {
	var mu sync.Mutex
	open := make(map[netip.AddrPort]int)
	count := func(addr netip.AddrPort, by int) {
		mu.Lock()
		defer mu.Unlock()
		if open[addr] += by; open[addr] > 1 {
			t.Errorf("%d connections to %s at a time", open[addr], addr)
		}
	}
	return func(c *Config) {
		reach := c.Way.Options.Reach
		c.Way.Options.Reach = func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
			count(addr, 1)
			conn, err := reach(ctx, addr)
			if err != nil {
				count(addr, -1)
				return nil, err
			}
			return &counted{Conn: conn, closed: sync.OnceFunc(func() { count(addr, -1) })}, nil
		}
	}
}

// counted tells when it was closed.
type counted struct {
	net.Conn
	closed func()
}

// Close closes the connection.
func (c *counted) Close() error {
	c.closed()
	return c.Conn.Close()
}

// half is a domain with two servers of which the first never answers.
func half() (*network, func(*Config)) {
	n := &network{scenario: "second-mx-answers"}
	return n, func(*Config) {
		n.doors.Ports = []practice.Port{
			{Number: 25, Door: practice.DoorNeverAnswer, Address: netip.MustParseAddr("192.0.2.25")},
			{Number: 25, Door: practice.DoorListen, Address: netip.MustParseAddr("192.0.2.26")},
		}
	}
}

// TestTryAll: every address is called, one of them asked for its hello.
func TestTryAll(t *testing.T) {
	for _, how := range []string{"f9", "alt+a", "/try all"} {
		drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
			if how == "/try all" {
				d.types(how)
			} else {
				d.press(how)
			}
			d.shows("Mail for catium.com goes to 2 servers at Yahoo. All 5 addresses", "Greeting      Hello   TLS",
				"4.79.181.18                   √ 0.0 s       √ 0.0 s       √ 0.0 s - none", "66.196.126.37                 √ 0.0 s       √ 0.0 s       -       -")
			if calls := d.net.calls.Load(); calls != 5 {
				t.Errorf("%d calls", calls)
			}
			d.types("")
			d.shows("mx1.biz.mail.yahoo.com:25")
		}, oneAtATime(t))
	}
}

// TestTryAllIsLive: what answers at once is there while the rest is awaited, and
// Enter calls the one that answers.
func TestTryAllIsLive(t *testing.T) {
	n, doors := half()
	drives(t, "anna@example.org", n, func(d *drive) {
		d.press("f9")
		d.wait(4 * time.Second)
		d.shows("Every address is called; 1 of 2 known.", "192.0.2.25                    trying 0:0", "192.0.2.26                    √ 0.0 s       √ 0.0 s")
		d.wait(27 * time.Second)
		d.shows("1 of 2 addresses answer.", "their mail team should know that mx1.example.org", "× silent 30 s", "√ 0.0 s       √ 0.0 s       √ 0.0 s - none", " > /connect 192.0.2.26")
	}, doors, oneAtATime(t))
}

// TestTryAllStops within a second, by each way out, and leaves an open talk
// alone.
func TestTryAllStops(t *testing.T) {
	for name, keys := range map[string][]string{"esc": {"esc"}, "ctrl+c": {"ctrl+c"}, "menu": {"ctrl+]", "2"}} {
		t.Run(name, func(t *testing.T) {
			n, doors := half()
			drives(t, "anna@example.org", n, func(d *drive) {
				d.press("down")
				d.types("")
				d.press("f9")
				d.wait(3 * time.Second)
				d.shows("192.0.2.26 is on the line", "192.0.2.25                    trying 0:0", "192.0.2.26                    √ 0.0 s       √ 0.0 s")
				d.press(keys...)
				d.wait(900 * time.Millisecond)
				if d.tries.on() {
					t.Error("the calls go on")
				}
				d.shows("- stopped", "Stopped, as you asked.")
				d.wait(3 * time.Second)
				d.press("f3", "esc")
				d.types("NOOP")
				d.hears("NOOP", "250")
				if calls := n.calls.Load(); calls != 2 {
					t.Errorf("%d calls", calls)
				}
			}, doors, oneAtATime(t))
		})
	}
}

// TestCallDuringTryAll: an address at which a call is, be it one that has greeted
// and waits for those before, is called once that has ended.
func TestCallDuringTryAll(t *testing.T) {
	n, doors := half()
	drives(t, "anna@example.org", n, func(d *drive) {
		d.press("f9")
		d.wait(2 * time.Second)
		d.press("down")
		d.types("")
		d.shows("mx2.example.org:25", "The server answers, and waits for our hello.")
		if d.tries.on() {
			t.Error("the calls go on")
		}
		d.press("f9")
		d.wait(time.Second)
		d.press("up")
		d.types("")
		d.shows("mx1.example.org:25", "Calling 0:0")
	}, doors, oneAtATime(t))
}

// TestNothingToTry says so.
func TestNothingToTry(t *testing.T) {
	drives(t, "", &network{}, func(d *drive) {
		d.press("f9")
		d.shows("There is no address to try yet.")
	})
	drives(t, "192.0.2.26:25", &network{scenario: "second-mx-answers"}, func(d *drive) {
		d.wait(time.Second)
		d.press("f9")
		d.shows("The only address is the one on the line; it is not called twice.")
	}, oneAtATime(t))
}
