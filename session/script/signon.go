package script

import (
	"ehlo/session"
	"ehlo/session/signin"
	"ehlo/session/smtp"
)

// SignOn is the plan of a sign-in alone, on a line that is open. It is a value;
// Heard returns a new one. The zero value wants nothing said.
type SignOn struct{ signing }

// NewSignOn begins a sign-in in the way that was chosen (signin.Choose). Its
// error is a *signin.Problem: the credentials cannot be said in this way.
func NewSignOn(choice signin.Choice, who signin.Credentials) (SignOn, error) {
	exchange, err := signin.Begin(choice, who)
	if err != nil {
		return SignOn{}, err
	}
	first, exchange := exchange.Command()
	return SignOn{signing{exchange: exchange, response: first, ready: true}}, nil
}

// Command is the step that begins it.
func (s SignOn) Command() Step {
	return Step{Line: s.response.Line, Secrets: s.response.Secrets}
}

// Heard notes the answer to AUTH, or to one of its lines.
func (s SignOn) Heard(reply session.Reply) SignOn {
	return SignOn{s.heard(reply)}
}

// Next is the step after an answer: what is said to a question, Done when the
// server has decided, or when it asks on though we have stopped.
func (s SignOn) Next(state smtp.State) Step {
	switch {
	case state.SecretNext():
		return s.answer()
	case s.problem != nil:
		return s.ends(Step{Done: true})
	}
	return Step{Done: true}
}
