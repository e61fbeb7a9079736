package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/practice"
)

// startBuiltIn changes over to the built-in servers, as "practice" typed at the
// start does.
func (m *Model) startBuiltIn() tea.Cmd {
	if m.practice != nil {
		m.greet()
		return nil
	}
	scenario, ok := practice.Find(practice.First)
	if !ok {
		return nil
	}
	m.config.Practice = &scenario
	m.greet()
	return startPractice(m.ctx, scenario)
}
