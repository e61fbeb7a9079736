package script

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
	"ehlo/session/signin"
	"ehlo/session/smtp"
)

// TestSignIn: after the last hello and before MAIL, in the ways of Send and
// Check alike. Over TLS "(tls)" stands for a layer that is trusted.
func TestSignIn(t *testing.T) {
	encode := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	plain := "AUTH PLAIN " + encode("\x00anna\x00hunter22")
	const hello, ehlo = "220 ready", "EHLO pc17.example.org"
	for _, test := range []struct {
		name    string
		signIn  SignIn
		layer   *session.Encryption
		answers []string
		want    []string
	}{
		{
			"over TLS, behind the second hello",
			SignIn{},
			&session.Encryption{Trusted: true},
			[]string{hello, "250-x|250-STARTTLS|250 AUTH LOGIN", "220 go", "250-x|250 AUTH PLAIN", "235 ok", "250 ok"},
			[]string{ehlo, "STARTTLS", ehlo, plain, "MAIL FROM:<me@example.org>", "RCPT TO:<a@b.example>"},
		},
		{
			"what was offered before TLS does not count",
			SignIn{},
			&session.Encryption{Trusted: true},
			[]string{hello, "250-x|250-STARTTLS|250 AUTH PLAIN", "220 go", "250 x", "221 bye"},
			[]string{ehlo, "STARTTLS", ehlo, "QUIT [sign-in not-offered]", "(done)"},
		},
		{
			"a certificate that is not trusted",
			SignIn{},
			&session.Encryption{Reason: "it is out of date"},
			[]string{hello, "250-x|250 STARTTLS", "220 go", "250-x|250 AUTH PLAIN", "221 bye"},
			[]string{ehlo, "STARTTLS", ehlo, "QUIT [sign-in not-trusted]", "(done)"},
		},
		{
			"that, and the user allows it",
			SignIn{Insecure: true},
			&session.Encryption{},
			[]string{hello, "250-x|250 STARTTLS", "220 go", "250-x|250 AUTH PLAIN"},
			[]string{ehlo, "STARTTLS", ehlo, plain},
		},
		{
			"in clear",
			SignIn{Insecure: true},
			nil,
			[]string{hello, "250-x|250 AUTH PLAIN", "221 bye"},
			[]string{ehlo, "QUIT [sign-in not-encrypted]", "(done)"},
		},
		{
			"in clear, and the user allows it",
			SignIn{InsecureAuth: true},
			nil,
			[]string{hello, "250-x|250 AUTH PLAIN", "235 ok"},
			[]string{ehlo, plain, "MAIL FROM:<me@example.org>"},
		},
		{
			"refused: no second way is tried",
			SignIn{InsecureAuth: true},
			nil,
			[]string{hello, "250-x|250 AUTH CRAM-MD5 PLAIN", "334 " + encode("<1@x>"), "535 5.7.8 no", "221 bye"},
			[]string{ehlo, "AUTH CRAM-MD5", encode("anna " + cram("<1@x>")), "QUIT", "(done)"},
		},
		{
			"LOGIN asks",
			SignIn{InsecureAuth: true, Way: "login"},
			nil,
			[]string{hello, "250-x|250 AUTH PLAIN LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"},
			[]string{ehlo, "AUTH LOGIN", encode("anna"), encode("hunter22"), "MAIL FROM:<me@example.org>"},
		},
		{
			"LOGIN with the name beside",
			SignIn{InsecureAuth: true, Way: "LOGIN", Beside: true},
			nil,
			[]string{hello, "250-x|250 AUTH LOGIN", "334 UGFzc3dvcmQ6", "235 ok"},
			[]string{ehlo, "AUTH LOGIN " + encode("anna"), encode("hunter22"), "MAIL FROM:<me@example.org>"},
		},
		{
			"a server that asks on is stopped",
			SignIn{InsecureAuth: true},
			nil,
			[]string{hello, "250-x|250 AUTH PLAIN", "334 ", "501 stopped", "221 bye"},
			[]string{ehlo, plain, "*", "QUIT [sign-in too-many]", "(done)"},
		},
		{
			"a server that asks for ever is left",
			SignIn{InsecureAuth: true},
			nil,
			[]string{hello, "250-x|250 AUTH PLAIN", "334 ", "334 "},
			[]string{ehlo, plain, "*", "(done)"},
		},
		{
			"a no to a token has to be acknowledged",
			SignIn{InsecureAuth: true, Way: signin.XOAuth2},
			nil,
			[]string{hello, "250-x|250 AUTH XOAUTH2", "334 e30=", "535 no"},
			[]string{ehlo, "AUTH XOAUTH2 " + encode("user=anna\x01auth=Bearer hunter22\x01\x01"), "", "QUIT"},
		},
		{
			"a yes without the proof that is owed",
			SignIn{InsecureAuth: true, Way: signin.ScramSHA256},
			nil,
			[]string{hello, "250-x|250 AUTH SCRAM-SHA-256", "235 welcome", "221 bye"},
			[]string{ehlo, "AUTH SCRAM-SHA-256 ...", "QUIT [sign-in unproved]", "(done)"},
		},
		{
			"a server without EHLO offers none",
			SignIn{InsecureAuth: true},
			nil,
			[]string{hello, "502 what", "250 AUTH PLAIN", "221 bye"},
			[]string{ehlo, "HELO pc17.example.org", "QUIT [sign-in not-offered]", "(done)"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.signIn.Wanted = true
			test.signIn.Who = signin.Credentials{User: "anna", Password: session.NewSecret("hunter22")}
			plan := Send{Hello: "pc17.example.org", From: "me@example.org", To: []string{"a@b.example"}, SignIn: test.signIn}
			if diff := cmp.Diff(test.want, playSignIn(t, plan, test.layer, test.answers)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// cram is the proof of "hunter22" for a challenge.
func cram(challenge string) string {
	who := signin.Credentials{User: "anna", Password: session.NewSecret("hunter22")}
	exchange, _ := signin.Begin(signin.Choice{Way: signin.CramMD5}, who)
	response, _, _ := exchange.Respond([]byte(challenge))
	said, _ := base64.StdEncoding.DecodeString(response.Line)
	return string(said[len("anna "):])
}

// playSignIn is play with a TLS layer, and with what exactly is wrong. The
// nonce of SCRAM stands as "...".
func playSignIn(t *testing.T, plan Send, layer *session.Encryption, answers []string) (said []string) {
	t.Helper()
	dialect := smtp.Dialect{}
	state := dialect.Start()
	for _, answer := range answers {
		framer := dialect.Frame(state)
		for line := range strings.SplitSeq(answer, "|") {
			framer.Take([]byte(line), 0)
		}
		to, _ := state.Awaiting()
		reply := framer.Reply()
		state = state.Heard(reply)
		plan = plan.Heard(to, reply)
		if to.Effect == session.EffectUpgrade && reply.Class == session.Yes {
			state = state.Encrypted()
			plan = plan.Encrypted(*layer)
		}
		step := plan.Next(state.(smtp.State))
		if step.Done {
			return append(said, "(done)")
		}
		line := step.Line
		if scram := "AUTH SCRAM-SHA-256 "; strings.HasPrefix(line, scram) {
			line = scram + "..."
		}
		if step.Problem != "" {
			line += " [" + string(step.Problem) + " " + string(step.SignIn.Kind) + "]"
		}
		said = append(said, line)
		out, _ := step.Outgoing().(session.Line)
		signsIn := strings.HasPrefix(line, "AUTH") || step.Answer
		if names := slices.ContainsFunc(out.Secrets, func(s session.Secret) bool { return s.Reveal() == "hunter22" }); names != signsIn {
			t.Errorf("%q names its secret: %v", line, names)
		}
		state = state.Sent(dialect.Parse(step.Line, state).Shown())
	}
	return said
}

// TestAPlanMadeInTheMiddleAsksAgain: what is offered has to be heard by the plan.
func TestAPlanMadeInTheMiddleAsksAgain(t *testing.T) {
	state := smtp.Dialect{}.Start().Heard(session.Reply{Class: session.Yes, Code: 220})
	state = state.Sent(smtp.Dialect{}.Parse("EHLO a", state)).Heard(session.Reply{Class: session.Yes, Code: 250, Lines: []string{"250-x", "250 AUTH PLAIN"}})
	plan := Send{Hello: "a", SignIn: SignIn{Wanted: true, InsecureAuth: true}}
	if step := plan.Next(state.(smtp.State)); step.Line != "EHLO a" {
		t.Errorf("said %q", step.Line)
	}
}

// TestAChallengeIsAnsweredAsItCame, also when a part of it had to be hidden.
func TestAChallengeIsAnsweredAsItCame(t *testing.T) {
	raw := "334 " + base64.StdEncoding.EncodeToString([]byte("<1@hunter22.example>"))
	reply := session.Reply{Class: session.GoOn, Code: 334, Lines: []string{"334 PGhpZGRlbj4="}, Unhidden: session.NewSecret(raw)}
	if got := string(challenge(reply)); got != "<1@hunter22.example>" {
		t.Errorf("%q", got)
	}
}
