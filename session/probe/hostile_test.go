package probe_test

import (
	"context"
	"testing"
	"time"

	"ehlo/resolver"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// TestServersThatMakeNoSense: an answer that is neither a yes nor a no of its
// command ends the try at that stage; the plan never asks again for ever.
func TestServersThatMakeNoSense(t *testing.T) {
	for _, tt := range []struct {
		name, rules, want string
		exit              int
	}{
		{"go on to a hello", "on EHLO\n  354 go on\n", "connect greeting hello! quit", verdict.ExitHello},
		{"go on to MAIL", "on MAIL\n  354 go on\n", "connect greeting hello mail! quit", verdict.ExitMail},
		{"go on to RCPT", "on RCPT\n  354 go on\n", "connect greeting hello mail rcpt! quit", verdict.ExitRecipient},
		{"go on to STARTTLS", "offer: STARTTLS\non STARTTLS\n  354 go on\n", "connect greeting hello tls! quit!lost tls!tls-missing", verdict.ExitTLSMissing},
		{"go on to the dot", "on .\n  354 more\n", "connect greeting hello mail rcpt data end! quit", verdict.ExitMessage},
		{"go on as a greeting", "banner: 354 go on\n", "connect greeting! quit", verdict.ExitGreeting},
		{"two minds at the dot", "on .\n  raw 550-no\\r\\n250 yes\\r\\n\n", "connect greeting hello mail rcpt data end!lost-after-data", verdict.ExitLost},
		{"a no and a yes to RCPT", "on RCPT\n  raw 550-no\\r\\n250 yes\\r\\n\n  no answer\n", "connect greeting hello mail rcpt!protocol", verdict.ExitLost},
		{"a yes with NUL to RCPT", "on RCPT\n  raw 250 o\\x00k\\r\\n\n  no answer\n", "connect greeting hello mail rcpt!protocol", verdict.ExitLost},
		{"a yes with NUL to the dot", "on .\n  raw 250 o\\x00k\\r\\n\n  no answer\n", "connect greeting hello mail rcpt data end!lost-after-data", verdict.ExitLost},
		{"a no with NUL to the dot", "on .\n  raw 550 n\\x00o\\r\\n\n  no answer\n", "connect greeting hello mail rcpt data end!protocol", verdict.ExitLost},
		{"code 600 to MAIL", "on MAIL\n  raw 600 ok\\r\\n\n  no answer\n", "connect greeting hello mail!protocol", verdict.ExitLost},
		{"an RST at QUIT", "on QUIT\n  reset\n", "connect greeting hello mail rcpt data end quit!lost", verdict.ExitDone},
		{"nonsense at QUIT", "on QUIT\n  raw what?\\r\\n\n  no answer\n", "connect greeting hello mail rcpt data end quit!protocol", verdict.ExitDone},
		{"a no at QUIT", "on QUIT\n  500 stay\n", "connect greeting hello mail rcpt data end quit!", verdict.ExitDone},
		{"quit without an answer", "on QUIT\n  hang up\n", "connect greeting hello mail rcpt data end quit!lost", verdict.ExitDone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			facts, _ := send(t, ctx, []string{"anna@example.org"}, serve(t, "mx1.example.org", tt.rules))
			if got := stages(facts.Tries[0]); got != tt.want {
				t.Fatalf("%.300s\nwant %s", got, tt.want)
			}
			if _, exit := verdict.Of(facts); exit != tt.exit {
				t.Errorf("exit %d, want %d", exit, tt.exit)
			}
		})
	}
}

// TestARecipientNamedTwice is asked about once and answered twice.
func TestARecipientNamedTwice(t *testing.T) {
	target := serve(t, "mx1.example.org", "on RCPT <carl*>\n  550 no\n")
	facts, _ := send(t, t.Context(), []string{"anna@example.org", "Anna@example.org", "carl@example.org"}, target)
	want := []string{verdict.Accepted, verdict.Accepted, verdict.Refused}
	for i, recipient := range facts.Recipients {
		if recipient.Answer != want[i] {
			t.Errorf("%s: %s, want %s", recipient.Address, recipient.Answer, want[i])
		}
	}
}

// TestALineThatCannotBeSentEnds: nothing is awaited then, so nothing would.
func TestALineThatCannotBeSentEnds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	send(t, ctx, []string{"anna@example.org\r\nQUIT"}, serve(t, "mx1.example.org", ""))
	if ctx.Err() != nil {
		t.Error("it went on until it was stopped")
	}
}

// TestAFarewellAtARecipient gives the code of its stage, whether we or the
// server are first to close.
func TestAFarewellAtARecipient(t *testing.T) {
	for range 20 {
		target := serve(t, "mx1.example.org", "on RCPT <carl*>\n  421 4.3.2 bye\n  hang up\n")
		facts, _ := send(t, t.Context(), []string{"anna@example.org", "carl@example.org"}, target)
		if _, exit := verdict.Of(facts); exit != verdict.ExitNotNow {
			t.Fatalf("exit %d after %s", exit, stages(facts.Tries[0]))
		}
	}
}

// TestAnsweredDNS: who answers with a failure is told from who is silent.
func TestAnsweredDNS(t *testing.T) {
	said := resolver.Try{Rcode: "SERVFAIL"}
	silent := resolver.Try{Err: context.DeadlineExceeded}
	for _, tt := range []struct {
		tries []resolver.Try
		want  bool
	}{{nil, false}, {[]resolver.Try{silent}, false}, {[]resolver.Try{said}, true}, {[]resolver.Try{silent, said}, true}} {
		route := probe.RouteOf(resolver.Route{}, &resolver.Error{Kind: resolver.NoAnswer, Name: "example.org", Tries: tt.tries})
		if route.Failure != "dns-failed" || route.Answered != tt.want {
			t.Errorf("%v: %+v", tt.tries, route)
		}
	}
}
