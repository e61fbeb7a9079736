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
