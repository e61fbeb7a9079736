package smtp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
)

func TestParse(t *testing.T) {
	inMessage := fold(t, Dialect{}, hello+"C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok\nC: DATA\nS: 354 go")
	for _, test := range []struct {
		line  string
		state State
		want  session.Command
	}{
		{"ehlo  Jean-Marc here", State{}, session.Command{Verb: EHLO, Arg: "Jean-Marc here", Answers: 1}},
		{"", State{}, session.Command{Verb: session.Unreadable, Answers: 1}},
		{"<>", State{}, session.Command{Verb: session.Unreadable, Arg: "<>", Answers: 1}},
		{"  quit ", State{}, session.Command{Verb: QUIT, Answers: 1, Effect: session.EffectQuit}},
		{"STARTTLS", State{}, session.Command{Verb: STARTTLS, Answers: 1, Effect: session.EffectUpgrade}},
		{"X-EXPS LOGIN", State{}, session.Command{Verb: "X-EXPS", Arg: "LOGIN", Answers: 1}},
		{"DATA", inMessage, session.Command{Effect: session.EffectText}},
		{".", inMessage, session.Command{Verb: End, Effect: session.EffectEnd, Answers: 1}},
		{"..", inMessage, session.Command{Effect: session.EffectText}},
		{".", State{}, session.Command{Verb: session.Unreadable, Arg: ".", Answers: 1}},
	} {
		test.want.Line = test.line
		if diff := cmp.Diff(test.want, Dialect{}.Parse(test.line, test.state)); diff != "" {
			t.Errorf("%q: %s", test.line, diff)
		}
	}
}

func TestEncodeDoublesDotsInsideAMessageOnly(t *testing.T) {
	for _, test := range []struct {
		command session.Command
		want    string
	}{
		{session.Command{Line: ".hidden", Effect: session.EffectText}, "..hidden\r\n"},
		{session.Command{Line: ".", Effect: session.EffectEnd}, ".\r\n"},
		{session.Command{Line: "NOOP"}, "NOOP\r\n"},
	} {
		if got, rest := (Dialect{}).Encode(test.command); string(got) != test.want || rest != nil {
			t.Errorf("%q: got %q", test.command.Line, got)
		}
	}
}

func TestPath(t *testing.T) {
	for _, test := range []struct {
		arg, address string
		params       string
		bracketed    bool
	}{
		{"FROM:<a@b> SIZE=5 BODY=8BITMIME", "a@b", "SIZE=5 BODY=8BITMIME", true},
		{"FROM:<>", "", "", true},
		{"TO: <a@b>", "a@b", "", true},
		{"TO:a@b", "a@b", "", false},
		{`TO:<"x>y"@b>`, `"x>y"@b`, "", true},
		{"TO:<a@b", "a@b", "", false},
		{"", "", "", false},
	} {
		address, params, bracketed := Path(test.arg)
		if address != test.address || strings.Join(params, " ") != test.params || bracketed != test.bracketed {
			t.Errorf("%q: got %q %q %v", test.arg, address, params, bracketed)
		}
	}
}

func TestSignsIn(t *testing.T) {
	for line, want := range map[string]bool{
		"AUTH PLAIN ": true, "auth  plain AGE": true, "AUTH PLAIN": false, "AUTH ": false, "NOOP AUTH x": false, "": false,
	} {
		if got := SignsIn(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}
