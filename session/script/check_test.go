package script

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	plan := Check{Send: Send{Hello: "pc17.example.org", To: []string{"a@b.example"}}}
	with := func(change func(*Check)) Check {
		changed := plan
		change(&changed)
		return changed
	}
	const hello, ehlo, mail, rcpt = "220 ready", "EHLO pc17.example.org", "MAIL FROM:<>", "RCPT TO:<a@b.example>"
	const made = "no-such@b.example"
	control := with(func(c *Check) { c.Control = made })
	for _, test := range []struct {
		name    string
		plan    Check
		answers []string
		want    []string
	}{
		{
			"asked, and forgotten again", plan,
			[]string{hello, "250-x|250 SIZE 1000", "250 ok", "250 ok", "250 reset", "221 bye"},
			[]string{ehlo, mail, rcpt, "RSET", "QUIT", "(done)"},
		},
		{
			"STARTTLS when offered, and EHLO again", plan,
			[]string{hello, "250-x|250 STARTTLS", "220 go", "250 x", "250 ok"},
			[]string{ehlo, "STARTTLS", ehlo, mail, rcpt},
		},
		{
			"STARTTLS wanted and not offered", with(func(c *Check) { c.TLS = StartTLS }),
			[]string{hello, "250 x", "221 bye"},
			[]string{ehlo, "QUIT [tls-missing]", "(done)"},
		},
		{
			"HELO where EHLO is unknown", plan,
			[]string{hello, "502 what", "250 x", "250 ok"},
			[]string{ehlo, "HELO pc17.example.org", mail, rcpt},
		},
		{
			"nobody to ask about", with(func(c *Check) { c.To = nil }),
			[]string{hello, "250-x|250 STARTTLS", "220 go", "250 x", "221 bye"},
			[]string{ehlo, "STARTTLS", ehlo, "QUIT", "(done)"},
		},
		{
			"a sender of one's own", with(func(c *Check) { c.From = "me@example.org" }),
			[]string{hello, "250 x"},
			[]string{ehlo, "MAIL FROM:<me@example.org>"},
		},
		{
			"the sender refused", plan,
			[]string{hello, "250 x", "550 no", "221 bye"},
			[]string{ehlo, mail, "QUIT", "(done)"},
		},
		{
			"the recipient refused", plan,
			[]string{hello, "250 x", "250 ok", "550 no", "250 reset", "221 bye"},
			[]string{ehlo, mail, rcpt, "RSET", "QUIT", "(done)"},
		},
		{
			"RSET refused", plan,
			[]string{hello, "250 x", "250 ok", "250 ok", "502 what", "221 bye"},
			[]string{ehlo, mail, rcpt, "RSET", "QUIT", "(done)"},
		},
		{
			"a made-up name after one that was taken", control,
			[]string{hello, "250 x", "250 ok", "250 ok", "550 no", "250 reset", "221 bye"},
			[]string{ehlo, mail, rcpt, "RCPT TO:<" + made + ">", "RSET", "QUIT", "(done)"},
		},
		{
			"no made-up name after a no", control,
			[]string{hello, "250 x", "250 ok", "450 later", "250 reset"},
			[]string{ehlo, mail, rcpt, "RSET", "QUIT"},
		},
		{
			"no made-up name that was asked about anyway", with(func(c *Check) { c.Control = "A@B.example" }),
			[]string{hello, "250 x", "250 ok", "250 ok", "250 reset"},
			[]string{ehlo, mail, rcpt, "RSET", "QUIT"},
		},
		{
			"refused at the door", plan,
			[]string{"554 no"},
			[]string{"QUIT"},
		},
		{
			"a farewell", plan,
			[]string{hello, "250 x", "250 ok", "421 bye"},
			[]string{ehlo, mail, rcpt, "(done)"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, play(t, test.plan, test.answers...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
