package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// settle asks what settles whose a silence is: other ports of the host, other
// addresses of the domain, servers known to answer. Each call is shown in the
// route pane while it happens; then the verdict says what they came to.
func (m *Model) settle(facts verdict.Facts) tea.Cmd {
	m.calls = facts.Tries
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

// controls are the servers known to answer: those of the settings, in practice
// those of the scenario.
func (m *Model) controls() []address.Server {
	if m.practice != nil {
		return m.practice.Controls()
	}
	return m.config.Controls
}
