package plain

import (
	"context"
	"slices"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// maxAgain bounds how many lines /again can say again.
const maxAgain = 1000

// talk is one connection and what is known of it.
type talk struct {
	session   *session.Session
	target    probe.Target
	collector *probe.Collector
	layer     *session.Encryption  // nil in clear
	events    chan []session.Event // nil once all were taken
	state     smtp.State
	reaching  bool // until the greeting is whole, and while encryption begins
	unsaid    int  // handed to the session and not on the wire yet
	waits     int  // answers awaited
	over      bool
	lines     []string // of the reply that is coming in
	asked     []string // the recipients of the message under way, in order
	said      []string // for /again
	reply     string   // the server's last words but its farewell, on one line
	sealed    bool     // nothing more is said again: a sign-in or a message followed
	shown     verdict.Verdict
	standing  verdict.Verdict
	evidence  []verdict.Try // what was called to see whose its silence is
}

// newTalk connects to target.
func newTalk(life context.Context, target probe.Target, options session.Options) *talk {
	t := &talk{
		session:   session.New(smtp.Dialect{LMTP: target.LMTP}, options),
		target:    target,
		collector: probe.NewCollector(target),
		events:    make(chan []session.Event),
		reaching:  true,
	}
	go t.follow(life)
	t.session.Dial(session.Target{Host: target.Host, Addr: target.Addr, Implicit: target.Implicit})
	return t
}

// follow hands on events until the last, or the end of life.
func (t *talk) follow(life context.Context) {
	defer close(t.events)
	for {
		events, err := t.session.Next(life)
		if err != nil {
			return
		}
		select {
		case t.events <- events:
		case <-life.Done():
			return
		}
	}
}

// heard returns where events come from; nil for no talk.
func (t *talk) heard() <-chan []session.Event {
	if t == nil {
		return nil
	}
	return t.events
}

// live reports whether lines can be said.
func (t *talk) live() bool { return t != nil && !t.over }

// idle reports whether nothing is awaited of the server.
func (t *talk) idle() bool { return t.over || !t.reaching && t.unsaid == 0 && t.waits == 0 }

// send hands something to the session and reports whether it took it.
func (t *talk) send(out session.Outgoing) bool {
	if t.session.Send(out) == 0 {
		return false
	}
	t.unsaid++
	return true
}

// remember notes a line for /again. What follows a sign-in or a message is not
// said again by itself.
func (t *talk) remember(command session.Command) {
	switch {
	case command.Verb == smtp.AUTH, command.Verb == smtp.DATA, len(t.said) >= maxAgain:
		t.sealed = true
	case !t.sealed && command.Verb != smtp.QUIT:
		t.said = append(t.said, command.Line)
	}
}

// note adds a stage that the collector cannot see.
func (t *talk) note(name verdict.StageName, why session.Why) {
	t.collector.Try.Stages = append(t.collector.Try.Stages, verdict.Stage{Name: name, Cause: string(why), Text: []string{}})
}

// facts are what the talk comes to, as a verdict wants it: of each step the
// last answer, of a message the last one.
func (t *talk) facts() (verdict.Try, []verdict.Recipient) {
	kept := *t.collector
	kept.Try.Stages = withoutSequel(lastOf(t.collector.Try.Stages))
	refused := slices.ContainsFunc(kept.Try.Stages, func(s verdict.Stage) bool { return !s.OK })
	if !refused {
		// All that was asked was taken: a talk to its end, message or not.
		return kept.Try, nil
	}
	return kept.Try, kept.Recipients(t.asked)
}

// withoutSequel drops the no to a DATA for which no recipient was taken: the
// recipients are the reason (RFC 5321 section 3.3).
func withoutSequel(stages []verdict.Stage) []verdict.Stage {
	recipient := func(s verdict.Stage) bool { return s.Name == "rcpt" }
	taken := func(s verdict.Stage) bool { return s.Name == "rcpt" && s.OK }
	if !slices.ContainsFunc(stages, recipient) || slices.ContainsFunc(stages, taken) {
		return stages
	}
	return slices.DeleteFunc(stages, func(s verdict.Stage) bool { return s.Name == "data" && s.Code != 0 })
}

// lastOf drops what was said again later: a command mended, a message before
// the last. Each recipient keeps its own answer.
func lastOf(stages []verdict.Stage) (kept []verdict.Stage) {
	for i, stage := range stages {
		gone := func(later verdict.Stage) bool {
			if later.Name == "mail" {
				return slices.Contains([]verdict.StageName{"mail", "rcpt", "data", "end"}, stage.Name)
			}
			return later.Name == stage.Name && later.Cause == "" && stage.Name != "rcpt"
		}
		if !slices.ContainsFunc(stages[i+1:], gone) {
			kept = append(kept, stage)
		}
	}
	return kept
}
