package smtp

import (
	"strings"
	"testing"

	"ehlo/session"
)

const (
	rich = `
	S: 220 mx.example.com ESMTP
	C: EHLO pc17.example.org
	S: 250-mx.example.com
	S: 250-SIZE 31981568
	S: 250-8BITMIME
	S: 250-DSN
	S: 250-AUTH PLAIN LOGIN
	S: 250 STARTTLS
`
	mail = rich + "C: MAIL FROM:<a@b>\nS: 250 ok\n"
	rcpt = mail + "C: RCPT TO:<c@d>\nS: 250 ok\n"
	data = rcpt + "C: DATA\nS: 354 go\n"
)

// TestAhead holds what a line meets that is said behind others.
func TestAhead(t *testing.T) {
	for _, test := range []struct {
		name, dialogue string
		queued         []string
		next           string
	}{
		{"the greeting is awaited", "", nil, "EHLO"},
		{"a hello is awaited", "S: 220 hi\nC: EHLO a\n", nil, "MAIL"},
		{"a hello is queued", "S: 220 hi\n", []string{"EHLO a"}, "MAIL"},
		{"an envelope is queued", rich, []string{"MAIL FROM:<a@b>", "RCPT TO:<c@d>"}, "DATA"},
		{"behind a refusal that may come", mail + "C: RCPT TO:<c@d>\n", nil, "DATA"},
		{"DATA is queued", rcpt, []string{"DATA"}, "."},
		{"the dot is queued", rcpt, []string{"DATA", "Subject: x", "", "."}, "QUIT"},
		{"STARTTLS is queued", rich, []string{"STARTTLS"}, "EHLO"},
		{"RSET is queued", rcpt, []string{"RSET"}, "MAIL"},
	} {
		next := fold(t, Dialect{}, test.dialogue).Ahead(test.queued...).Next()
		if len(next) == 0 || next[0] != test.next {
			t.Errorf("%s: %q comes next, want %q", test.name, next, test.next)
		}
	}
}

// TestAheadChangesNothing of the State that was really folded.
func TestAheadChangesNothing(t *testing.T) {
	state := fold(t, Dialect{}, mail+"C: RCPT TO:<c@d>\n")
	state.Ahead("DATA", "From: x")
	if state.Outstanding() != 1 || state.Taken() != 0 || state.InPayload() || state.Letter.Lines != 0 {
		t.Errorf("is now %+v", state)
	}
}

// TestAheadHidesAPassword: which line of a sign-in comes next is not known, so
// all that is no command is taken for one.
func TestAheadHidesAPassword(t *testing.T) {
	state := fold(t, Dialect{}, rich).Ahead("AUTH LOGIN", session.Hidden)
	for line, secret := range map[string]bool{"cGFzc3dvcmQ=": true, "MAIL FROM:<a@b>": false} {
		if shown := (Dialect{}).Parse(line, state).Shown().Line; (shown == session.Hidden) != secret {
			t.Errorf("%q is shown as %q", line, shown)
		}
		if doubts := state.Judge(line); len(doubts) > 0 {
			t.Errorf("%q: %+v", line, doubts)
		}
	}
	if !state.SecretMayFollow() || state.Ahead("AUTH PLAIN "+session.Hidden).SecretMayFollow() {
		t.Error("which lines may be secret")
	}
	after := state.Ahead("MAIL FROM:<a@b>")
	if shown := (Dialect{}).Parse("GARBAGE", after).Shown().Line; shown != "GARBAGE" {
		t.Errorf("behind a command a line is shown as %q", shown)
	}
}

