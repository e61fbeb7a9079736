package ui

import (
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
	"ehlo/ui/route"
)

// live is the conversation on the screen and what is known of it. Facts are
// folded by the same Collector that one-shot commands use.
type live struct {
	session    *session.Session
	source     *source // its events
	target     probe.Target
	collector  *probe.Collector
	state      smtp.State
	connected  time.Time // zero before
	last       time.Time // of the last line in either direction
	endless    time.Time // when the answer that comes in was found to have no end; else zero
	waiting    wait      // the oldest answer that is awaited
	stage      session.Stage
	stageAt    time.Time
	greeting   bool // a line of the greeting came, the last one not yet
	encrypted  *session.Encryption
	body       *bodyProgress
	uploading  bool // a message was handed over and is not out yet
	handing    bool // between the 354 and the answer to the dot
	ended      bool
	offers     []string         // the lines of the last EHLO answer
	before     []string         // those of the one before TLS
	recipients []string         // asked about in this conversation
	newest     string           // the newest reply on one line
	queued     session.ID       // of what was handed over last
	out        session.ID       // of what has gone out last
	left       bool             // we hung up
	path       path             // what has led to where the talk stands
	greeted    session.Reply    // the greeting, whole
	identity   explain.Identity // what the server is, by all that it shows
	broke      bool             // it ended otherwise than we wanted
	pending    []pending        // lines that wait to be said
	met        *smtp.State      // what ahead has folded; nil: anew
}

// pending is a line that was handed over and has not gone out.
type pending struct {
	id    session.ID
	shown string // secrets replaced
}

// wait is an answer that has not come.
type wait struct {
	to    session.Command
	since time.Time
	on    bool
}

// bodyProgress is how far a message is.
type bodyProgress struct {
	begun         time.Time
	bytes, length int64
}

func newLive(s *session.Session, target probe.Target) *live {
	l := &live{session: s, target: target, collector: probe.NewCollector(target)}
	l.fold(smtp.Dialect{LMTP: target.LMTP}.Start())
	return l
}

// talking reports whether a line can be said.
func (l *live) talking() bool { return l != nil && !l.ended }

// idle reports whether the line is open, greeted, and nothing is under way on
// it.
func (l *live) idle() bool {
	return l.talking() && l.state.Greeted && l.state.Outstanding() == 0 && !l.state.InPayload() && !l.unsaid()
}

// pouring reports whether a message is on its way, its dot not yet.
func (l *live) pouring() bool { return l.talking() && (l.uploading || l.body != nil) }

// unsaid reports whether something that was handed over has not gone out, so
// that the state does not know of it.
func (l *live) unsaid() bool { return l.out < l.queued }

// take folds an event.
func (l *live) take(event session.Event) {
	l.collector.Take(event)
	l.path.take(event)
	l.met = nil
	switch event := event.(type) {
	case session.Began:
		l.stage, l.stageAt = event.Stage, event.At
	case session.Passed:
		l.passed(event)
	case session.Said:
		l.said(event)
	case session.Heard:
		l.last = event.At
		l.greeting = !l.state.Greeted
	case session.Endless:
		l.endless = event.At
	case session.Answered:
		l.endless = time.Time{}
		l.answered(event)
	case session.GaveUp:
		l.waiting.on = false
	case session.BodyBegan:
		l.out = max(l.out, event.ID)
		l.body = &bodyProgress{begun: event.At, length: event.Length}
	case session.BodyMoved:
		l.body.bytes = event.Bytes
	case session.BodyEnded:
		l.out = max(l.out, event.ID)
		l.body, l.uploading = nil, false
	case session.Ended:
		l.ended, l.stage, l.waiting.on = true, "", false
		l.pending, l.met = nil, nil
		if event.Cause != nil {
			l.newest = strings.Join(event.Cause.Lines, " ")
		}
	}
}

func (l *live) passed(event session.Passed) {
	l.stage = ""
	switch event.Stage {
	case session.StageConnect:
		l.connected, l.last = event.At, event.At
	case session.StageTLS:
		l.encrypted = event.TLS
		l.before, l.offers = l.offers, nil
	}
	l.fold(event.State)
}

func (l *live) said(event session.Said) {
	l.last, l.out = event.At, max(l.out, event.ID)
	l.drop(event.ID)
	l.fold(event.State)
	if event.Command.Answers > 0 && !l.waiting.on {
		l.waiting = wait{event.Command, event.At, true}
	}
	l.handing = l.handing || event.Command.Effect == session.EffectEnd
}

func (l *live) answered(event session.Answered) {
	l.stage = ""
	l.newest = event.Reply.Joined()
	l.fold(event.State)
	next, more := l.state.Awaiting()
	l.waiting = wait{next, event.At, more}
	l.handing = l.state.InPayload() || more && next.Effect == session.EffectEnd
	if event.To.Verb == smtp.MAIL {
		l.recipients = nil
	}
	if event.To.Verb == smtp.RCPT {
		address, _, _ := smtp.Path(event.To.Arg)
		l.recipients = append(l.recipients, address)
	}
	if event.To.Verb == smtp.EHLO && event.Reply.Class == session.Yes {
		l.offers = event.Reply.Text()[min(1, len(event.Reply.Lines)):]
	}
	l.identify(event)
}

func (l *live) fold(state session.State) {
	if folded, ok := state.(smtp.State); ok {
		l.state = folded
	}
}

// shown is the call as the route pane draws it.
func (l *live) shown(now time.Time) route.Tried {
	shown := shownTry(l.collector.Try)
	shown.Here = !l.ended && !l.connected.IsZero()
	switch {
	case l.ended:
	case l.stage != "":
		shown.Stage, shown.Took = verdict.StageName(l.stage), now.Sub(l.stageAt)
	case l.connected.IsZero():
		shown.Stage = "connect"
	}
	return shown
}

// serverHost is the name of the server, or its address where it has none.
func (l *live) serverHost() string {
	if l.target.Host != "" {
		return l.target.Host
	}
	return l.target.Addr.Addr().String()
}
