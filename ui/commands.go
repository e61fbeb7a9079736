package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// found is what a look-up of a server named by hand brought.
type found struct {
	targets []probe.Target
	failed  *verdict.Route
}

// startPractice starts the built-in servers.
func startPractice(ctx context.Context, scenario practice.Scenario) tea.Cmd {
	return func() tea.Msg {
		servers, err := StartPractice(ctx, scenario, false)
		if err != nil {
			return practiceReady{err: err}
		}
		way, err := servers.Way()
		return practiceReady{servers, way, err}
	}
}

// lookUp asks where mail for a domain goes.
func (m *Model) lookUp(domain address.Domain) tea.Cmd {
	ctx := m.newLookUp()
	m.forgetRoute()
	m.route.SetAsking(domain.Unicode)
	serial, way, with, called := m.query.serial, m.way, m.config.Compare, m.config.Called
	return func() tea.Msg {
		if with == nil || m.config.Practice != nil {
			return routeFound{serial: serial, route: way.Route(ctx, domain.ASCII, true)}
		}
		ours, theirs := way.Compared(ctx, with, called, domain.ASCII, true)
		return routeFound{serial, ours.Route, &theirs}
	}
}

// lookUpServer asks for the addresses of a server that was named by hand.
func (m *Model) lookUpServer(server address.Server, implicit bool) tea.Cmd {
	ctx := m.newLookUp()
	m.forgetRoute()
	serial, way := m.query.serial, m.way
	return func() tea.Msg {
		var result found
		result.targets, result.failed = way.ServerTargets(ctx, server.Host, server.Port, implicit)
		return serverFound{serial, result}
	}
}

// newLookUp cancels the look-up under way and begins the count of another.
func (m *Model) newLookUp() context.Context {
	m.query.stop()
	m.query.serial++
	ctx, cancel := context.WithCancel(m.ctx)
	m.query.stop = cancel
	m.query.since, m.query.names = m.now(), false
	return ctx
}

// dial begins a conversation. The session tells by events what comes of it.
func (m *Model) dial(target probe.Target) tea.Cmd {
	s := session.New(smtp.Dialect{LMTP: target.LMTP}, m.way.Options)
	m.live, m.road.told = newLive(s, target), false
	s.Dial(session.Target{Host: target.Host, Addr: target.Addr, Implicit: target.Implicit})
	m.live.source = &source{session: s, talk: m.talk}
	return m.live.source.await()
}

// send is the one road of a line to the wire.
func (m *Model) send(out session.Outgoing) bool {
	if m.live == nil || m.live.ended {
		return false
	}
	id := m.live.session.Send(out)
	m.live.queued = max(m.live.queued, id)
	if line, ok := out.(session.Line); ok {
		m.live.hold(id, line)
	}
	return id != 0
}

// tick is the clock of the screen.
func tick() tea.Cmd {
	return tea.Tick(time.Second, func(at time.Time) tea.Msg { return ticked(at) })
}
