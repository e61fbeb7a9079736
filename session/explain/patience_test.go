package explain

import (
	"testing"
	"time"

	"ehlo/session"
)

// TestComeBack: a time that the server tells, else what is usual for the kind.
func TestComeBack(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"450 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/example.com.html": 5 * time.Minute,
		"450 4.7.1 Greylisting in action, please come back in 00:04:58":                 4*time.Minute + 58*time.Second,
		"451 4.7.1 Greylisted, please try again in 300 seconds":                         5 * time.Minute,
		"451 Greylisted, try again after 2 min":                                         2 * time.Minute,
		"450 4.7.1 greylisted for 4m30s":                                                4*time.Minute + 30*time.Second,
		"451 greylisted, retry in 1 hour":                                               time.Hour,
		"451 greylisted for 99999999 seconds":                                           5 * time.Minute,
		"450 4.2.1 hm":                                                                  15 * time.Minute,
		"452 4.2.2 Mailbox full":                                                        15 * time.Minute,
	} {
		if got, ok := ComeBack(heardReply(text), rcpt()); got != want || !ok {
			t.Errorf("ComeBack(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, tt := range []struct {
		reply string
		to    session.Command
	}{{"250 ok", rcpt()}, {"550 5.1.1 greylisted", rcpt()}, {"454 no", command("STARTTLS")}, {"454 4.7.0 hm", command("AUTH PLAIN")}} {
		if got, ok := ComeBack(heardReply(tt.reply), tt.to); ok {
			t.Errorf("ComeBack(%q, %s) = %v", tt.reply, tt.to.Verb, got)
		}
	}
}

func TestPatience(t *testing.T) {
	for _, tt := range []struct {
		id   Identity
		want time.Duration
	}{
		{Identity{}, 5 * time.Minute},
		{Identity{Software: "Postfix (on Ubuntu or Debian)"}, 5 * time.Minute},
		{Identity{Provider: "Amazon"}, 10 * time.Second},
		{Identity{Software: "Sendmail"}, time.Hour},
	} {
		if got := PatienceOf(tt.id); got.Wait != tt.want || got.Say == "" {
			t.Errorf("PatienceOf(%+v) = %+v", tt.id, got)
		}
	}
	for _, p := range patiences().Waits {
		if p.Part == "" || p.Seconds <= 0 || p.Say == "" {
			t.Errorf("%+v", p)
		}
	}
}
