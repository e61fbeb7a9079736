package probe_test

import (
	"context"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"ehlo/resolver"
	dnspractice "ehlo/resolver/practice"
	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// The servers of the rows on paper: two of the domain, and one known to answer.
var (
	mx1 = netip.MustParseAddr("192.0.2.25")
	mx2 = netip.MustParseAddr("192.0.2.26")
	ctl = netip.MustParseAddr("192.0.2.99")
)

// blame is one state of the world, as doors, and whose the silence of mx1 is.
type blame struct {
	name    string
	doors   string // after "mx1 never-answer": "mx1:587 listen, ctl:25 refuse"
	control bool   // ctl is called too
	who     string
	words   string
	calls   string // which were made, and what came of them
}

var blames = []blame{
	{
		name: "this server, by its neighbour", doors: "mx1:587 never-answer, mx1:465 never-answer, mx2:25 listen", who: "recipient_admin",
		words: "but mx2.example.org answers on port 25: it is this server only.",
		calls: "192.0.2.25:587 connect!no-answer, 192.0.2.25:465 connect!no-answer, 192.0.2.26:25 connect",
	},
	{
		name: "this server, by a control", doors: "mx1:587 listen, mx1:465 refuse, mx2:25 never-answer, ctl:25 listen", control: true, who: "recipient_admin",
		words: "but 192.0.2.99 answers on port 25: it is this server only.",
		calls: "192.0.2.25:587 connect, 192.0.2.25:465 connect!refused, 192.0.2.99:25 connect, 192.0.2.26:25 connect!no-answer",
	},
	{
		name: "our side, by a control", doors: "mx1:587 listen, mx1:465 listen, mx2:25 never-answer, ctl:25 never-answer", control: true, who: "network",
		words: "nor from 192.0.2.99 and mx2.example.org: something on our side blocks it.",
		calls: "192.0.2.25:587 connect, 192.0.2.25:465 connect, 192.0.2.99:25 connect!no-answer, 192.0.2.26:25 connect!no-answer",
	},
	{
		name: "our side, most likely", doors: "mx1:587 listen, mx1:465 never-answer, mx2:25 never-answer", who: "network",
		words: "nor from mx2.example.org, but mx1.example.org answers on port 587: most likely our side blocks port 25.",
		calls: "192.0.2.25:587 connect, 192.0.2.25:465 connect!no-answer, 192.0.2.26:25 connect!no-answer",
	},
	{
		name: "unknown", doors: "mx1:587 never-answer, mx1:465 never-answer, mx2:25 never-answer", who: "network",
		words: "it may be this server or our side.",
		calls: "192.0.2.25:587 connect!no-answer, 192.0.2.25:465 connect!no-answer, 192.0.2.26:25 connect!no-answer",
	},
}

// world starts the doors and returns the probe that finds them on paper.
func world(t *testing.T, doors string) probe.Probe {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the system takes the call")
	}
	text := "ehlo scenario 1\nname: test\ntitle: Of a test\nstory: A test.\ntarget: anna@example.org\nverdict: accepted\nexit: 0\nhost: mx1.example.org\nport: 25 never-answer 192.0.2.25\n"
	hosts := strings.NewReplacer("mx1", mx1.String(), "mx2", mx2.String(), "ctl", ctl.String())
	for door := range strings.SplitSeq(doors, ", ") {
		at, how, _ := strings.Cut(door, " ")
		host, port, _ := strings.Cut(at, ":")
		text += "port: " + port + " " + how + " " + hosts.Replace(host) + "\n"
	}
	scenario, err := practice.Parse(t.Name(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	server := practice.New(scenario)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return probe.Probe{Options: session.Options{
		Strict: true, Reach: onPaper(server), Timeouts: session.Timeouts{Connect: 100 * time.Millisecond},
	}}
}

// silenced calls mx1, which does not answer.
func silenced(t *testing.T, p probe.Probe) verdict.Facts {
	t.Helper()
	facts := verdict.Facts{Domain: "example.org", Asked: true, Route: &verdict.Route{Hosts: []verdict.Host{
		{Name: "mx1.example.org", Addresses: []netip.Addr{mx1}}, {Name: "mx2.example.org", Addresses: []netip.Addr{mx2}},
	}}}
	target := probe.Target{Host: "mx1.example.org", Addr: netip.AddrPortFrom(mx1, 25), Purpose: "route"}
	p.Check(t.Context(), &facts, []probe.Target{target}, probe.Check{Plan: plan})
	if !verdict.WantsDifferential(facts) {
		t.Fatalf("tries %+v", facts.Tries)
	}
	return facts
}

// TestDifferential walks the states of the world.
func TestDifferential(t *testing.T) {
	for _, row := range blames {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p := world(t, row.doors)
			facts := silenced(t, p)
			asked := probe.Differential{Timeout: time.Second}
			if row.control {
				asked.Controls = []address.Server{{Host: ctl.String(), IP: ctl, Port: 25}}
			}
			p.Differential(t.Context(), &facts, asked)
			got, exit := verdict.Of(facts)
			if got.Code != "no-answer" || exit != verdict.ExitNoAnswer || got.Who != row.who || !strings.Contains(got.Sentence, row.words) {
				t.Errorf("%+v, %d", got, exit)
			}
			if calls := callsOf(facts); calls != row.calls {
				t.Errorf("calls: %s", calls)
			}
			p.Differential(t.Context(), &facts, asked)
			if calls := callsOf(facts); calls != row.calls {
				t.Errorf("asked again: %s", calls)
			}
		})
	}
}

