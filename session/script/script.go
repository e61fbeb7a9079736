// Package script is guided work: what to say next, as a pure function of a
// plan, of what has come of it so far, and of the State of the conversation.
//
//	step := plan.Next(state)      // a line to offer, the message, or the end
//	plan = plan.Heard(to, reply)  // what the server said to it
//
// A script never sends. What Next returns is offered in the prompt, or sent by
// a one-shot command, on the one road to the wire; when the user types
// something else meanwhile, the State moves and the script picks up from there.
package script

import (
	"ehlo/session"
	"ehlo/session/signin"
)

// Step is what a script wants to be said next. The zero value means that there
// is nothing to say before the server has spoken.
type Step struct {
	Line    string           // a line to be said, without line end
	Answer  bool             // it answers a challenge: an empty Line is to be said too
	Message bool             // the message is due
	Done    bool             // the work is over: nothing more to say
	Problem session.Why      // why the script says QUIT before its end, if it was not the server's no
	SignIn  *signin.Problem  // what exactly, where Problem is session.WhySignIn
	Secrets []session.Secret // what is secret in Line: it is sent, and shown to nobody
}

// Outgoing returns the line of a step as it is sent; nil when none is due.
func (s Step) Outgoing() session.Outgoing {
	if s.Line == "" && !s.Answer {
		return nil
	}
	return session.Line{Text: s.Line, Secrets: s.Secrets}
}

// Policy is how much encryption is wanted, as the flag --tls says it.
type Policy string

// The policies. Auto is the default.
const (
	Auto     Policy = "auto"     // used when offered
	None     Policy = "none"     // never
	StartTLS Policy = "starttls" // required
	Implicit Policy = "implicit" // from the first byte; nothing to say here
)
