package explain

import (
	"testing"

	"ehlo/session"
)

// TestFourRefusals: the same class of number, four different things. A name
// that is not there is the sender's to mend; a list of blocked addresses is
// ours; a no at the door is about us; a no after the dot is about the message.
func TestFourRefusals(t *testing.T) {
	tests := []struct {
		name, reply string
		to          session.Command
		text, who   string
	}{
		{"no such name", "550 5.1.1 <jcatala@catium.com>: nobody here is called so", rcpt(), "No: nobody of that name here.", "sender"},
		{"blocked", "550 Message from 192.0.2.7 blocked using zen.spamhaus.org", rcpt(), "", "sender_admin"},
		{"at the door", "554 mx1.example.com ESMTP not accepting connections", session.Command{}, "No: it will not talk to our address.", "sender_admin"},
		{"after the dot", "550 message refused", end(), "No: it does not take this message. This is about the message or us, not about the address.", "sender"},
	}
	said := map[string]string{}
	for _, tt := range tests {
		got := Reply(heardReply(tt.reply), tt.to)
		if tt.text != "" && got.Text != tt.text || got.Who != tt.who || got.Next == "" {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if other, twice := said[got.Text]; twice {
			t.Errorf("%s and %s are told alike: %q", tt.name, other, got.Text)
		}
		said[got.Text] = tt.name
		if got.Kind == "address" && tt.name != "no such name" {
			t.Errorf("%s is taken for a missing address", tt.name)
		}
	}
	blocked := Reply(heardReply(tests[1].reply), rcpt())
	if blocked.Kind != "blocklist" || blocked.Source != ByPattern {
		t.Errorf("blocked is %+v", blocked)
	}
	for _, tt := range tests { // the very same words at each stage are never a missing address but at RCPT
		for _, to := range []session.Command{{}, end(), command("DATA"), command("MAIL FROM:<a@example.org>")} {
			if got := Reply(heardReply(tests[0].reply), to); got.Text == tests[0].text {
				t.Errorf("%s: %q to %q", tt.name, got.Text, to.Line)
			}
		}
	}
}

// TestHelloWithoutAName: what is not there cannot be wrong.
func TestHelloWithoutAName(t *testing.T) {
	for _, tt := range []struct{ line, reply, want string }{
		{"EHLO", "501 5.5.4 Syntax: EHLO hostname", "No: our name is missing after EHLO."},
		{"EHLO", "501 Syntactically invalid EHLO argument(s)", "No: our name is missing after EHLO."},
		{"HELO", "501 Syntax: HELO hostname", "No: our name is missing after HELO."},
		{"EHLO pc 17", "501 Syntax: EHLO hostname", "No: it does not take the name after EHLO."},
		{"EHLO", "502 no such command", "No: it does not know EHLO. HELO is the older hello."},
	} {
		if got := Reply(heardReply(tt.reply), command(tt.line)); got.Text != tt.want {
			t.Errorf("%q to %q: %q, want %q", tt.reply, tt.line, got.Text, tt.want)
		}
	}
}
