package probe

import (
	"context"
	"fmt"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// Check is what is asked of a target, with nothing sent. The zero value asks
// for a hello of the first address that answers.
type Check struct {
	Plan  script.Check // names nobody twice; without a Hello it takes HelloName
	Bare  bool         // a connection that stands is all that is wanted: nothing is said
	Whole bool         // connect and greeting of every address, side by side
	All   bool         // with Whole: everything of every address
	Gate  *Gate        // how many connections go to one address at a time; nil: any number
	// Watch is called before each try, from any goroutine, for what sees its
	// events up to session.Ended. It may be nil.
	Watch func(Target) func(session.Event)
}

// MaxTargets is how many addresses of one route are tried, those that a
// sending server would try first.
const MaxTargets = 128

// Check asks targets as the check says and adds what it found to facts: the
// tries in the order of targets, and the answers of the recipients from the
// one at which a sending server would have ended (RFC 5321 section 5.1): the
// first that answers a hello.
func (p Probe) Check(ctx context.Context, facts *verdict.Facts, targets []Target, check Check) {
	if left := len(targets) - MaxTargets; left > 0 {
		targets = targets[:MaxTargets]
		noteLeftOut(facts.Route, left)
	}
	asked := p.inTurn
	if check.Whole {
		asked = p.sideBySide
	}
	found := asked(ctx, targets, check)
	chosen := len(found) - 1
	for i, collector := range found {
		if i > chosen {
			collector.Try.Purpose = verdict.Matrix
		} else if check.enough(collector.Try) {
			chosen = i
		}
		facts.Tries = append(facts.Tries, collector.Try)
	}
	facts.Asked = true
	if chosen >= 0 && len(check.Plan.To) > 0 {
		facts.Recipients = found[chosen].Recipients(check.Plan.To)
	}
}

// CodeLeftOut is the note that a route has more addresses than are tried.
const CodeLeftOut = "left-out"

func noteLeftOut(route *verdict.Route, left int) {
	if route != nil {
		text := fmt.Sprintf("%d of its addresses were left out: no more than the first %d are tried.", left, MaxTargets)
		route.Notes = append(route.Notes, verdict.Note{Code: CodeLeftOut, Text: text})
	}
}

// enough reports whether a try came so far that a sending server would look
// for no other host.
func (c Check) enough(try verdict.Try) bool {
	if c.Bare {
		last := len(try.Stages) - 1
		return last >= 0 && try.Stages[last].OK
	}
	return reached(try)
}

// inTurn asks one address after the other, up to the first that answers.
func (p Probe) inTurn(ctx context.Context, targets []Target, check Check) (found []*Collector) {
	for _, target := range targets {
		collector := p.checkOne(ctx, target, check, nil)
		found = append(found, collector)
		if check.enough(collector.Try) || ctx.Err() != nil {
			break
		}
	}
	return found
}

// checkOne asks one address. A turn, if any, is waited for after the greeting;
// one that does not come ends it there.
func (p Probe) checkOne(ctx context.Context, target Target, check Check, turn *turn) *Collector {
	if !check.Gate.enter(ctx, target.Addr.Addr()) {
		collector := NewCollector(target)
		collector.add(verdict.Stage{Name: "connect", Cause: string(session.WhyStopped)})
		return collector
	}
	defer check.Gate.leave(target.Addr.Addr())
	p = p.watched(check.Watch, target)
	if check.Bare {
		return p.knock(ctx, target)
	}
	return p.ask(ctx, target, check.Plan, turn)
}

// ask follows the plan with one target.
func (p Probe) ask(ctx context.Context, target Target, plan script.Check, turn *turn) *Collector {
	if plan.Hello == "" {
		p = p.naming(&plan)
	}
	var problem script.Step
	next := func(state smtp.State, answered *session.Answered, layer *session.Encryption) (session.Outgoing, bool) {
		if layer != nil {
			plan = plan.Encrypted(*layer)
		}
		if answered != nil && !answered.Unasked {
			plan = plan.Heard(answered.To, answered.Reply)
			turn.heard(ctx, answered.To, answered.Reply)
		}
		step := plan.Next(state)
		if step.Line != "" && turn.over() {
			step = script.Step{Line: smtp.QUIT} // looked at, and no more
		}
		if step.Problem != "" {
			problem = step
		}
		return outgoing(step, nil), step.Done
	}
	collector := p.converse(ctx, target, next)
	if ctx.Err() != nil {
		problem = script.Step{Problem: session.WhyStopped}
	}
	collector.gaveUp(problem)
	nameControl(&collector.Try, len(plan.To))
	return collector
}

// naming fills the name for us into a plan when the connection stands: what it
// goes out from need not be asked for then.
func (p Probe) naming(plan *script.Check) Probe {
	watch := p.Watch
	p.Watch = func(event session.Event) {
		if passed, ok := event.(session.Passed); ok && passed.Stage == session.StageConnect {
			plan.Hello = helloName(passed.Local.Addr())
		}
		if watch != nil {
			watch(event)
		}
	}
	return p
}

// nameControl tells the answer to the made-up name, the last asked, from those
// of the recipients.
func nameControl(try *verdict.Try, recipients int) {
	for i := range try.Stages {
		if try.Stages[i].Name != "rcpt" {
			continue
		}
		if recipients--; recipients < 0 {
			try.Stages[i].Name = verdict.Control
		}
	}
}
