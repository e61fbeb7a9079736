package ui

import (
	"context"
	"net/netip"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// settle asks what settles whose a silence is: other ports of the host, other
// addresses of the domain, servers known to answer. Each call is shown in the
// route pane while it happens; then the verdict says what they came to.
func (m *Model) settle(facts verdict.Facts) tea.Cmd {
	m.road.calls = facts.Tries
	way := m.way
	asked := probe.Differential{Controls: m.controls(), Timeout: m.patience()}
	cmd := m.beside(true, facts, func(ctx context.Context, t *tries) {
		asked.Watch = t.watch
		way.Differential(ctx, &t.facts, asked)
	})
	if !m.guided.asking() {
		m.show(PaneRoute)
	}
	m.showTries()
	return cmd
}

// settling reports whether it is still being asked whose a silence is. The list
// of what can be done waits for that: it would lie over it.
func (m *Model) settling() bool { return m.tries.on() && m.tries.settles }

// controls are the servers known to answer: those of the settings, in practice
// those of the scenario.
func (m *Model) controls() []address.Server {
	if m.practice != nil {
		return m.practice.Controls()
	}
	return m.config.Controls
}

// wordsToPaste is the next step in full, as it may be pasted for those who have
// to act. What is blocked for this computer need not be for the mail server, so
// it says where the test ran.
func (m *Model) wordsToPaste(said verdict.Verdict, t *tries) string {
	if !t.settles || said.Who != "network" {
		return said.Next
	}
	return said.Next + " " + m.text("tested-from", "{name}", m.ourselves(t))
}

// ourselves names this computer and its address on the way to who was silent.
func (m *Model) ourselves(t *tries) string {
	name := m.hello()
	silent := verdict.Deciding(t.facts.Tries)
	if m.practice != nil || silent == nil {
		return strings.Trim(name, "[]")
	}
	ours, known := probe.LocalAddress(netip.AddrPortFrom(silent.Address, silent.Port))
	switch {
	case !known:
		return strings.Trim(name, "[]")
	case strings.HasPrefix(name, "["):
		return ours.String()
	}
	return name + " (" + ours.String() + ")"
}
