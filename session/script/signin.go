package script

import (
	"errors"
	"strings"

	"ehlo/session"
	"ehlo/session/signin"
	"ehlo/session/smtp"
)

// SignIn is how a plan signs in, once the line is as safe as it gets. The zero
// value does not.
type SignIn struct {
	Wanted bool
	Who    signin.Credentials
	Way    string // by name; "" takes the strongest that is offered
	Beside bool   // LOGIN: the user name beside AUTH, for servers that like it so

	Insecure     bool // also over TLS that was not verified
	InsecureAuth bool // also without TLS; neither implies the other
}

// shown is what is said to sign in, as eyes may see it beforehand: which way it
// will be is known when the server has told what it offers.
func (s SignIn) shown() string {
	if s.Way == "" {
		return smtp.AUTH + " " + session.Hidden
	}
	return smtp.AUTH + " " + strings.ToUpper(s.Way) + " " + session.Hidden
}

// signing is how far the sign-in of a plan has come. It begins anew with every
// hello, which tells what is offered.
type signing struct {
	exchange signin.Exchange
	response signin.Response // to be said next
	ready    bool            // a hello was answered: there is a response, or a problem
	problem  *signin.Problem
	lost     bool // the server asks on, though we have stopped
}

// Encrypted notes what is known of the TLS layer: what was offered before it
// does not count (RFC 3207 section 4.2).
func (s Send) Encrypted(layer session.Encryption) Send {
	s.layer, s.signing = &layer, signing{}
	return s
}

// Encrypted notes what is known of the TLS layer.
func (c Check) Encrypted(layer session.Encryption) Check {
	c.Send = c.Send.Encrypted(layer)
	return c
}

// prepared chooses the way to sign in, after the answer to a hello.
func (s Send) prepared(to session.Command, reply session.Reply) signing {
	if !s.SignIn.Wanted {
		return signing{}
	}
	facts := signin.Facts{Way: s.SignIn.Way, Insecure: s.SignIn.Insecure, InsecureAuth: s.SignIn.InsecureAuth}
	if to.Verb != smtp.HELO {
		facts.Offered = smtp.Offered(reply).Mechanisms()
	}
	if s.layer != nil {
		facts.Encrypted, facts.Trusted, facts.Reason, facts.Binding = true, s.layer.Trusted, s.layer.Reason, s.layer.Binding
	}
	choice, err := signin.Choose(facts)
	if err != nil {
		return signing{ready: true}.stopped(err)
	}
	exchange, err := signin.Begin(choice, s.SignIn.Who)
	if err != nil {
		return signing{ready: true}.stopped(err)
	}
	if s.SignIn.Beside {
		exchange = exchange.Beside()
	}
	first, exchange := exchange.Command()
	return signing{exchange: exchange, response: first, ready: true}
}

// heard notes the answer to AUTH or to one of its lines.
func (g signing) heard(reply session.Reply) signing {
	if !g.ready {
		return g // one that was typed by hand
	}
	switch reply.Class {
	case session.GoOn:
		if g.problem != nil {
			g.lost = true
			return g
		}
		response, exchange, err := g.exchange.Respond(challenge(reply))
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

// challenge decodes what a server asks, as it came.
func challenge(reply session.Reply) []byte {
	if !reply.Unhidden.Empty() {
		reply.Lines = []string{reply.Unhidden.Reveal()}
	}
	return []byte(smtp.Challenge(reply))
}

// answer is what is said to a challenge: the next response, "*" when the
// sign-in has stopped (RFC 4954 section 4), and nothing to one that is not of
// this plan. A server that asks on after "*" would take a QUIT for an answer.
func (g signing) answer() Step {
	switch {
	case g.lost:
		return g.ends(Step{Done: true})
	case g.problem != nil:
		return Step{Line: "*"}
	case g.ready:
		return Step{Line: g.response.Line, Answer: true, Secrets: g.response.Secrets}
	}
	return Step{}
}

// signIn is the last piece of the road to a server that may be asked. It
// reports whether the way is open.
func (s Send) signIn(state smtp.State) (step Step, open bool) {
	switch {
	case s.signing.problem != nil:
		return s.signing.ends(Step{Line: smtp.QUIT}), false
	case !s.SignIn.Wanted, state.SignedIn:
		return Step{}, true
	case !s.signing.ready: // the hello was said before the plan was made
		return Step{Line: s.hello(state)}, false
	}
	return Step{Line: s.signing.response.Line, Secrets: s.signing.response.Secrets}, false
}

// ends tells with the step that the work is over before its end, and why.
func (g signing) ends(step Step) Step {
	step.Problem, step.SignIn = session.WhySignIn, g.problem
	return step
}
