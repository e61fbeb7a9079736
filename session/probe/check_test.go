package probe_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// plan asks about one address.
var plan = script.Check{Send: script.Send{Hello: "me.example.com", To: []string{"anna@example.org"}}}

// check asks targets and returns the facts.
func check(t *testing.T, ctx context.Context, what probe.Check, targets ...probe.Target) (facts verdict.Facts) {
	t.Helper()
	p := probe.Probe{Options: session.Options{Strict: true, Timeouts: session.EveryStage(20 * time.Second)}}
	p.Check(ctx, &facts, targets, what)
	return facts
}

// TestCheckStages holds what is collected where one address is asked.
func TestCheckStages(t *testing.T) {
	control := plan
	control.Control = "made-up@example.org"
	nobody := plan
	nobody.To = nil
	for _, tt := range []struct {
		name, rules string
		plan        script.Check
		want        string
		code        string
		exit        int
	}{
		{"taken", "", plan, "connect greeting hello mail rcpt quit", "accepted", 0},
		{"encrypted", "offer: STARTTLS\n", plan, "connect greeting tls hello mail rcpt quit", "accepted", 0},
		{"refused", "on RCPT\n  550 5.1.1 no\n", plan, "connect greeting hello mail rcpt! quit", "refused-address", verdict.ExitRecipient},
		{"put off", "on RCPT\n  450 later\n", plan, "connect greeting hello mail rcpt! quit", "not-now", verdict.ExitNotNow},
		{"sender", "on MAIL\n  550 no\n", plan, "connect greeting hello mail! quit", "sender-refused", verdict.ExitMail},
		{"everybody", "on RCPT\n  250 ok\n", control, "connect greeting hello mail rcpt control quit", "accepts-everything", verdict.ExitCannotTell},
		{"nobody made up", "on RCPT <made-up*>\n  550 no\n", control, "connect greeting hello mail rcpt control! quit", "accepted", 0},
		{"lost at the made-up name", "on RCPT <made-up*>\n  hang up\n", control, "connect greeting hello mail rcpt control!lost", "accepted", 0},
		{"no recipient", "", nobody, "connect greeting hello quit", "open", 0},
		{"lost", "on RCPT\n  hang up\n", plan, "connect greeting hello mail rcpt!lost", "connection-lost", verdict.ExitLost},
		{"lost at RSET", "on RSET\n  hang up\n", plan, "connect greeting hello mail rcpt session!lost", "accepted", 0},
		{"RSET unknown", "on RSET\n  502 what\n", plan, "connect greeting hello mail rcpt quit", "accepted", 0},
		{"go on to RCPT", "on RCPT\n  354 go on\n", plan, "connect greeting hello mail rcpt! quit", "cannot-tell", verdict.ExitRecipient},
	} {
		for _, whole := range []bool{false, true} {
			t.Run(tt.name, func(t *testing.T) {
				facts := check(t, t.Context(), probe.Check{Plan: tt.plan, Whole: whole}, serve(t, "mx1.example.org", tt.rules))
				if got := stages(facts.Tries[0]); got != tt.want {
					t.Errorf("%s\nwant %s", got, tt.want)
				}
				if said, exit := verdict.Of(facts); said.Code != tt.code || exit != tt.exit {
					t.Errorf("%s, %d, want %s, %d", said.Code, exit, tt.code, tt.exit)
				}
				if len(facts.Recipients) != len(tt.plan.To) {
					t.Errorf("recipients %+v", facts.Recipients)
				}
			})
		}
	}
}

// TestMatrix holds who is asked where a route has several addresses, and that
// the one at which a sending server would have ended decides.
func TestMatrix(t *testing.T) {
	const (
		refused = "port: 25 refuse\n"
		busy    = "banner: 421 busy\n"
		no      = "on RCPT\n  550 5.1.1 no\n"
		hello   = "on EHLO\n  421 go away\n"
		asked   = "connect greeting hello mail rcpt quit"
		asked5  = "connect greeting hello mail rcpt! quit"
		looked  = "connect greeting quit"
	)
	for _, tt := range []struct {
		name  string
		rules []string
		all   bool
		want  string // purpose and stages of each try
		exit  int
	}{
		{"the first", []string{"", no}, false, "route " + asked + ", matrix " + looked, 0},
		{"the second", []string{refused, no, ""}, false, "route connect!refused, route " + asked5 + ", matrix " + looked, verdict.ExitRecipient},
		{"the last", []string{refused, busy, ""}, false, "route connect!refused, route connect greeting!, route " + asked, 0},
		{"none", []string{busy, refused}, false, "route connect greeting!, route connect!refused", verdict.ExitRefused},
		{"a hello that is refused", []string{hello, ""}, false, "route connect greeting hello!, matrix " + looked, verdict.ExitHello},
		{"all", []string{"", no}, true, "route " + asked + ", matrix " + asked5, 0},
		{"all, the first refuses", []string{no, ""}, true, "route " + asked5 + ", matrix " + asked, verdict.ExitRecipient},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var targets []probe.Target
			for _, rules := range tt.rules {
				targets = append(targets, serve(t, "mx.example.org", rules))
			}
			facts := check(t, t.Context(), probe.Check{Plan: plan, Whole: true, All: tt.all}, targets...)
			var got []string
			for _, try := range facts.Tries {
				got = append(got, try.Purpose+" "+stages(try))
			}
			if text := strings.Join(got, ", "); text != tt.want {
				t.Errorf("%s\nwant %s", text, tt.want)
			}
			if said, exit := verdict.Of(facts); exit != tt.exit {
				t.Errorf("%s, exit %d, want %d", said.Code, exit, tt.exit)
			}
		})
	}
}

