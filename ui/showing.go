package ui

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/transcript"
	"ehlo/ui/conversation"
)

// How the talk is shown: which side, which times, as text or bytes; and what is
// taken from it.

// sides and times are what /side and /times take.
var (
	sides = map[string]transcript.Side{"all": transcript.All, "ours": transcript.Ours, "theirs": transcript.Theirs}
	times = map[string]conversation.Times{"took": conversation.Took, "clock": conversation.Clock, "since": conversation.Since}
)

// slashSide shows the lines of one side, or all.
func (m *Model) slashSide(rest string) tea.Cmd {
	side, known := sides[strings.ToLower(rest)]
	if !known {
		m.note = m.text("side-which")
		return nil
	}
	m.show(PaneTalk)
	m.talk.SetSide(side)
	m.note = m.text("side-" + strings.ToLower(rest))
	return nil
}

// slashTimes chooses the times at the right.
func (m *Model) slashTimes(rest string) tea.Cmd {
	shown, known := times[strings.ToLower(rest)]
	if !known {
		m.note = m.text("times-which")
		return nil
	}
	m.show(PaneTalk)
	m.talk.SetTimes(shown)
	return nil
}

// slashHex shows the bytes of the lines, or their text again.
func (m *Model) slashHex(string) tea.Cmd {
	m.hex = !m.hex
	m.show(PaneTalk)
	m.talk.SetHex(m.hex)
	return nil
}

// slashMouse gives the mouse to the terminal, to select text with, or takes it
// back, for the wheel.
func (m *Model) slashMouse(string) tea.Cmd {
	m.mouseless = !m.mouseless
	if m.mouseless {
		m.note = m.text("mouse-off")
		return tea.DisableMouse
	}
	m.note = m.text("mouse-on")
	return tea.EnableMouseCellMotion
}

// nextRefusal looks at the reply before that said no; after the oldest the
// newest again.
func (m *Model) nextRefusal() {
	m.show(PaneTalk)
	if m.talk.Refusal(-1) {
		return
	}
	m.talk.LookAway()
	if !m.talk.Refusal(-1) {
		m.note = m.text("refusal-none")
	}
}

// copyTalk sends the lines that are marked, else the one that is looked at, to
// the clipboard of the terminal.
func (m *Model) copyTalk() {
	text, lines, whole := m.talk.Copied()
	switch {
	case lines == 0:
		m.note = m.text("copy-what")
		return
	case !whole:
		m.note = m.text("copy-part", "{n}", strconv.Itoa(lines))
	case lines == 1:
		m.note = m.text("copy-one")
	default:
		m.note = m.text("copy-lines", "{n}", strconv.Itoa(lines))
	}
	m.toClipboard(text)
}

// click looks at the line of the talk that was clicked.
func (m *Model) click(msg tea.MouseMsg) {
	if msg.Action != tea.MouseActionPress || m.pane != PaneTalk || m.helping != nil || m.guided.asking() || m.layout.TooSmall {
		return
	}
	body := m.layout.Body
	if msg.X >= body.X && msg.X < body.X+body.W && msg.Y >= body.Y && msg.Y < body.Y+body.H-m.layout.Sheet.H {
		m.talk.LookAtRow(msg.Y - body.Y)
	}
}