// callsOf are the calls of a differential and what came of them.
func callsOf(facts verdict.Facts) string {
	var calls []string
	for _, try := range facts.Tries {
		if try.Purpose == verdict.Differential {
			calls = append(calls, netip.AddrPortFrom(try.Address, try.Port).String()+" "+stages(try))
		}
	}
	return strings.Join(calls, ", ")
}

// TestDifferentialBare leaves the mail ports of a host alone that was not asked
// about as a mail server.
func TestDifferentialBare(t *testing.T) {
	p := world(t, "mx1:587 listen")
	facts := silenced(t, p)
	facts.Route = nil
	p.Differential(t.Context(), &facts, probe.Differential{Timeout: time.Second, Bare: true})
	if calls := callsOf(facts); calls != "" {
		t.Errorf("calls: %s", calls)
	}
	if got, _ := verdict.Of(facts); got.Sentence != "No answer from mx1.example.org on port 25." {
		t.Errorf("%+v", got)
	}
}

// TestDifferentialOnlyAfterSilence: whoever answers is asked nothing more.
func TestDifferentialOnlyAfterSilence(t *testing.T) {
	facts := check(t, t.Context(), probe.Check{Plan: plan}, serve(t, "mx1.example.org", "port: 25 refuse\n"))
	probe.Probe{}.Differential(t.Context(), &facts, probe.Differential{})
	if len(facts.Tries) != 1 {
		t.Errorf("%+v", facts.Tries)
	}
}

// TestDifferentialNames looks up a control by its name, both families, and
// leaves out one that leads nowhere.
func TestDifferentialNames(t *testing.T) {
	p := world(t, "ctl:2525 listen, mx1:587 refuse, mx1:465 refuse")
	zone, err := dnspractice.ParseZone("zone", "$ORIGIN example.net.\n$TTL 60\nctl A 192.0.2.99\nctl A 192.0.2.98\n")
	if err != nil {
		t.Fatal(err)
	}
	dns := &dnspractice.Server{Zone: zone}
	if err := dns.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer dns.Close()
	p.Resolver = resolver.New(resolver.Options{Servers: []string{dns.Addr().String()}, Timeout: time.Second})
	facts := silenced(t, p)
	facts.Route = nil
	p.Differential(t.Context(), &facts, probe.Differential{Timeout: 10 * time.Second, Controls: []address.Server{
		{Host: "ctl.example.net", Port: 2525}, {Host: "lost.example.net", Port: 25},
	}})
	if calls := callsOf(facts); calls != "192.0.2.25:587 connect!refused, 192.0.2.25:465 connect!refused, 192.0.2.99:2525 connect" {
		t.Errorf("calls: %s", calls)
	}
}

// TestDifferentialWatched: each call is seen from its beginning to its end, and
// a stop ends all of them.
func TestDifferentialWatched(t *testing.T) {
	p := world(t, "mx1:587 never-answer, mx1:465 never-answer, mx2:25 never-answer")
	facts := silenced(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	began, ended := 0, 0
	p.Differential(ctx, &facts, probe.Differential{Timeout: time.Hour, Watch: func(probe.Target) func(session.Event) {
		return func(event session.Event) {
			mu.Lock()
			defer mu.Unlock()
			switch event.(type) {
			case session.Began:
				if began++; began == 3 {
					cancel()
				}
			case session.Ended:
				ended++
			}
		}
	}})
	if began != 3 || ended != 3 {
		t.Errorf("%d began, %d ended", began, ended)
	}
	for _, try := range facts.Tries[1:] {
		if last := try.Stages[len(try.Stages)-1]; last.Cause != string(session.WhyStopped) {
			t.Errorf("%+v", try)
		}
	}
}
