package probe

import (
	"context"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// Send sends one message to the first target that lets it in, and adds what it
// found to facts: its tries, the answers of the recipients, the message. body
// opens the message; it is called once at most.
func (p Probe) Send(ctx context.Context, facts *verdict.Facts, targets []Target, plan script.Send, body func() (session.Body, error)) {
	for _, target := range targets {
		collector := p.sendTo(ctx, target, plan, body)
		facts.Tries = append(facts.Tries, collector.Try)
		facts.Recipients = collector.Recipients(plan.To)
		facts.Message = collector.Message()
		if reached(collector.Try) || ctx.Err() != nil {
			return
		}
	}
}

// sendTo follows the plan with one target.
func (p Probe) sendTo(ctx context.Context, target Target, plan script.Send, body func() (session.Body, error)) *Collector {
	var problem script.Step
	next := func(state smtp.State, answered *session.Answered, layer *session.Encryption) (session.Outgoing, bool) {
		if layer != nil {
			plan = plan.Encrypted(*layer)
		}
		if answered != nil && !answered.Unasked {
			plan = plan.Heard(answered.To, answered.Reply)
		}
		step := plan.Next(state)
		if step.Problem != "" {
			problem = step
		}
		return outgoing(step, body), step.Done
	}
	collector := p.converse(ctx, target, next)
	if ctx.Err() != nil {
		problem = script.Step{Problem: session.WhyStopped}
	}
	collector.gaveUp(problem)
	return collector
}

// outgoing turns a step into what is sent; nil when nothing is due.
func outgoing(step script.Step, body func() (session.Body, error)) session.Outgoing {
	switch {
	case step.Message:
		message, err := body()
		if err != nil {
			return session.Body{Source: failing{err}, Length: -1}
		}
		return message
	}
	return step.Outgoing()
}

// failing is a message that could not be opened: the upload stops before the
// dot, with the error as its cause.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
