package smtp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
)

// fold plays a dialogue through Parse, Frame and the two folds, without any
// server: lines that begin with "C: " are sent, "S: " heard.
func fold(t testing.TB, d Dialect, dialogue string) State {
	t.Helper()
	state := d.Start()
	framer := d.Frame(state)
	for line := range strings.Lines(dialogue) {
		line = strings.TrimSuffix(strings.TrimLeft(line, "\t"), "\n")
		if text, ok := strings.CutPrefix(line, "C: "); ok {
			state = state.Sent(d.Parse(text, state).Shown())
		}
		text, ok := strings.CutPrefix(line, "S: ")
		if ok && framer.Take([]byte(text), 0) {
			state = state.Heard(framer.Reply())
			framer = d.Frame(state)
		}
	}
	return state.(State)
}

const hello = `
	S: 220 mx.example.com ESMTP
	C: EHLO pc17.example.org
	S: 250-mx.example.com
	S: 250-SIZE 31981568
	S: 250-AUTH PLAIN login
	S: 250 STARTTLS
`

// ladderText draws a ladder as screens.md does.
func ladderText(ladder session.Ladder) string {
	var words []string
	for i, rung := range ladder.Rungs {
		name := rung.Name
		switch {
		case i == ladder.At:
			name = "[" + name + "]"
		case rung.Step == session.Skipped:
			name = "(" + strings.ToLower(name) + ")"
		case rung.Step == session.Ahead:
			name = "." + name
		}
		words = append(words, name)
	}
	return strings.Join(words, " ")
}

func TestLadderFollowsTheWire(t *testing.T) {
	for _, test := range []struct{ name, dialogue, want string }{
		{"before the greeting", "", "[CONNECT] .HELLO .TLS .SIGN IN .FROM .TO .DATA .SENT"},
		{"greeted", "S: 220 ready", "CONNECT [HELLO] .TLS .SIGN IN .FROM .TO .DATA .SENT"},
		{"refused at the door", "S: 554 no", "[CONNECT] .HELLO .TLS .SIGN IN .FROM .TO .DATA .SENT"},
		{"hello said", hello, "CONNECT HELLO (tls) (sign in) [FROM] .TO .DATA .SENT"},
		{"hello awaited", "S: 220 ready\nC: EHLO a", "CONNECT [HELLO] .TLS .SIGN IN .FROM .TO .DATA .SENT"},
		{"null sender", hello + "C: MAIL FROM:<>\nS: 250 ok", "CONNECT HELLO (tls) (sign in) FROM [TO] .DATA .SENT"},
		{"recipient refused", hello + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 550 5.1.1 no", "CONNECT HELLO (tls) (sign in) FROM [TO] .DATA .SENT"},
		{"recipient taken", hello + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok", "CONNECT HELLO (tls) (sign in) FROM TO [DATA] .SENT"},
		{"sent", hello + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok\nC: DATA\nS: 354 go\nC: hi\nC: .\nS: 250 ok dirdel", "CONNECT HELLO (tls) (sign in) FROM TO DATA [SENT]"},
		{"refused after the dot", hello + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok\nC: DATA\nS: 354 go\nC: .\nS: 550 no", "CONNECT HELLO (tls) (sign in) FROM TO DATA [SENT]"},
		{"recipient before sender", hello + "C: RCPT TO:<a@b>\nS: 503 first", "CONNECT HELLO (tls) (sign in) [FROM] .TO .DATA .SENT"},
		{"sender before hello", "S: 220 ready\nC: MAIL FROM:<>\nS: 503 first", "CONNECT [HELLO] .TLS .SIGN IN .FROM .TO .DATA .SENT"},
		{"a question beside the road", hello + "C: VRFY a\nS: 502 no", "CONNECT HELLO (tls) (sign in) [FROM] .TO .DATA .SENT"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ladderText(fold(t, Dialect{}, test.dialogue).Ladder())
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestStateHoldsTheEnvelope(t *testing.T) {
	state := fold(t, Dialect{}, hello+`
		C: mail from:<me@example.org> SIZE=5
		S: 250 ok
		C: RCPT TO:<"a b>c"@example.com>
		S: 250 ok
		C: RCPT TO:<no@example.com>
		S: 550 5.1.1 unknown
	`)
	if !state.HasSender || state.Sender != "me@example.org" {
		t.Errorf("sender %q", state.Sender)
	}
	var got []string
	for _, recipient := range state.Recipients {
		got = append(got, recipient.Address+" "+recipient.Reply.Class.String()+" "+recipient.Reply.Enhanced)
	}
	if diff := cmp.Diff([]string{`"a b>c"@example.com yes `, "no@example.com no 5.1.1"}, got); diff != "" {
		t.Error(diff)
	}
	if state.Extensions.Size() != 31981568 || state.Taken() != 1 {
		t.Errorf("size %d, taken %d", state.Extensions.Size(), state.Taken())
	}
	if diff := cmp.Diff([]string{"PLAIN", "LOGIN"}, state.Extensions.Mechanisms()); diff != "" {
		t.Error(diff)
	}
}

func TestFoldsArePure(t *testing.T) {
	before := fold(t, Dialect{}, hello+"C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok")
	one := before.Sent(Dialect{}.Parse("RCPT TO:<c@d>", before))
	two := before.Sent(Dialect{}.Parse("DATA", before))
	first, _ := one.Awaiting()
	second, _ := two.Awaiting()
	if first.Verb != RCPT || second.Verb != DATA || before.Outstanding() != 0 {
		t.Errorf("one fold changed another: %q %q %d", first.Verb, second.Verb, before.Outstanding())
	}
}

func TestTLSForgetsWhatWasOffered(t *testing.T) {
	state := fold(t, Dialect{}, hello+"C: STARTTLS\nS: 220 ready").Encrypted().(State)
	if len(state.Extensions) != 0 || state.Hello != "" || !state.Secure {
		t.Errorf("kept %+v", state)
	}
	if got, want := ladderText(state.Ladder()), "CONNECT [HELLO] TLS .SIGN IN .FROM .TO .DATA .SENT"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLMTPAnswersOnceARecipient(t *testing.T) {
	state := fold(t, Dialect{LMTP: true}, `
		S: 220 ready
		C: LHLO a
		S: 250 b
		C: MAIL FROM:<>
		S: 250 ok
		C: RCPT TO:<a@b>
		S: 250 ok
		C: RCPT TO:<c@d>
		S: 250 ok
		C: DATA
		S: 354 go
		C: .
		S: 250 taken for a
	`)
	if state.Outstanding() != 1 || state.Accepted != 1 {
		t.Errorf("outstanding %d, accepted %d", state.Outstanding(), state.Accepted)
	}
}

func TestSecretsLeaveNoTrace(t *testing.T) {
	const secret = "AGpvZQBodW50ZXIy"
	for _, dialogue := range []string{
		hello + "C: AUTH PLAIN " + secret,
		hello + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: " + secret,
		hello + "C: auth  plain   " + secret,
	} {
		state := fold(t, Dialect{}, dialogue)
		command, _ := state.Awaiting()
		if strings.Contains(command.Line+command.Arg, secret) || !strings.Contains(command.Line, session.Hidden) {
			t.Errorf("state holds %+v", command)
		}
	}
}
