package verdict

import (
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
)

// TestWhoActsForARelay: a server that the user named may be right not to pass
// mail on; one of the MX record should know its domain.
func TestWhoActsForARelay(t *testing.T) {
	at := stageOfLine("rcpt", "554 5.7.1 <scanner@other.example>: Relay access denied")
	facts := broken(at)
	facts.Recipients[0].Address = "scanner@other.example"
	to := session.Command{Verb: smtp.RCPT, Arg: "TO:<scanner@other.example>", Answers: 1}
	reply := session.Reply{Class: session.No, Code: at.Code, Enhanced: at.Enhanced, Lines: []string{"554 " + at.Text[0]}}
	for _, tt := range []struct{ purpose, who, next string }{
		{byName, "sender_admin", "allow this device, or give it a sign-in"},
		{byRoute, "recipient_admin", "the MX record points at a server"},
	} {
		facts.Tries[0].Purpose = tt.purpose
		said, _ := Of(facts)
		for _, got := range []Verdict{said, Standing(to, reply, smtp.State{}, tt.purpose)} {
			if got.Code != "relay-refused" || got.Who != tt.who || !strings.Contains(got.Next, tt.next) || !strings.Contains(got.Sentence, "other.example") {
				t.Errorf("%s: %+v", tt.purpose, got)
			}
		}
	}
}
