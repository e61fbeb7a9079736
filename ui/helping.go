package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
	"ehlo/ui/help"
)

// openHelp opens the page of keys and commands, or closes it.
func (m *Model) openHelp() tea.Cmd {
	m.helping = !m.helping
	if m.helping {
		m.help.SetSections(m.helpSections())
	}
	return nil
}

// helpSections are built from the very bindings that are matched.
func (m *Model) helpSections() []help.Section {
	commands := help.Section{Title: m.text("help-commands")}
	for _, lesson := range explain.Lessons() {
		commands.Rows = append(commands.Rows, help.Row{Name: lesson.Form, Does: lesson.Does})
	}
	slashes := help.Section{Title: m.text("help-slashes")}
	for _, line := range words().Slashes {
		slashes.Rows = append(slashes.Rows, help.Row{Name: line.Name, Does: line.Does})
	}
	return []help.Section{
		{Title: m.text("help-keys"), Rows: told(bound(m.keys.All()))},
		{Title: m.text("help-prompt"), Rows: bound(m.prompt.Keys.All())},
		slashes,
		commands,
	}
}

// bound are the rows of bindings that are in force.
func bound(bindings []key.Binding) (rows []help.Row) {
	for _, binding := range bindings {
		if words := binding.Help(); binding.Enabled() && words.Key != "" {
			rows = append(rows, help.Row{Name: words.Key, Does: words.Desc})
		}
	}
	return rows
}

// told puts more words beside the keys whose hint is a single one.
func told(rows []help.Row) []help.Row {
	for i, row := range rows {
		if more := words().Keys[row.Name]; more != "" {
			rows[i].Does = more
		}
	}
	return rows
}

// scrollPage moves what is open by about a page.
func (m *Model) scrollPage(down bool) {
	rows := max(1, m.layout.Body.H-2)
	switch {
	case m.helping && down:
		m.help.Scroll(rows)
	case m.helping:
		m.help.Scroll(-rows)
	case down:
		m.talk.PageDown()
	default:
		m.talk.PageUp()
	}
}
