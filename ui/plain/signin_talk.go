package plain

import (
	"encoding/base64"
	"strings"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/smtp"
)

// signInBy asks who, and for the password, and follows the plan to its end.
func (f *front) signInBy(choice signin.Choice, facts signin.Facts) {
	who, ok := f.credentials(choice.Way)
	if !ok {
		f.page.line(say("not signed in"))
		return
	}
	plan, err := script.NewSignOn(choice, who)
	if err != nil {
		f.noSignIn(err)
		return
	}
	f.signing = &signing{plan: plan, facts: facts}
	defer func() { f.signing = nil }()
	for step := plan.Command(); f.talk.live() && f.talk.send(step.Outgoing()); {
		f.settle()
		if step = f.signing.plan.Next(f.talk.state); step.Done {
			f.signedIn(step)
			return
		}
	}
}

// signedIn tells what the sign-in ended with, beyond the server's words. A
// server that asks on though we have stopped is hung up on.
func (f *front) signedIn(step script.Step) {
	if step.SignIn != nil {
		f.noSignIn(step.SignIn)
	}
	if f.talk.live() && f.talk.state.SecretNext() {
		f.abandon()
	}
}

// credentials asks for what the flags have not told.
func (f *front) credentials(way string) (who signin.Credentials, ok bool) {
	who = f.config.SignIn.Who
	user, password := signin.Wants(way)
	for user && strings.TrimSpace(who.User) == "" {
		text, ok := f.ask(say("prompt user"))
		if !ok || strings.TrimSpace(text) == "/cancel" {
			return who, false
		}
		who.User = strings.TrimSpace(text)
	}
	if !password || !who.Password.Empty() {
		return who, f.talk.live()
	}
	text, ok := f.askSecret(say("prompt password"))
	if !ok || text == "" || !f.talk.live() {
		return who, false
	}
	who.Password = session.NewSecret(text)
	return who, true
}

// askSecret is ask for what nobody may see: a terminal does not show what is
// typed, and from a pipe it is not printed.
func (f *front) askSecret(prompt string) (text string, ok bool) {
	f.echo(false)
	defer f.echo(true)
	f.hides = true
	defer func() { f.hides = false }()
	return f.ask(prompt)
}

// echo tells the terminal whether to show what is typed.
func (f *front) echo(on bool) {
	if f.config.Echo != nil {
		f.config.Echo(on)
	}
}

// answer says what the user answers to a question of a sign-in by hand: in
// base64, which is done here, but for the "*" that stops it (RFC 4954 section
// 4). In PLAIN \0 stands for the NUL between its parts (RFC 4616 section 2).
func (f *front) answer(text string) {
	line := session.Line{Text: text}
	switch {
	case f.signing == nil || !f.signing.byHand:
		f.send(text)
		return
	case text != "*":
		parts := []string{text}
		if f.signing.facts.Way == signin.Plain {
			text = strings.ReplaceAll(text, `\0`, "\x00")
			parts = strings.Split(text, "\x00")
		}
		line.Text = base64.StdEncoding.EncodeToString([]byte(text))
		for _, part := range append(parts, line.Text) {
			line.Secrets = append(line.Secrets, session.NewSecret(part))
		}
	}
	if f.talk.send(line) {
		f.waitFor(say("await line"))
	}
}

// tellChallenge prints what the server asks, in words, and how to answer.
func (f *front) tellChallenge(reply session.Reply) {
	switch {
	case f.signing == nil:
		if f.config.Terminal && f.plan == nil {
			key := "secret hidden"
			if f.config.Echo == nil {
				key = "secret"
			}
			f.page.line(say(key))
		}
	case f.signing.byHand:
		f.page.line(say("challenge", "challenge", smtp.Challenge(reply)))
		key := "challenge answer"
		if f.signing.facts.Way == signin.Plain {
			key = "challenge plain"
		}
		f.page.line(say(key))
	}
}

// followSignIn notes the answer to AUTH, or to one of its lines.
func (f *front) followSignIn(event session.Answered) {
	switch {
	case event.To.Verb != smtp.AUTH:
		return
	case f.signing != nil && !f.signing.byHand:
		f.signing.plan = f.signing.plan.Heard(event.Reply)
	case f.talk.state.SecretNext():
		f.tellChallenge(event.Reply)
	default:
		f.signing = nil // by hand, and decided
	}
}

// submission is where people who have an account hand their mail over (RFC 6409
// section 3.1), and 465 the same in TLS (RFC 8314 section 7.3).
const submission, submissions = 587, 465

// signInDue reports whether a guided send asks for a sign-in before a step: at
// the doors for people who have an account, or where the flags want one, before
// a message begins.
func (f *front) signInDue(step script.Step) bool {
	state, port := f.talk.state, f.talk.target.Addr.Port()
	if f.unsigned || f.plan.SignIn.Wanted || state.SignedIn || state.HasSender || !strings.HasPrefix(step.Line, smtp.MAIL) {
		return false
	}
	asked := f.config.SignIn.Way != "" || f.config.SignIn.Who.User != ""
	return len(state.Extensions.Mechanisms()) > 0 && (asked || port == submission || port == submissions)
}
