package session_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"ehlo/session"
)

func b64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// TestSecretsAreHiddenInEveryForm: what is typed after AUTH, and what a server
// makes of it, shows no part that matters.
func TestSecretsAreHiddenInEveryForm(t *testing.T) {
	for _, test := range []struct {
		name, line string
		answer     string
		secrets    []string
	}{
		{"a tab between", "AUTH PLAIN\t" + b64("\x00a\x00hunter22"), "535 no\r\n", []string{b64("\x00a\x00hunter22")}},
		{"tabs everywhere", "AUTH\tPLAIN\t" + b64("\x00a\x00hunter22"), "535 no\r\n", []string{b64("\x00a\x00hunter22")}},
		{"the user begins the password", "AUTH PLAIN " + b64("\x00hunt\x00hunter22"), "535 hunter22\r\n", []string{"hunter22", "er22"}},
		{"without padding", "AUTH PLAIN " + strings.TrimRight(b64("\x00meme\x00hunter2"), "="), "535 hunter2\r\n", []string{"hunter2"}},
		{"a token", "AUTH XOAUTH2 " + b64("user=a@b\x01auth=Bearer ya29.token\x01\x01"), "535 ya29.token\r\n", []string{"ya29.token"}},
		{"quoted", "AUTH PLAIN " + b64("\x00meme\x00hun\"ter\\22"), "535 \"hun\\\"ter\\\\22\"\r\n", []string{`hun\"ter`, `ter\\22`}},
		{"over two lines", "AUTH PLAIN " + b64("\x00meme\x00correct-horse"), "535-correct\r\n535 -horse\r\n", []string{"correct", "-horse"}},
		{"like its cover", "AUTH PLAIN " + b64("\x00meme\x00hidd"), "535-no hid\r\n535-d\r\n535 hidd\r\n", []string{"no hid\n"}},
		{"short", "AUTH PLAIN A", "535 no\r\n", []string{"<hidden>UTH"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := greeted(t, session.Options{})
			k.Send(session.Line{Text: test.line})
			k.hears(test.line)
			k.says(test.answer)
			k.Send(session.Line{Text: "QUIT"})
			k.hears("QUIT")
			k.says("221 bye\r\n")
			seen := everything(k)
			for _, secret := range test.secrets {
				if strings.Contains(seen, secret) {
					t.Errorf("%q was shown:\n%s", secret, seen)
				}
			}
		})
	}
}

// TestAPasswordBehindAUTHComesBackHidden: pasted lines that never went out are
// given back, but the answers to challenges not in clear.
func TestAPasswordBehindAUTHComesBackHidden(t *testing.T) {
	for _, first := range []string{"NOOP", "AUTH LOGIN"} {
		k := greeted(t, session.Options{})
		k.Send(session.Line{Text: first})
		for _, line := range []string{"AUTH LOGIN", b64("meme"), b64("hunter22"), "QUIT"} {
			k.Send(session.Line{Text: line})
		}
		k.hears(first)
		k.peer.Close()
		got := strings.Join(await[session.Returned](k).Lines, "|")
		if want := "AUTH LOGIN|" + session.Hidden + "|" + session.Hidden + "|QUIT"; got != want {
			t.Errorf("behind %q: %q", first, got)
		}
	}
}

// TestAnAnswerBeforeTheChallengeIsASecret: the wait for the 334 was given up,
// or the line was to go now.
func TestAnAnswerBeforeTheChallengeIsASecret(t *testing.T) {
	k := greeted(t, session.Options{})
	k.Send(session.Line{Text: "AUTH LOGIN"})
	k.hears("AUTH LOGIN")
	k.Send(session.Line{Text: b64("hunter22"), Now: true})
	k.hears(b64("hunter22"))
	k.Send(session.Line{Text: "QUIT", Now: true})
	k.hears("QUIT")
	k.Close()
	seen := everything(k)
	if strings.Contains(seen, b64("hunter22")) || !strings.Contains(seen, "C: QUIT") {
		t.Error(seen)
	}
}

