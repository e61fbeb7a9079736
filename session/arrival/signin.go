package arrival

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"ehlo/session"
	"ehlo/session/imap"
	"ehlo/session/script"
	"ehlo/session/signin"
)

// signing is how far the sign-in has come.
type signing struct {
	ready    bool        // the server has told what it offers
	first    script.Step // what begins it
	exchange signin.Exchange
	response signin.Response // to be said next
	apart    bool            // by LOGIN: no exchange
	problem  *signin.Problem
	lost     bool // the server asks on, though we have stopped
}

// prepared chooses the way to sign in, once the line is as safe as it gets.
func (p Plan) prepared(state imap.State) signing {
	facts := signin.Facts{
		Offered: state.Mechanisms(), Way: p.SignIn.Way,
		Insecure: p.SignIn.Insecure, InsecureAuth: p.SignIn.InsecureAuth,
	}
	if p.layer != nil {
		facts.Encrypted, facts.Trusted, facts.Reason, facts.Binding = true, p.layer.Trusted, p.layer.Reason, p.layer.Binding
	}
	choice, err := signin.Choose(facts)
	if err != nil && takesLogin(err, facts, state) {
		return p.login()
	}
	if err != nil {
		return signing{ready: true}.stopped(err)
	}
	exchange, err := signin.Begin(choice, p.SignIn.Who)
	if err != nil {
		return signing{ready: true}.stopped(err)
	}
	if !state.Offers("SASL-IR") { // RFC 4959 section 3
		exchange = exchange.Apart()
	}
	first, exchange := exchange.Command()
	line := imap.Authenticate + strings.TrimPrefix(first.Line, "AUTH")
	return signing{ready: true, exchange: exchange, first: script.Step{Line: line, Secrets: first.Secrets}}
}

// takesLogin reports whether the plain command LOGIN is left: nothing else is
// offered that is spoken here, and it is not forbidden (RFC 3501 section 6.2.3).
func takesLogin(err error, facts signin.Facts, state imap.State) bool {
	var problem *signin.Problem
	if !errors.As(err, &problem) || state.Offers("LOGINDISABLED") {
		return false
	}
	byName := strings.EqualFold(facts.Way, signin.Login)
	return slices.Contains([]signin.Kind{signin.NotOffered, signin.NoneInCommon}, problem.Kind) && (facts.Way == "" || byName) ||
		problem.Kind == signin.WayNotOffered && byName
}

func (p Plan) login() signing {
	who := p.SignIn.Who
	line := imap.Login + " " + imap.Quote(who.User) + " " + imap.Quote(who.Password.Reveal())
	return signing{ready: true, apart: true, first: script.Step{Line: line, Secrets: []session.Secret{who.Password}}}
}

// heard notes the answer to a line of the sign-in.
func (g signing) heard(reply session.Reply) signing {
	if !g.ready || g.apart {
		return g
	}
	switch reply.Class {
	case session.GoOn:
		if g.problem != nil {
			g.lost = true
			return g
		}
		challenge, _ := base64.StdEncoding.DecodeString(imap.Challenge(reply)) // what is none is empty
		response, exchange, err := g.exchange.Respond(challenge)
		if err != nil {
			return g.stopped(err)
		}
		g.response, g.exchange = response, exchange
	case session.Yes:
		if err := g.exchange.Finish(); err != nil {
			return g.stopped(err)
		}
	}
	return g
}

// stopped notes why there is no sign-in.
func (g signing) stopped(err error) signing {
	if !errors.As(err, &g.problem) {
		g.problem = &signin.Problem{Kind: signin.BadCredentials, Text: err.Error()}
	}
	return g
}

// answer is what is said to a challenge: the next response, or "*" when the
// sign-in has stopped (RFC 3501 section 6.2.2). A server that asks on after it
// would take a LOGOUT for an answer.
func (g signing) answer() script.Step {
	switch {
	case g.lost:
		return g.ends(script.Step{Done: true})
	case g.problem != nil:
		return script.Step{Line: "*"}
	case g.ready:
		return script.Step{Line: g.response.Line, Answer: true, Secrets: g.response.Secrets}
	}
	return script.Step{} // one that was typed by hand
}

// ends tells with the step that the work is over before its end, and why.
func (g signing) ends(step script.Step) script.Step {
	step.Problem, step.SignIn = session.WhySignIn, g.problem
	return step
}
