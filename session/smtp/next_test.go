package smtp

import (
	"strings"
	"testing"
)

func TestNext(t *testing.T) {
	const mail = hello + "C: MAIL FROM:<>\nS: 250 ok\n"
	const rcpt = mail + "C: RCPT TO:<a@b>\nS: 250 ok\n"
	for _, test := range []struct{ name, dialogue, want string }{
		{"before the greeting", "", ""},
		{"turned away", "S: 554 no", "QUIT"},
		{"turned away, and spoken to all the same", "S: 554 no\nC: EHLO pc\nS: 503 only QUIT is left\nC: MAIL FROM:<>\nS: 503 only QUIT", "QUIT"},
		{"greeted", "S: 220 ready", "EHLO HELO NOOP QUIT"},
		{"hello said", hello, "MAIL STARTTLS AUTH VRFY HELP NOOP QUIT"},
		{"sender named", mail, "RCPT RSET NOOP QUIT"},
		{"recipient taken", rcpt, "DATA RCPT RSET NOOP QUIT"},
		{"recipient refused", mail + "C: RCPT TO:<a@b>\nS: 550 no\n", "RCPT RSET NOOP QUIT"},
		{"inside the message", rcpt + "C: DATA\nS: 354 go", "."},
		{"sent", rcpt + "C: DATA\nS: 354 go\nC: .\nS: 250 ok", "QUIT MAIL STARTTLS AUTH VRFY HELP NOOP"},
	} {
		if got := strings.Join(fold(t, Dialect{}, test.dialogue).Next(), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestBarred: what was refused stands in the way of all that comes after it,
// until it is put right.
func TestBarred(t *testing.T) {
	const greeted = "S: 220 ready\n"
	const unsaid = greeted + "C: EHLO pc\nS: 550 no\n"
	const noSender = hello + "C: MAIL FROM:<a@b>\nS: 530 sign in\n"
	const noRecipient = hello + "C: MAIL FROM:<a@b>\nS: 250 ok\nC: RCPT TO:<c@d>\nS: 550 no\n"
	for _, test := range []struct {
		name, dialogue, verb string
		want                 bool
	}{
		{"turned away", "S: 554 no\n", EHLO, true},
		{"a goodbye is always welcome", "S: 554 no\n", QUIT, false},
		{"no hello was said", greeted, MAIL, false},
		{"the hello was refused", unsaid, MAIL, true},
		{"the hello was refused, two steps on", unsaid, RCPT, true},
		{"another hello was taken", unsaid + "C: HELO pc\nS: 250 hi\n", RCPT, false},
		{"the sender was refused", noSender, RCPT, true},
		{"the sender was refused, and the recipient for it", noSender + "C: RCPT TO:<c@d>\nS: 503 no\n", DATA, true},
		{"the sender itself", noSender, MAIL, false},
		{"no sender was named", hello, RCPT, false},
		{"a refused sender was forgotten", noSender + "C: RSET\nS: 250 ok\n", RCPT, false},
		{"every recipient was refused", noRecipient, DATA, true},
		{"one of them was taken", noRecipient + "C: RCPT TO:<e@d>\nS: 250 ok\n", DATA, false},
	} {
		if got := fold(t, Dialect{}, test.dialogue).Barred(test.verb); got != test.want {
			t.Errorf("%s: %s barred: %t", test.name, test.verb, got)
		}
	}
}