// TestInTurn holds that a batch goes no further than the first that answers.
func TestInTurn(t *testing.T) {
	targets := []probe.Target{serve(t, "a", "port: 25 refuse\n"), serve(t, "b", ""), serve(t, "c", "")}
	facts := check(t, t.Context(), probe.Check{Plan: plan}, targets...)
	if len(facts.Tries) != 2 || facts.Tries[1].Host != "b" || facts.Recipients[0].Answer != verdict.Accepted {
		t.Errorf("%+v", facts)
	}
}

// crowd counts who talks to an address at a time.
type crowd struct {
	mu        sync.Mutex
	now, most int
}

func (c *crowd) watch(probe.Target) func(session.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now++
	c.most = max(c.most, c.now)
	return func(event session.Event) {
		if _, ended := event.(session.Ended); ended {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.now--
		}
	}
}

// TestOneAddressOnce: the same address under several names is never called
// twice at a time.
func TestOneAddressOnce(t *testing.T) {
	target := serve(t, "mx.example.org", "")
	for _, all := range []bool{false, true} {
		var seen crowd
		facts := check(t, t.Context(), probe.Check{Plan: plan, Whole: true, All: all, Watch: seen.watch}, slices.Repeat([]probe.Target{target}, 5)...)
		if len(facts.Tries) != 5 || seen.most != 1 {
			t.Errorf("%d tries, %d at a time", len(facts.Tries), seen.most)
		}
	}
}

// TestGate holds how many checks call one address at a time.
func TestGate(t *testing.T) {
	target := serve(t, "mx.example.org", "")
	var seen crowd
	var all sync.WaitGroup
	gate := probe.NewGate(2)
	for range 12 {
		all.Go(func() {
			check(t, t.Context(), probe.Check{Plan: plan, Gate: gate, Watch: seen.watch}, target)
		})
	}
	all.Wait()
	if seen.most > 2 {
		t.Errorf("%d at a time", seen.most)
	}
}

// TestKnock: a port that takes the call is open, whatever it says or does not.
func TestKnock(t *testing.T) {
	for _, tt := range []struct {
		name, rules, want string
		exit              int
	}{
		{"speaks", "", "connect", 0},
		{"says nothing", "on CONNECT\n  silence\n", "connect", 0},
		{"hangs up", "on CONNECT\n  hang up\n", "connect", 0},
		{"refuses", "port: 25 refuse\n", "connect!refused", verdict.ExitRefused},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, whole := range []bool{false, true} {
				facts := check(t, t.Context(), probe.Check{Bare: true, Whole: whole}, serve(t, "mx.example.org", tt.rules))
				if got := stages(facts.Tries[0]); got != tt.want {
					t.Errorf("%s, want %s", got, tt.want)
				}
				if said, exit := verdict.Of(facts); exit != tt.exit || exit == 0 && said.Code != "open" {
					t.Errorf("%s, exit %d", said.Code, exit)
				}
			}
		})
	}
}

// TestCheckStopped: a stop ends every talk at once, also those that wait for
// their turn.
func TestCheckStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent, waits := serve(t, "silent.example.org", "on CONNECT\n  silence\n"), serve(t, "mx2.example.org", "")
	watch := func(target probe.Target) func(session.Event) {
		return func(event session.Event) {
			if answered, ok := event.(session.Answered); ok && answered.To.Verb == "" && target.Host == waits.Host {
				cancel()
			}
		}
	}
	facts := check(t, ctx, probe.Check{Plan: plan, Whole: true, Watch: watch}, silent, waits, silent)
	if len(facts.Tries) != 3 {
		t.Fatalf("tries %+v", facts.Tries)
	}
	if said, exit := verdict.Of(facts); said.Code != "stopped" || exit != verdict.ExitStopped {
		t.Errorf("verdict %+v, %d", said, exit)
	}
}
