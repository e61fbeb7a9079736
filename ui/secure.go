package ui

import (
	tea "github.com/charmbracelet/bubbletea"

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
