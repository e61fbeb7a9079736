package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/conversation"
)

// levelNames are the levels of explanation, by the words that /level takes.
var levelNames = [...]string{conversation.Explain: "explain", conversation.Brief: "brief", conversation.Raw: "raw"}

// nextLevel says less beside the lines, and after the least all again.
func (m *Model) nextLevel() tea.Cmd {
	m.setLevel((m.level + 1) % conversation.Level(len(levelNames)))
	return nil
}

// slashLevel chooses a level by its name; without one the next.
func (m *Model) slashLevel(rest string) tea.Cmd {
	for level, name := range levelNames {
		if strings.EqualFold(rest, name) {
			m.setLevel(conversation.Level(level))
			return nil
		}
	}
	return m.nextLevel()
}

func (m *Model) setLevel(level conversation.Level) {
	m.level = level
	m.talk.SetLevel(level)
	m.note = m.text("level-" + levelNames[level])
}
