package ui

import (
	"slices"

	"ehlo/session"
	"ehlo/session/smtp"
)

// path is what of a talk has led to where it stands, so that another can be
// brought there: the hello, TLS, the sign-in, the message under way. What
// changed nothing is left out, as a server counts what it is asked. The zero
// value is a talk that has not begun.
type path struct {
	steps  []step
	broken session.Command // the command whose answer never came; zero: none
}

// step is one command with the answer that it had.
type step struct {
	line  string // as said, secrets replaced
	verb  string
	class session.Class
	code  int
}

// inMessage reports whether a step is forgotten with its message.
func (s step) inMessage() bool {
	return slices.Contains([]string{smtp.MAIL, smtp.RCPT, smtp.DATA, "BDAT", "BURL"}, s.verb)
}

func (s step) isHello() bool {
	return s.verb == smtp.EHLO || s.verb == smtp.HELO || s.verb == smtp.LHLO
}

// byHand reports whether a step is one that only a person says again: it hands
// a message over, or holds a secret.
func (s step) byHand() bool {
	return s.verb == smtp.AUTH || slices.Contains([]string{smtp.DATA, "BDAT", "BURL"}, s.verb)
}

// take folds an event.
func (p *path) take(event session.Event) {
	switch event := event.(type) {
	case session.Answered:
		if !event.Unasked {
			p.heard(event.To, event.Reply)
		}
	case session.Ended:
		if event.Cause != nil {
			p.broken = event.Cause.To
		}
	}
}

func (p *path) heard(to session.Command, reply session.Reply) {
	yes := reply.Class == session.Yes
	now := step{to.Line, to.Verb, reply.Class, reply.Code}
	switch to.Verb {
	case smtp.EHLO, smtp.HELO, smtp.LHLO:
		if yes {
			p.hello(now)
		}
	case smtp.STARTTLS:
		if yes {
			p.steps = append(p.steps, now)
		}
	case smtp.AUTH:
		p.signIn(now)
	case smtp.MAIL:
		p.forgetMessage()
		p.steps = append(p.steps, now)
	case smtp.RCPT, smtp.DATA, "BDAT", "BURL":
		p.steps = append(p.steps, now)
	case smtp.RSET:
		if yes {
			p.forgetMessage()
		}
	case smtp.End:
		p.forgetMessage()
	}
}

// signIn keeps a sign-in from its first line on; one that did not come to a yes
// goes again. The lines in answer to its questions are secrets.
func (p *path) signIn(now step) {
	last := len(p.steps) - 1
	if last >= 0 && p.steps[last].verb == smtp.AUTH && p.steps[last].class == session.GoOn {
		now.line = p.steps[last].line
		p.steps = slices.Clip(p.steps[:last])
	}
	if now.class == session.Yes || now.class == session.GoOn {
		p.steps = append(p.steps, now)
	}
}

// hello keeps the newest hello on each side of STARTTLS, and forgets the message
// (RFC 5321 section 4.1.4).
func (p *path) hello(now step) {
	p.forgetMessage()
	clear := slices.IndexFunc(p.steps, func(s step) bool { return s.verb == smtp.STARTTLS }) + 1
	for i := len(p.steps) - 1; i >= clear; i-- {
		if p.steps[i].isHello() {
			p.steps = slices.Delete(slices.Clone(p.steps), i, i+1)
		}
	}
	p.steps = append(p.steps, now)
}

func (p *path) forgetMessage() { p.drop(step.inMessage) }

// drop makes new steps, as others may hold the old ones.
func (p *path) drop(gone func(step) bool) {
	var kept []step
	for _, s := range p.steps {
		if !gone(s) {
			kept = append(kept, s)
		}
	}
	p.steps = kept
}

// again are the steps that can be said again without asking, and the first that
// cannot: zero when all can.
func (p path) again() (steps []step, stop step) {
	for i, s := range p.steps {
		if s.byHand() {
			return p.steps[:i], s
		}
	}
	return p.steps, step{}
}
