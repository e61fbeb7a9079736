package plain

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// doors is a way to servers that are there, refuse or never answer, by address
// and port; it never has a name looked up.
func doors(t *testing.T, answers, refuses string) session.Reach {
	server := practice.New(scenarioNamed(t, "howto"))
	return func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
		switch {
		case strings.Contains(refuses, addr.String()):
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
		case !strings.Contains(answers, addr.String()):
			<-ctx.Done()
			return nil, ctx.Err()
		}
		near, far := net.Pipe()
		go server.Serve(far)
		return near, nil
	}
}

func scenarioNamed(t *testing.T, name string) practice.Scenario {
	t.Helper()
	scenario, ok := practice.Find(name)
	if !ok {
		t.Fatalf("no scenario %q", name)
	}
	return scenario
}

// twoServers is a run about a domain with two servers, whose route is known.
func twoServers(reach session.Reach) *front {
	route := &verdict.Route{Hosts: []verdict.Host{
		{Name: "mx1.example.org", Preference: 10, Addresses: []netip.Addr{netip.MustParseAddr("192.0.2.25")}},
		{Name: "mx2.example.org", Preference: 20, Addresses: []netip.Addr{netip.MustParseAddr("192.0.2.26")}},
	}}
	config := Config{Port: 25, Way: probe.Probe{Options: session.Options{Reach: reach, Timeouts: session.Timeouts{Connect: 10 * time.Second}}}}
	f := &front{config: config, ctx: context.Background(), life: context.Background()}
	f.about = subject{route: route, targets: probe.Targets(route, 25, false)}
	return f
}

// TestGoesOnToTheNext: a call that is refused makes the next address the
// choice, and it is said which one answered.
func TestGoesOnToTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		f := twoServers(doors(t, "192.0.2.26:25", "192.0.2.25:25"))
		f.page.out = &out
		f.call("1")
		f.connect("")
		f.abandon()
		inOrder(
			t, out.String(),
			"NO. mx1.example.org is up, but no mail service answers on port 25.",
			"A sending server would go on to 2. mx2.example.org, 192.0.2.26; /connect calls it.",
			"Connected to 192.0.2.26, port 25",
			"mx2.example.org (192.0.2.26) answered, after one call that led nowhere.",
		)
	})
}

// TestSettlesWhose: a silence has others called, and the verdict says what they
// came to.
func TestSettlesWhose(t *testing.T) {
	for name, one := range map[string]struct{ answers, says string }{
		"this server": {"192.0.2.99:25", "it is this server only"},
		"our side":    {"", "something on our side blocks it"},
		"next answers": {
			"192.0.2.26:25",
			"A sending server would go on to 2. mx2.example.org, 192.0.2.26; /connect calls it.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out strings.Builder
				f := twoServers(doors(t, one.answers, "192.0.2.25:587 192.0.2.25:465"))
				f.page.out = &out
				control := netip.MustParseAddr("192.0.2.99")
				f.config.Controls = []address.Server{{Host: control.String(), IP: control, Port: 25}}
				f.call("1")
				inOrder(t, out.String(), "NO. No answer from mx1.example.org on port 25.",
					"Others are called to see who has to act.", "mx1.example.org (192.0.2.25), port 587: refused", one.says)
				time.Sleep(time.Second)
			})
		})
	}
}

// inOrder fails the test unless each text stands after the one before.
func inOrder(t *testing.T, printed string, texts ...string) {
	t.Helper()
	rest := printed
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Fatalf("%q is missing, or stands too early:\n%s", text, printed)
		}
		rest = after
	}
}
