package verdict

import (
	"strings"
	"testing"

	"ehlo/session/smtp"
)

// greeted is how most talks begin.
const greeted = "S: 220 mx1 ESMTP\nC: EHLO pc17.example.org\nS: 250 mx1\n"

// stands plays a talk, C: ours and S: the server's, as a front end follows it:
// the verdict is that on the last answer that does not only follow from another.
func stands(t *testing.T, dialogue string) (v Verdict) {
	t.Helper()
	dialect := smtp.Dialect{}
	state := dialect.Start().(smtp.State)
	framer := dialect.Frame(state)
	for line := range strings.Lines(dialogue) {
		text := strings.TrimSuffix(line[len("C: "):], "\n")
		if line[0] == 'C' {
			state = state.Sent(dialect.Parse(text, state)).(smtp.State)
			continue
		}
		if !framer.Take([]byte(text), 0) {
			continue
		}
		to, _ := state.Awaiting()
		reply := framer.Reply()
		state = state.Heard(reply).(smtp.State)
		if !Follows(to, reply, state) {
			v = Standing(to, reply, state, byRoute)
		}
		framer = dialect.Frame(state)
	}
	return v
}

// TestWhatFollowsFromARefusal changes nothing: the first no stays the verdict,
// with its own words.
func TestWhatFollowsFromARefusal(t *testing.T) {
	const away = "S: 554 mx1 not accepting connections\n"
	const unsigned = greeted + "C: MAIL FROM:<a@b>\nS: 530 5.7.0 Authentication required\n"
	const nobody = greeted + "C: MAIL FROM:<a@b>\nS: 250 ok\nC: RCPT TO:<c@d>\nS: 550 5.1.1 no such user\n"
	for _, tt := range []struct{ name, dialogue, code string }{
		{"turned away", away, "refused-us"},
		{"turned away, then a hello", away + "C: EHLO pc\nS: 503 only QUIT is left here\n", "refused-us"},
		{"turned away, then a mail", away + "C: EHLO pc\nS: 503 no\nC: MAIL FROM:<>\nS: 503 no\nC: RCPT TO:<c@d>\nS: 503 no\n", "refused-us"},
		{"turned away, in the same words each time", away + "C: EHLO pc\nS: 554 no\n", "refused-us"},
		{"a sign-in is wanted", unsigned + "C: RCPT TO:<c@d>\nS: 503 5.5.1 need MAIL first\nC: DATA\nS: 503 no\n", "sign-in-needed"},
		{"nobody to send to", nobody + "C: DATA\nS: 554 5.5.1 no valid recipients\n", "refused-address"},
		{"another sender is taken", unsigned + "C: MAIL FROM:<e@b>\nS: 250 ok\n", "at:mail"},
		{"another no about the sender", unsigned + "C: MAIL FROM:<e@b>\nS: 550 5.7.1 <client>: blocked using zen.spamhaus.org\n", "refused-us"},
		{"a step was missed, and nothing refused", greeted + "C: RCPT TO:<c@d>\nS: 503 5.5.1 need MAIL first\n", "at:other"},
	} {
		if got := stands(t, tt.dialogue); got.Code != tt.code {
			t.Errorf("%s: %s %q, want %s", tt.name, got.Code, got.Sentence, tt.code)
		}
	}
}

// TestHelloWithoutAName blames no name where none was given.
func TestHelloWithoutAName(t *testing.T) {
	for line, want := range map[string]string{
		"EHLO":       "Our name is missing: the server wants one after EHLO.",
		"EHLO ":      "Our name is missing: the server wants one after EHLO.",
		"EHLO pc 17": "The server does not accept the name we gave after EHLO.",
	} {
		got := stands(t, "S: 220 mx1\nC: "+line+"\nS: 501 5.5.4 Syntax: EHLO hostname\n")
		if got.Code != "hello-refused" || got.Sentence != want || got.Who != "you" {
			t.Errorf("%q: %+v", line, got)
		}
	}
}

// TestNoWord: an answer that does not settle it is told as such, and what comes
// next is not what comes after a yes.
func TestNoWord(t *testing.T) {
	const sender = greeted + "C: MAIL FROM:<a@b>\nS: 250 ok\n"
	for _, tt := range []struct{ name, dialogue, sentence string }{
		{"two codes", sender + "C: RCPT TO:<c@d>\nS: 550-5.1.1 no such user here\nS: 250 2.1.5 ok\n", "Neither a yes nor a no: its lines carry different codes."},
		{"252 to VRFY", greeted + "C: VRFY anna\nS: 252 2.0.0 will try\n", "It will not say. Only sending tells."},
		{"252 to RCPT", sender + "C: RCPT TO:<c@d>\nS: 252 will try\n", "It will not say. Only sending tells."},
	} {
		got := stands(t, tt.dialogue)
		if got.Word != "CANNOT TELL" || got.Sentence != tt.sentence {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if tt.name == "two codes" && strings.Contains(got.Next, "DATA") {
			t.Errorf("after %s comes %q", tt.name, got.Next)
		}
	}
}

// TestListNamed: the list and the address that a refusal names are told, here
// as in the end.
func TestListNamed(t *testing.T) {
	const ask = greeted + "C: MAIL FROM:<a@b>\nS: 250 ok\nC: RCPT TO:<c@d>\nS: "
	for said, want := range map[string]string{
		"554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org": "192.0.2.25 is on the block list zen.spamhaus.org.",
		"554 5.7.1 blocked using zen.spamhaus.org":                                               "our address is on the block list zen.spamhaus.org.",
		"550 5.7.606 Access denied, banned sending IP [192.0.2.1].":                              "it blocks 192.0.2.1.",
		"554 5.7.1 on our DNSBL":                                                                 "The server refuses us, not the address.",
	} {
		end, _ := Of(broken(stageOfLine("rcpt", said)))
		for _, got := range []Verdict{stands(t, ask+said+"\n"), end} {
			if got.Code != "refused-us" || got.Who != "sender_admin" || !strings.HasSuffix(got.Sentence, want) {
				t.Errorf("%q: %+v", said, got)
			}
		}
	}
}
