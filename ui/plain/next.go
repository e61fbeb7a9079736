package plain

import (
	"context"
	"strconv"
	"time"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// A sending server goes on to the next address when one is out of reach or will
// not talk to it, all of the best preference first (RFC 5321 section 5.1). Here
// /connect does so, and it is said which one answered.

// called looks at what became of a call: one that led nowhere makes the next
// address the choice, and where there was only silence asks whose it is.
func (f *front) called() {
	switch {
	case f.over || f.talk == nil:
	case f.talk.live() && len(f.about.failed) > 0:
		n := len(f.about.failed)
		f.page.line(sayCount("answered after", n, "host", f.talk.target.Host, "address", f.talk.target.Addr.Addr().String(), "n", strconv.Itoa(n)))
		f.about.failed = nil
	case !f.talk.live() && f.talk.turnedAway():
		f.goneWrong()
	}
}

// turnedAway reports whether a talk broke, or was refused, before its hello was
// answered.
func (t *talk) turnedAway() bool {
	stages := t.collector.Try.Stages
	for _, stage := range stages {
		if stage.Name == "hello" && stage.Cause == "" {
			return false
		}
	}
	last := len(stages) - 1
	return last >= 0 && !stages[last].OK && stages[last].Cause != string(session.WhyStopped)
}

func (f *front) goneWrong() {
	f.about.failed = append(f.about.failed, f.talk.collector.Try)
	facts := verdict.Facts{Domain: f.about.target.Domain.ASCII, Route: f.about.route, Tries: f.about.failed, Asked: true}
	if verdict.WantsDifferential(facts) {
		f.settleWhose(facts)
	}
	next, left := f.about.next(f.talk.target)
	f.about.pending = left
	switch {
	case left:
		f.about.chosen = next
		target := f.about.targets[next]
		f.page.line(say("next call", "n", strconv.Itoa(next+1), "host", target.Host, "address", target.Addr.Addr().String()))
	case len(f.about.targets) > 1:
		f.page.line(say("next none", "n", strconv.Itoa(len(f.about.targets))))
	}
}

// next is the address to be called after one: the next in order that was not
// called in vain, else the first such.
func (s subject) next(after probe.Target) (index int, left bool) {
	first := 0
	for i, target := range s.targets {
		if target.Addr == after.Addr {
			first = i + 1
		}
	}
	for i := range s.targets {
		index = (first + i) % len(s.targets)
		if !s.calledInVain(s.targets[index]) {
			return index, true
		}
	}
	return 0, false
}

func (s subject) calledInVain(target probe.Target) bool {
	for _, try := range s.failed {
		if try.Address == target.Addr.Addr() && try.Port == target.Addr.Port() && !try.Stages[len(try.Stages)-1].OK {
			return true
		}
	}
	return false
}

// settleWhose asks whose a silence is and tells each call that was made for it;
// /stop ends it.
func (f *front) settleWhose(facts verdict.Facts) {
	ctx, stop := context.WithCancel(f.life)
	defer stop()
	f.page.line(say("settling"))
	before := len(facts.Tries)
	way, asked := f.config.Way, probe.Differential{Controls: f.config.Controls, Timeout: f.config.Way.Options.Timeouts.Connect}
	answer := make(chan look, 1)
	f.looked, f.look = answer, nil
	go func() {
		way.Differential(ctx, &facts, asked)
		answer <- look{evidence: facts.Tries[before:]}
	}()
	f.waitFor(say("await settle"))
	f.await(func() bool { return f.look != nil || f.looked == nil })
	found := f.look
	f.look, f.looked = nil, nil
	if found == nil || len(found.evidence) == 0 {
		return
	}
	for _, try := range found.evidence {
		f.page.line(settled(try))
	}
	f.about.failed = append(f.about.failed, found.evidence...)
	f.about.evidence, f.talk.evidence = found.evidence, found.evidence
	said, _ := f.judge()
	f.stands(said, true)
}

// settled words what a call came to.
func settled(try verdict.Try) string {
	var last verdict.Stage
	if n := len(try.Stages); n > 0 {
		last = try.Stages[n-1]
	}
	fill := []string{"host", try.Host, "address", try.Address.String(), "port", strconv.Itoa(int(try.Port)), "took", took(spent(try))}
	switch why := session.Why(last.Cause); {
	case last.OK:
		return say("settled answered", fill...)
	case why == session.WhyNoAnswer:
		return say("settled silent", fill...)
	case why == session.WhyRefused:
		return say("settled refused", fill...)
	case why == session.WhyStopped, last.Name == "":
		return say("settled stopped", fill...)
	}
	return say("settled out of reach", fill...)
}

// spent is how long a call took.
func spent(try verdict.Try) (d time.Duration) {
	for _, stage := range try.Stages {
		d += time.Duration(stage.Took)
	}
	return d
}
