package probe

import (
	"context"
	"time"

	"ehlo/session"
	"ehlo/session/arrival"
	"ehlo/session/imap"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// Arrived is a look for a message in a mailbox.
type Arrived struct {
	Plan    arrival.Plan
	Mailbox string // whose it is, for people
	// Waiting is called when the message is not there yet: the next look comes
	// after pause, and left is what is left of the time. It may be nil.
	Waiting func(pause, left time.Duration)
}

// Arrived looks for a message in the mailbox behind the first target that can
// be reached, and adds what it found to facts: its tries, and the arrival. It
// comes back when the looking is over, at once after ctx.
func (p Probe) Arrived(ctx context.Context, facts *verdict.Facts, targets []Target, look Arrived) {
	facts.Arrival = ArrivalOf(look.Mailbox, look.Plan, time.Now())
	for _, target := range targets {
		talk := p.lookInto(ctx, target, look)
		facts.Tries = append(facts.Tries, talk.noted.Try)
		facts.Arrival = ArrivalOf(look.Mailbox, talk.plan, time.Now())
		if talk.noted.state.Greeted || ctx.Err() != nil {
			return
		}
	}
}

// mailboxTalk is one conversation with a mailbox.
type mailboxTalk struct {
	session *session.Session
	watch   func(session.Event)
	look    Arrived
	plan    arrival.Plan
	noted   *MailboxCollector
	resume  time.Time // when a pause is over; the zero time when there is none
	problem script.Step
}

// lookInto follows the plan with one target. The session is not a strict one:
// an IMAP server may say what it likes at any time (RFC 3501 section 7); what
// must not be is looked after here.
func (p Probe) lookInto(ctx context.Context, target Target, look Arrived) *mailboxTalk {
	options := p.Options
	options.Strict = false
	talk := &mailboxTalk{
		session: session.New(imap.Dialect{}, options), watch: p.Watch,
		look: look, plan: look.Plan, noted: NewMailboxCollector(target),
	}
	stop := context.AfterFunc(ctx, talk.session.Close)
	defer stop()
	talk.session.Dial(session.Target{Host: target.Host, Addr: target.Addr, Implicit: target.Implicit})
	talk.hold()
	if ctx.Err() != nil {
		talk.problem = script.Step{Problem: session.WhyStopped}
	}
	talk.noted.GaveUp(talk.problem)
	return talk
}

// hold leads the conversation to its end.
func (t *mailboxTalk) hold() {
	for {
		events, err := t.events()
		if err != nil && t.resume.IsZero() {
			return
		}
		for _, event := range events {
			t.follow(event)
		}
		if !t.resume.IsZero() && !time.Now().Before(t.resume) {
			t.resume = time.Time{}
			t.act()
		}
	}
}

// events waits for what happens next, in a pause no longer than that lasts.
func (t *mailboxTalk) events() ([]session.Event, error) {
	if t.resume.IsZero() {
		return t.session.Next(context.Background())
	}
	ctx, cancel := context.WithDeadline(context.Background(), t.resume)
	defer cancel()
	return t.session.Next(ctx)
}

// follow takes one event: it is watched and noted, and a whole answer asks for
// the next step.
func (t *mailboxTalk) follow(event session.Event) {
	if t.watch != nil {
		t.watch(event)
	}
	t.noted.Take(event)
	switch event := event.(type) {
	case session.Passed:
		if event.Stage == session.StageTLS {
			t.plan = t.plan.Encrypted(*event.TLS)
			t.act()
		}
	case session.Answered:
		t.answered(event)
	case session.Overdue:
		if t.noted.state.Greeted { // else the session ends by itself
			t.breakOff(session.WhyOverdue, event.To)
		}
	case session.Ended:
		t.resume = time.Time{}
	}
}

// answered takes a whole response. Data is in the State; what nobody asked for
// may be said at any time.
func (t *mailboxTalk) answered(event session.Answered) {
	if event.Unasked {
		if event.Reply.Class != session.Data {
			t.breakOff(session.WhyProtocol, event.To, event.Reply.Lines...)
		}
		return
	}
	switch {
	case event.Reply.Closing && event.To.Verb != imap.Logout && t.noted.state.Greeted:
		t.breakOff(session.WhyHungUp, event.To, event.Reply.Lines...)
		return
	case event.Reply.Class == session.Data:
		return
	case t.astray(event.Reply):
		t.breakOff(session.WhyProtocol, event.To, event.Reply.Lines...)
		return
	}
	t.plan = t.plan.Heard(event.To, event.Reply, t.noted.state, event.At)
	if event.To.Effect == session.EffectUpgrade && event.Reply.Class == session.Yes {
		return // the handshake comes first
	}
	t.act()
}

// astray reports whether a response is no answer to what was said: of no known
// form, with another tag, or a "+" for nothing. The end tells of a greeting.
func (t *mailboxTalk) astray(reply session.Reply) bool {
	switch reply.Class {
	case session.Unclear:
		return t.noted.state.Greeted
	case session.GoOn:
		return t.noted.state.Outstanding() == 0 && !t.noted.state.SecretNext()
	}
	return t.noted.state.Outstanding() > 0
}

// act does what the plan wants next.
func (t *mailboxTalk) act() {
	step := t.plan.Next(t.noted.state, time.Now())
	if step.Problem != "" {
		t.problem = step.Step
	}
	out := step.Outgoing()
	switch {
	case step.Done:
		t.session.Close()
	case step.Pause > 0:
		t.resume = time.Now().Add(step.Pause)
		if t.look.Waiting != nil {
			t.look.Waiting(step.Pause, t.plan.Left(time.Now()))
		}
	case out != nil && t.session.Send(out) == 0:
		t.session.Close() // it could not be sent, so nothing would ever answer
	}
}

// breakOff hangs up on a server that goes astray, where it should have answered
// to.
func (t *mailboxTalk) breakOff(why session.Why, to session.Command, lines ...string) {
	name, known := mailboxStages[to.Verb]
	if !known || to.Verb == "" {
		name = "look"
	}
	t.noted.broke(why, name, lines)
	t.session.Close()
}
