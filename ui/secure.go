package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/smtp"
)

// encrypt offers STARTTLS where it can be said, and shows what is known of the
// encryption.
func (m *Model) encrypt() tea.Cmd {
	m.show(PaneTLS)
	if m.live.talking() && !m.live.state.Secure && m.live.state.Extensions.Offers(smtp.STARTTLS) {
		m.prompt.Offer(smtp.STARTTLS, m.now())
	}
	return nil
}

// encrypted notes a layer: the plan of the guide needs it, and a line to the
// same server is never led in clear again.
func (m *Model) encrypted() {
	if m.secured == nil {
		m.secured = make(map[string]bool)
	}
	m.secured[serverName(m.live)] = true
	m.planEncrypted()
}

// planEncrypted tells the plan of the guide what is known of the layer.
func (m *Model) planEncrypted() {
	if m.guided.talks() && m.live.encrypted != nil {
		m.guided.plan = m.guided.plan.Encrypted(*m.live.encrypted)
	}
}

// policyFor is how much encryption a plan wants of a server: where a line to it
// was encrypted before, somebody between must not be able to take that away.
func (m *Model) policyFor(target probe.Target, policy script.Policy) script.Policy {
	auto := policy == script.Auto || policy == ""
	if auto && !target.Implicit && m.secured[serverName(&live{target: target})] {
		return script.StartTLS
	}
	return policy
}