// TestAStoppedSignInHidesNothingMore: "*" is no secret.
func TestAStoppedSignInHidesNothingMore(t *testing.T) {
	k := greeted(t, session.Options{})
	k.exchange("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n")
	k.exchange("*", "501 stopped\r\n")
	k.exchange("NOOP *", "250 ok *\r\n")
	k.Close()
	if seen := everything(k); strings.Contains(seen, session.Hidden) {
		t.Error(seen)
	}
}

// TestEarlyClearTextHidesSecrets: what stands behind the 220 to STARTTLS is
// told, but for a password it echoes.
func TestEarlyClearTextHidesSecrets(t *testing.T) {
	k := greeted(t, session.Options{})
	k.exchange("AUTH PLAIN "+b64("\x00meme\x00hunter22"), "535 no\r\n")
	k.Send(session.Line{Text: "STARTTLS"})
	k.hears("STARTTLS")
	k.says("220 go\r\n250 hunter22\r\n")
	ended := await[session.Ended](k)
	if ended.Cause == nil || ended.Cause.Why != session.WhyClearText || strings.Contains(strings.Join(ended.Cause.Lines, ""), "hunter22") {
		t.Errorf("ended with %+v", ended.Cause)
	}
}

// TestAKnownSecretIsHiddenAlone: a line that says what is secret in it leaves
// the user's name readable, and a secret that was never said is hidden too,
// also inside the base64 of a challenge.
func TestAKnownSecretIsHiddenAlone(t *testing.T) {
	k := greeted(t, session.Options{})
	secrets := []session.Secret{session.NewSecret("hunter22")}
	k.Send(session.Line{Text: "AUTH LOGIN", Secrets: secrets})
	k.hears("AUTH LOGIN")
	k.says("334 " + b64("hunter22, user?") + "\r\n")
	await[session.Answered](k)
	k.Send(session.Line{Text: b64("meme@example.org"), Secrets: secrets})
	k.hears(b64("meme@example.org"))
	k.says("535 meme@example.org is not hunter22 (" + b64("hunter22") + ")\r\n")
	k.Close()
	seen := everything(k)
	for _, secret := range []string{"hunter22", b64("hunter22"), b64("hunter22, user?"), b64("meme@example.org")} {
		if strings.Contains(seen, secret) {
			t.Errorf("%q was shown:\n%s", secret, seen)
		}
	}
}

// TestAChallengeThatEchoesIsHiddenDecoded: what a server writes in base64 is
// shown decoded, so that is where it is looked into.
func TestAChallengeThatEchoesIsHiddenDecoded(t *testing.T) {
	k := greeted(t, session.Options{})
	secrets := []session.Secret{session.NewSecret("hunter22")}
	k.Send(session.Line{Text: "AUTH PLAIN " + b64("\x00meme\x00hunter22"), Secrets: secrets})
	k.hears("AUTH PLAIN " + b64("\x00meme\x00hunter22"))
	k.says("334 " + b64("meme, hunter22?") + "\r\n")
	answered := await[session.Answered](k)
	if want := "334 " + b64("meme, "+session.Hidden+"?"); answered.Reply.Lines[0] != want {
		t.Errorf("heard %q, want %q", answered.Reply.Lines[0], want)
	}
}

// TestAPasswordTypedAhead stays hidden although the sign-in it was for was
// refused: on the wire it is a command like any other.
func TestAPasswordTypedAhead(t *testing.T) {
	const name, password = "am9lam9l", "c2VjcmV0MTIz"
	k := greeted(t, session.Options{})
	k.Send(session.Line{Text: "AUTH LOGIN"})
	for _, text := range []string{name, password} {
		k.Send(session.Line{Text: text, Secrets: []session.Secret{session.NewSecret(text)}})
	}
	k.hears("AUTH LOGIN")
	k.says("535 5.7.8 no\r\n")
	k.hears(name)
	k.says("500 what is " + name + "?\r\n")
	k.hears(password)
	k.Send(session.Line{Text: password, Secrets: []session.Secret{session.NewSecret(password)}})
	k.peer.Close()
	shown := everything(k)
	for _, secret := range []string{name, strings.ToUpper(name), password, "secret123", "joejoe"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%s is shown:\n%s", secret, shown)
		}
	}
}
