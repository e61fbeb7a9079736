// Package probe tries a target for real, one host or a whole route, stage by
// stage, and fills verdict.Facts with what it finds. It is the one package
// that joins resolver and session.
//
//	route.go    a resolver.Route as plain values
//	compare.go  what two DNS servers say, beside each other; routenames.go the names of addresses
//	collect.go  the events of a session as one verdict.Try
//	send.go     a message sent along a route, as a sending server would
//	check.go    a route tried stage by stage, its recipients asked, nothing sent
//	differential.go  what settles whose a silence is
//	ourselves.go  our own address, as the server met us
//	recognise.go  what talks there, and whose it is
//
// Nothing is retried, and nothing is contacted that the caller did not name or
// the domain's DNS did not name.
package probe

import (
	"context"
	"net/netip"

	"ehlo/resolver"
	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// Probe is how a target is tried. Resolver may be nil when no name is looked up.
type Probe struct {
	Resolver *resolver.Resolver
	Options  session.Options     // of every session
	Watch    func(session.Event) // sees each event, may be nil
}

// Target is one address to be tried.
type Target struct {
	Host     string
	Addr     netip.AddrPort
	Implicit bool   // TLS from the first byte
	LMTP     bool   // speak LMTP
	Purpose  string // route or server, see verdict.Try
}

// step is what a plan wants next: something to send, nothing before the next
// answer, or the end. It is asked after a whole answer, and when TLS is on.
type step func(state smtp.State, answered *session.Answered, layer *session.Encryption) (out session.Outgoing, done bool)

// converse talks to one target, led by next, and returns what it found. It
// comes back when the conversation has ended, at once after ctx.
func (p Probe) converse(ctx context.Context, target Target, next step) *Collector {
	s := session.New(smtp.Dialect{LMTP: target.LMTP}, p.Options)
	stop := context.AfterFunc(ctx, s.Close)
	defer stop()
	s.Dial(session.Target{Host: target.Host, Addr: target.Addr, Implicit: target.Implicit})
	collector := NewCollector(target)
	for {
		events, err := s.Next(context.Background())
		if err != nil {
			return collector
		}
		for _, event := range events {
			p.follow(s, collector, event, next)
		}
	}
}

// follow takes one event: it is watched, collected, and a whole answer asks
// for the next step.
func (p Probe) follow(s *session.Session, collector *Collector, event session.Event, next step) {
	if p.Watch != nil {
		p.Watch(event)
	}
	collector.Take(event)
	var state session.State
	var answered *session.Answered
	var layer *session.Encryption
	switch event := event.(type) {
	case session.Answered:
		if event.To.Effect == session.EffectUpgrade && event.Reply.Class == session.Yes {
			return // the handshake comes first
		}
		state, answered = event.State, &event
	case session.Passed:
		if event.Stage != session.StageTLS {
			return
		}
		state, layer = event.State, event.TLS
	default:
		return
	}
	folded, ok := state.(smtp.State)
	if !ok {
		return
	}
	out, done := next(folded, answered, layer)
	switch {
	case done:
		s.Close()
	case out != nil && s.Send(out) == 0:
		s.Close() // it could not be sent, so nothing would ever answer
	}
}

// reached reports whether a try came as far as a hello that was answered: from
// there on a sending server does not look for another host.
func reached(try verdict.Try) bool {
	for _, stage := range try.Stages {
		if stage.Name == "hello" {
			return true
		}
	}
	return false
}
