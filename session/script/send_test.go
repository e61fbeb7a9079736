package script

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
	"ehlo/session/smtp"
)

// plan is what Send and Check have in common.
type plan[P any] interface {
	Heard(session.Command, session.Reply) P
	Next(smtp.State) Step
}

// play lets a plan talk to answers given in order and returns what it said.
// The message stands as "(message)", TLS as "(tls)", a problem in brackets.
func play[P plan[P]](t *testing.T, plan P, answers ...string) (said []string) {
	t.Helper()
	var state session.State = smtp.Dialect{}.Start()
	hear := func(text string) session.Reply {
		framer := smtp.Dialect{}.Frame(state)
		for _, line := range strings.Split(text, "|") {
			framer.Take([]byte(line), 0)
		}
		to, _ := state.Awaiting()
		reply := framer.Reply()
		state = state.Heard(reply)
		plan = plan.Heard(to, reply)
		if to.Effect == session.EffectUpgrade && reply.Class == session.Yes {
			state = state.Encrypted()
		}
		return reply
	}
	for _, answer := range answers {
		hear(answer)
		step := plan.Next(state.(smtp.State))
		if step.Done {
			return append(said, "(done)")
		}
		line := step.Line
		if step.Message {
			said = append(said, "(message)")
			line = smtp.End
		} else {
			said = append(said, line)
		}
		if step.Problem != "" {
			said[len(said)-1] += " [" + string(step.Problem) + "]"
		}
		state = state.Sent(smtp.Dialect{}.Parse(line, state))
	}
	return said
}

func TestSend(t *testing.T) {
	plan := Send{Hello: "pc17.example.org", From: "me@example.org", To: []string{"a@b.example"}, Size: 100}
	with := func(change func(*Send)) Send {
		changed := plan
		change(&changed)
		return changed
	}
	const hello, ehlo = "220 ready", "EHLO pc17.example.org"
	for _, test := range []struct {
		name    string
		plan    Send
		answers []string
		want    []string
	}{
		{
			"the whole road", plan,
			[]string{hello, "250-x|250 SIZE 1000", "250 ok", "250 ok", "354 go", "250 ok dirdel", "221 bye"},
			[]string{ehlo, "MAIL FROM:<me@example.org> SIZE=100", "RCPT TO:<a@b.example>", "DATA", "(message)", "QUIT", "(done)"},
		},
		{
			"STARTTLS when offered, and EHLO again", plan,
			[]string{hello, "250-x|250 STARTTLS", "220 go", "250 x", "250 ok"},
			[]string{ehlo, "STARTTLS", ehlo, "MAIL FROM:<me@example.org>", "RCPT TO:<a@b.example>"},
		},
		{
			"STARTTLS not wanted", with(func(s *Send) { s.TLS = None }),
			[]string{hello, "250-x|250 STARTTLS"},
			[]string{ehlo, "MAIL FROM:<me@example.org>"},
		},
		{
			"STARTTLS wanted and not offered", with(func(s *Send) { s.TLS = StartTLS }),
			[]string{hello, "250 x", "221 bye"},
			[]string{ehlo, "QUIT [tls-missing]", "(done)"},
		},
		{
			"STARTTLS refused", plan,
			[]string{hello, "250-x|250 STARTTLS", "454 not now", "221 bye"},
			[]string{ehlo, "STARTTLS", "QUIT [tls-missing]", "(done)"},
		},
		{
			"HELO where EHLO is unknown", plan,
			[]string{hello, "502 what", "250 x", "250 ok"},
			[]string{ehlo, "HELO pc17.example.org", "MAIL FROM:<me@example.org>", "RCPT TO:<a@b.example>"},
		},
		{
			"both hellos refused", plan,
			[]string{hello, "502 what", "550 no", "221 bye"},
			[]string{ehlo, "HELO pc17.example.org", "QUIT", "(done)"},
		},
		{
			"too big for the server", with(func(s *Send) { s.Size = 2000 }),
			[]string{hello, "250-x|250 SIZE 1000", "221 bye"},
			[]string{ehlo, "QUIT [too-big]", "(done)"},
		},
		{
			"one recipient refused, one taken", with(func(s *Send) { s.To = []string{"a@b", "c@d"} }),
			[]string{hello, "250 x", "250 ok", "550 no", "250 ok", "354 go"},
			[]string{ehlo, "MAIL FROM:<me@example.org>", "RCPT TO:<a@b>", "RCPT TO:<c@d>", "DATA", "(message)"},
		},
		{
			"every recipient refused", plan,
			[]string{hello, "250 x", "250 ok", "550 no", "221 bye"},
			[]string{ehlo, "MAIL FROM:<me@example.org>", "RCPT TO:<a@b.example>", "QUIT", "(done)"},
		},
		{
			"refused at the door", plan,
			[]string{"554 no"},
			[]string{"QUIT"},
		},
		{
			"null sender, 8 bit", with(func(s *Send) { s.From, s.EightBit, s.UTF8 = "", true, true }),
			[]string{hello, "250-x|250-8BITMIME|250 SMTPUTF8"},
			[]string{ehlo, "MAIL FROM:<> BODY=8BITMIME SMTPUTF8"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, play(t, test.plan, test.answers...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLMTPGreetsByLHLO, and takes a no to it for a no.
func TestLMTPGreetsByLHLO(t *testing.T) {
	dialect := smtp.Dialect{LMTP: true}
	state := dialect.Start().Heard(session.Reply{Class: session.Yes, Code: 220}).(smtp.State)
	plan := Send{Hello: "pc17.example.org", To: []string{"a@b.example"}}
	step := plan.Next(state)
	if step.Line != "LHLO pc17.example.org" {
		t.Fatalf("said %q", step.Line)
	}
	no := session.Reply{Class: session.No, Code: 500}
	said := dialect.Parse(step.Line, state)
	state = state.Sent(said).(smtp.State).Heard(no).(smtp.State)
	if step := plan.Heard(said, no).Next(state); step.Line != "QUIT" {
		t.Errorf("then %q", step.Line)
	}
}
