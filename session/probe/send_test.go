package probe_test

import (
	"context"
	"net/netip"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"ehlo/session"
	"ehlo/session/message"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve starts a server and returns it as a target.
func serve(t *testing.T, name, rules string) probe.Target {
	t.Helper()
	text := "ehlo scenario 1\nname: test\ntitle: Of a test\nstory: A test.\ntarget: anna@example.org\nverdict: accepted\nexit: 0\nhost: " + name + "\n" + rules
	scenario, err := practice.Parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	server := practice.New(scenario)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	addr, _ := server.AddrOf(25)
	return probe.Target{Host: name, Addr: addr, Purpose: "route"}
}

// send sends a small message along targets and returns the facts, and how
// often the message was opened.
func send(t *testing.T, ctx context.Context, to []string, targets ...probe.Target) (facts verdict.Facts, opened int) {
	t.Helper()
	p := probe.Probe{Options: session.Options{Strict: true, Timeouts: session.EveryStage(20 * time.Second)}}
	plan := script.Send{Hello: "me.example.com", From: "me@example.com", To: to}
	p.Send(ctx, &facts, targets, plan, func() (session.Body, error) {
		opened++
		return session.Body{Source: message.Wire(strings.NewReader("Subject: hello\n\n.text\n"), message.Options{}), Length: -1}, nil
	})
	return facts, opened
}

// stages words the stages of a try.
func stages(try verdict.Try) string {
	var words []string
	for _, stage := range try.Stages {
		word := string(stage.Name)
		switch {
		case stage.Cause != "":
			word += "!" + stage.Cause
		case !stage.OK:
			word += "!"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// TestStages holds what is collected of whole conversations.
func TestStages(t *testing.T) {
	for _, tt := range []struct{ name, rules, want string }{
		{"taken", "", "connect greeting hello mail rcpt data end quit"},
		{"encrypted", "offer: STARTTLS\n", "connect greeting tls hello mail rcpt data end quit"},
		{"HELO", "on EHLO\n  502 5.5.1 not known\n", "connect greeting hello mail rcpt data end quit"},
		{"greeting", "banner: 554 no\n", "connect greeting! quit"},
		{"hello", "on EHLO\n  502 no\non HELO\n  550 no\n", "connect greeting hello! quit"},
		{"mail", "on MAIL\n  550 no\n", "connect greeting hello mail! quit"},
		{"rcpt", "on RCPT\n  550 no\n", "connect greeting hello mail rcpt! quit"},
		{"data", "on DATA\n  554 no\n", "connect greeting hello mail rcpt data! quit"},
		{"end", "on .\n  554 no\n", "connect greeting hello mail rcpt data end! quit"},
		{"no greeting", "on CONNECT\n  hang up\n", "connect greeting!closed-early"},
		{"no SMTP", "on CONNECT\n  raw hello there\\r\\n\n", "connect greeting!not-protocol"},
		{"lost", "on RCPT\n  hang up\n", "connect greeting hello mail rcpt!lost"},
		{"lost at the end", "on .\n  hang up\n", "connect greeting hello mail rcpt data end!lost-after-data"},
		{"refused", "port: 25 refuse\n", "connect!refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts, _ := send(t, t.Context(), []string{"anna@example.org"}, serve(t, "mx1.example.org", tt.rules))
			if got := stages(facts.Tries[0]); got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestFacts holds the rest of what is collected.
func TestFacts(t *testing.T) {
	target := serve(t, "mx1.example.org", "offer: SIZE 1000\noffer: STARTTLS\non .\n  250 2.0.0 Ok: queued as 4Xy1z2\n")
	facts, opened := send(t, t.Context(), []string{"anna@example.org", "otto@example.org"}, target)
	try := facts.Tries[0]
	if try.Host != "mx1.example.org" || try.Address != target.Addr.Addr() || try.Port != target.Addr.Port() || try.Purpose != "route" {
		t.Errorf("try %+v", try)
	}
	if try.Banner != "220 mx1.example.org ESMTP" || try.TLS == nil || try.TLS.Trusted || try.TLS.Reason == "" {
		t.Errorf("banner %q, TLS %+v", try.Banner, try.TLS)
	}
	if size := try.Extensions["SIZE"]; len(size) != 1 || size[0] != "1000" || try.Extensions["STARTTLS"] != nil {
		t.Errorf("extensions %v: those after TLS count", try.Extensions)
	}
	if m := facts.Message; m == nil || m.QueueID != "4Xy1z2" || m.Bytes != int64(len("Subject: hello\r\n\r\n..text\r\n")) {
		t.Errorf("message %+v", facts.Message)
	}
	if opened != 1 {
		t.Errorf("the message was opened %d times", opened)
	}
	for i, want := range []string{"anna@example.org", "otto@example.org"} {
		if r := facts.Recipients[i]; r.Address != want || r.Answer != verdict.Accepted || r.Code != 250 {
			t.Errorf("recipient %+v", r)
		}
	}
}

// TestNextTarget holds when another server is asked: only while none has
// answered a hello.
func TestNextTarget(t *testing.T) {
	taken := serve(t, "taken.example.org", "")
	for _, tt := range []struct {
		name, rules string
		tries       int
	}{
		{"refused", "port: 25 refuse\n", 2},
		{"no greeting", "on CONNECT\n  hang up\n", 2},
		{"turned away", "banner: 421 busy\n", 2},
		{"hello refused", "on EHLO\n  421 busy\n", 1},
		{"recipient refused", "on RCPT\n  550 5.1.1 no\n", 1},
		{"lost later", "on MAIL\n  hang up\n", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts, _ := send(t, t.Context(), []string{"anna@example.org"}, serve(t, "first.example.org", tt.rules), taken)
			if len(facts.Tries) != tt.tries {
				t.Fatalf("%d tries, want %d: %+v", len(facts.Tries), tt.tries, facts.Tries)
			}
			said, exit := verdict.Of(facts)
			if took := tt.tries == 2; took != (said.Code == "accepted" && exit == 0) {
				t.Errorf("verdict %+v, %d", said, exit)
			}
			if last := facts.Tries[len(facts.Tries)-1].Host; tt.tries == 2 && last != "taken.example.org" {
				t.Errorf("the last try is %s", last)
			}
		})
	}
}

// TestStopped holds that a stop ends it at once, and no other server is asked.
func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent := serve(t, "silent.example.org", "on RCPT\n  silence\n")
	p := probe.Probe{Options: session.Options{Strict: true}, Watch: func(event session.Event) {
		if said, ok := event.(session.Said); ok && said.Command.Verb == "RCPT" {
			cancel()
		}
	}}
	var facts verdict.Facts
	plan := script.Send{Hello: "me.example.com", From: "me@example.com", To: []string{"anna@example.org"}}
	p.Send(ctx, &facts, []probe.Target{silent, {Host: "never", Addr: netip.MustParseAddrPort("127.0.0.1:1")}}, plan, nil)
	if len(facts.Tries) != 1 || stages(facts.Tries[0]) != "connect greeting hello mail rcpt!stopped" {
		t.Errorf("tries %+v", facts.Tries)
	}
	if said, exit := verdict.Of(facts); said.Code != "stopped" || exit != verdict.ExitStopped {
		t.Errorf("verdict %+v, %d", said, exit)
	}
	if facts.Recipients[0].Answer != verdict.Unknown {
		t.Errorf("recipient %+v", facts.Recipients[0])
	}
}
