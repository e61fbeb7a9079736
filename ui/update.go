package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/prompt"
)

// Update routes one message. Every case is one line: what a message means
// stands in the file of its subject.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.KeyMsg:
		cmd = m.press(msg)
	case tea.MouseMsg:
		m.wheel(msg)
	case ticked:
		cmd = m.ticked()
	case practiceReady:
		cmd = m.practiceStands(msg)
	case routeFound:
		m.routeCame(msg)
	case namesFound:
		m.namesCame(msg)
	case tried:
		cmd = m.triesMoved(msg)
	case serverFound:
		cmd = m.serverCame(msg)
	case editorReady:
		cmd = m.runEditor(msg)
	case edited:
		cmd = m.editorEnded(msg)
	case remembered:
		m.line().Remember(msg...)
	case daneFound:
		m.daneCame(msg)
	case chainSaved:
		m.chainKept(msg)
	case leftFound:
		m.offerLeft(msg)
	case recalled:
		m.recallEnded(msg)
	case dropped:
		m.leftDropped(msg)
	case sought:
		m.cameUpon(msg)
	case heard:
		cmd = m.hear(msg)
	}
	m.arrange()
	return m, cmd
}

// updatePrompt lets the prompt take a message.
func (m *Model) updatePrompt(msg tea.Msg) (sent *prompt.Submit) {
	m.prompt, sent = m.prompt.Update(msg, m.now())
	return sent
}

// wheel scrolls the conversation from anywhere; a click looks at a line.
func (m *Model) wheel(msg tea.MouseMsg) {
	const step = 3
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		m.talk.ScrollUp(step)
	case tea.MouseButtonWheelDown:
		m.talk.ScrollDown(step)
	case tea.MouseButtonLeft:
		m.click(msg)
	}
}

// resize takes the size of the terminal.
func (m *Model) resize(w, h int) {
	m.width, m.height = w, h
}