// TestTurn holds the order of commands, and that those without a place in it
// may always be said.
func TestTurn(t *testing.T) {
	secure := fold(t, Dialect{}, rich).Encrypted().(State)
	for _, test := range []struct {
		name  string
		state State
		verb  string
		turn  Turn
		first string
	}{
		{"before hello", fold(t, Dialect{}, "S: 220 hi"), MAIL, TooEarly, EHLO},
		{"LMTP before hello", fold(t, Dialect{LMTP: true}, "S: 220 hi"), MAIL, TooEarly, LHLO},
		{"no sender", fold(t, Dialect{}, rich), RCPT, TooEarly, MAIL},
		{"no recipient", fold(t, Dialect{}, mail), DATA, TooEarly, RCPT},
		{"a second sender", fold(t, Dialect{}, mail), MAIL, TooEarly, RSET},
		{"after TLS", secure, MAIL, TooEarly, EHLO},
		{"not listed", fold(t, Dialect{}, rich), "BDAT", NotOffered, ""},
		{"listed", fold(t, Dialect{}, rich), STARTTLS, InTurn, ""},
		{"a hello in the middle", fold(t, Dialect{}, rcpt), EHLO, InTurn, ""},
		{"QUIT in the middle", fold(t, Dialect{}, rcpt), QUIT, InTurn, ""},
		{"an unknown verb", fold(t, Dialect{}, rcpt), "XYZZY", InTurn, ""},
		{"signed in", fold(t, Dialect{}, rich+"C: AUTH PLAIN x\nS: 235 ok"), AUTH, Already, ""},
	} {
		if turn, first := test.state.TurnOf(test.verb); turn != test.turn || first != test.first {
			t.Errorf("%s: %s gives %v %q, want %v %q", test.name, test.verb, turn, first, test.turn, test.first)
		}
	}
}

// TestParams holds that only what was offered is offered on.
func TestParams(t *testing.T) {
	offered := fold(t, Dialect{}, rich)
	without := fold(t, Dialect{}, strings.Replace(rich, "S: 250-SIZE 31981568\n", "", 1))
	helo := fold(t, Dialect{}, "S: 220 hi\nC: HELO a\nS: 250 hi")
	for _, test := range []struct {
		state      State
		line, want string
	}{
		{offered, "MAIL FROM:<a@b> ", "SIZE= BODY=8BITMIME BODY=7BIT RET=HDRS RET=FULL ENVID= AUTH=<>"},
		{without, "MAIL FROM:<a@b> ", "BODY=8BITMIME BODY=7BIT RET=HDRS RET=FULL ENVID= AUTH=<>"},
		{offered, "MAIL FROM:<a@b>", "SIZE= BODY=8BITMIME BODY=7BIT RET=HDRS RET=FULL ENVID= AUTH=<>"},
		{offered, "mail from:<a@b> SIZE=5 body=8bitmime r", "RET=HDRS RET=FULL"},
		{offered, "mail from:<> RET=FULL ", "SIZE= BODY=8BITMIME BODY=7BIT ENVID= AUTH=<>"},
		{offered, "RCPT TO:<a@b> n", "NOTIFY=SUCCESS,FAILURE NOTIFY=FAILURE NOTIFY=DELAY NOTIFY=NEVER"},
		{offered, `RCPT TO:<"a>b"@c> o`, "ORCPT=rfc822;"},
		{offered, "RCPT TO:<a@b", ""},
		{offered, "RCPT TO:<a@b>x", ""},
		{helo, "MAIL FROM:<a@b> ", ""},
		{State{}, "MAIL FROM:<a@b> ", ""},
		{offered, "AUTH ", "PLAIN LOGIN"},
		{offered, "auth l", "LOGIN"},
		{offered, "AUTH", ""},
		{offered, "AUTH PLAIN ", ""},
		{offered, "AUTH PLAIN secret", ""},
		{helo, "AUTH ", ""},
		{offered, "NOOP ", ""},
	} {
		var names []string
		for _, param := range test.state.ParamsFor(test.line) {
			names = append(names, param.Name)
			if !strings.HasSuffix(param.Line, param.Name) || strings.Contains(param.Line, "  ") {
				t.Errorf("%q becomes %q", test.line, param.Line)
			}
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%q: %q, want %q", test.line, got, test.want)
		}
	}
}
