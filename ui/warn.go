package ui

import (
	"strings"

	"ehlo/session/smtp"
	"ehlo/ui/sheet"
)

// warn looks at a line before it goes out and reports whether it is held back
// with a warning. A warning never forbids: the same line again goes out as
// typed. RFC 5321 section 4.1.1.1 wants a domain or an address literal after
// EHLO; the how-to's own example had a blank in it.
func (m *Model) warn(line string) bool {
	if m.live.state.InPayload() || m.live.state.SecretNext() {
		return false
	}
	command := smtp.Dialect{}.Parse(line, m.live.state)
	if command.Verb != smtp.EHLO && command.Verb != smtp.HELO || !strings.ContainsAny(command.Arg, " \t") {
		return false
	}
	better := command.Verb + " " + m.hello()
	m.menu, m.better = menuWarning, better
	m.sheet.Warn(m.text("not-sent"), []string{
		m.text("warn-space", "{name}", command.Arg),
		m.text("warn-space-more", "{hello}", m.hello()),
	}, []sheet.Item{
		{Key: "1", Label: better},
		{Key: "Enter", Label: m.text("warn-send")},
		{Key: "Esc", Label: m.text("warn-edit")},
	})
	return true
}

// takeBetter puts the better line into the prompt, for Enter to send.
func (m *Model) takeBetter() {
	better := m.better
	m.closeSheet()
	m.prompt.SetValue(better)
}
