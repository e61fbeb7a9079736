package plain

import (
	"slices"
	"strconv"
	"strings"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/smtp"
)

// signing is a sign-in that is helped with.
type signing struct {
	plan   script.SignOn
	facts  signin.Facts
	byHand bool // the user answers, and the base64 is done here
}

// wantsHelper reports whether a line asks for help with a sign-in: AUTH alone,
// and at a terminal also with a way. From a pipe that goes as it is, as whoever
// wrote it has written the answers too.
func (f *front) wantsHelper(text string) bool {
	command := smtp.Dialect{}.Parse(text, f.talk.state)
	words := strings.Fields(command.Arg)
	return command.Verb == smtp.AUTH && (len(words) == 0 || len(words) == 1 && f.config.Terminal) &&
		len(f.talk.state.Extensions.Mechanisms()) > 0
}

// signIn asks how, who, and for the password, and signs in.
func (f *front) signIn(way string) {
	if why := f.whyNoSignIn(); why != "" {
		f.page.line(why)
		return
	}
	facts := signin.Facts{
		Offered: f.talk.state.Extensions.Mechanisms(), Way: strings.ToUpper(way),
		Insecure: f.config.SignIn.Insecure, InsecureAuth: f.config.SignIn.InsecureAuth,
	}
	if layer := f.talk.layer; layer != nil {
		facts.Encrypted, facts.Trusted, facts.Reason, facts.Binding = true, layer.Trusted, layer.Reason, layer.Binding
	}
	choice, ok := f.allowed(&facts)
	if !ok {
		return
	}
	way, byHand, ok := f.chooseWay(facts, choice.Way)
	if !ok {
		f.page.line(say("not signed in"))
		return
	}
	facts.Way = way
	if byHand {
		f.signing = &signing{facts: facts, byHand: true}
		f.talk.send(session.Line{Text: smtp.AUTH + " " + way})
		return
	}
	if choice, err := signin.Choose(facts); err != nil {
		f.noSignIn(err)
	} else {
		f.signInBy(choice, facts)
	}
}

// whyNoSignIn says why a sign-in cannot begin now, "" when it can.
func (f *front) whyNoSignIn() string {
	switch {
	case !f.talk.live():
		return say("no line")
	case f.talk.state.Hello == "":
		return say("sign in hello")
	case f.talk.state.SignedIn:
		return say("sign in already")
	case f.talk.state.HasSender:
		return say("sign in message")
	}
	return ""
}

// allowed asks for an explicit yes where the policy wants one; the answer that
// is taken by itself is no.
func (f *front) allowed(facts *signin.Facts) (signin.Choice, bool) {
	for {
		choice, err := signin.Choose(*facts)
		problem, failed := err.(*signin.Problem)
		switch {
		case !failed:
			return choice, true
		case problem.Kind == signin.TokensOnly:
			return signin.Choice{Way: facts.Offered[0]}, true
		case problem.Kind == signin.NotEncrypted && f.says(say("sign in clear")):
			facts.InsecureAuth = true
		case problem.Kind == signin.NotTrusted && f.says(say("sign in untrusted", "reason", problem.Text)):
			facts.Insecure = true
		default:
			f.noSignIn(problem)
			return choice, false
		}
	}
}

// says asks for a yes.
func (f *front) says(question string) bool {
	f.page.line(question)
	text, ok := f.ask(say("sign in yes"))
	text = strings.ToLower(strings.TrimSpace(text))
	return ok && f.talk.live() && (text == "y" || text == "yes")
}

// noSignIn tells why there is no sign-in.
func (f *front) noSignIn(err error) {
	problem, ok := err.(*signin.Problem)
	if !ok {
		return
	}
	f.talk.collector.StopSignIn(problem)
	f.page.line(problem.Error())
	f.page.line(say("next", "next", problem.Next()))
}

// chooseWay asks in which way; an empty line takes the one given.
func (f *front) chooseWay(facts signin.Facts, usual string) (way string, byHand, ok bool) {
	var ways []string
	for _, known := range signin.Ways() {
		asked := facts
		asked.Way = known
		if _, err := signin.Choose(asked); err == nil && (facts.Way == "" || facts.Way == known) {
			ways = append(ways, known)
		}
	}
	if len(ways) == 0 {
		return "", false, false
	}
	for i, known := range ways {
		f.page.line(say("sign in way", "n", strconv.Itoa(i+1), "way", known))
	}
	last := len(ways)
	if f.plan == nil { // a guide answers by itself
		last++
		f.page.line(say("sign in by hand", "n", strconv.Itoa(last)))
	}
	first := max(0, slices.Index(ways, usual))
	for {
		text, ok := f.ask(say("prompt way", "n", strconv.Itoa(first+1)))
		text = strings.TrimSpace(text)
		n, err := strconv.Atoi(text)
		switch named := slices.Index(ways, strings.ToUpper(text)); {
		case !ok || text == "/cancel" || !f.talk.live():
			return "", false, false
		case text == "":
			return ways[first], false, true
		case named >= 0:
			return ways[named], false, true
		case err == nil && n >= 1 && n <= len(ways):
			return ways[n-1], false, true
		case err == nil && n > len(ways) && n == last:
			return handy(ways, usual), true, true
		}
		f.page.line(say("no choice", "n", strconv.Itoa(last)))
	}
}

// handy is the way that a person can follow best: questions in words.
func handy(ways []string, usual string) string {
	for _, way := range []string{signin.Login, signin.Plain} {
		if slices.Contains(ways, way) {
			return way
		}
	}
	return usual
}
