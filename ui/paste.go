package ui

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/ui/sheet"
)

// openPasted rises when several lines were pasted: nothing of them goes out
// until the user says how. Closed, the lines wait and come to the prompt one by
// one.
func (m *Model) openPasted() tea.Cmd {
	n := m.prompt.Queued()
	if n == 0 {
		m.note = around("pasted-none")
		return nil
	}
	m.open(menuPaste, around("pasted", "{n}", strconv.Itoa(n)), m.pastedItems())
	m.risenOver = m.prompt.Typed()
	return nil
}

// pastedItems are always the same entries in the same places; what is not to be
// had now says why.
func (m *Model) pastedItems() (items []sheet.Item) {
	for _, entry := range promptWords().Pasted {
		item := sheet.Item{Key: entry.Key, Label: entry.Label, Remark: entry.Remark}
		switch entry.Key {
		case "group":
			item.Remark = m.pipelining()
			fallthrough
		case "all":
			if !m.live.talking() {
				item.Muted, item.Remark = true, around("pasted-not-now")
			}
		case "edit":
			if m.prompt.PasteHidden() {
				item.Muted, item.Remark = true, around("pasted-secret")
			}
		}
		items = append(items, item)
	}
	return items
}

// pipelining says whether the server takes several commands in one write
// (RFC 2920). Who wants it sends them so all the same.
func (m *Model) pipelining() string {
	switch {
	case !m.live.talking():
		return ""
	case !m.live.ahead().Knows():
		return around("pipelining-unknown")
	case m.live.ahead().Extensions.Offers("PIPELINING"):
		return around("pipelining")
	}
	return around("no-pipelining")
}

// pickPasted does what an entry says. "One by one" is what closing the sheet
// does.
func (m *Model) pickPasted(key string) tea.Cmd {
	switch key {
	case "all":
		m.sendPasted(func(lines []session.Line) bool {
			return !slices.ContainsFunc(lines, func(line session.Line) bool { return !m.send(line) })
		})
	case "group":
		m.sendPasted(func(lines []session.Line) bool { return m.send(session.Group(lines)) })
	case "edit":
		return m.editPasted()
	case "drop":
		m.prompt.DropPasted()
		m.note = around("pasted-dropped")
	}
	return nil
}

// sendPasted hands the pasted lines over, up to the first that is worth a
// second look: that one stands in the prompt with its warning, and the others
// wait behind it.
func (m *Model) sendPasted(send func([]session.Line) bool) {
	lines := m.prompt.TakePasted()
	sound, at, held := m.soundPart(lines)
	if len(sound) > 0 && !send(sound) {
		m.prompt.SetPasted(lines)
		m.note = around("pasted-not-now")
		return
	}
	m.guided.leave(m.live.state)
	m.show(PaneTalk)
	m.note = around("pasted-sent", "{n}", strconv.Itoa(len(sound)))
	if len(held) == 0 {
		return
	}
	m.prompt.SetPasted(lines[at:])
	m.warned.line = m.prompt.Value()
	m.holdBack(held)
	m.note = around("pasted-held", "{n}", strconv.Itoa(at+1), "{all}", strconv.Itoa(len(lines)))
}

// soundPart is the beginning of some lines in which nothing is to be held, each
// judged by what is said before it; at is the first that is, and why.
func (m *Model) soundPart(lines []string) (sound []session.Line, at int, held []smtp.Doubt) {
	dialect, state := smtp.Dialect{LMTP: m.live.target.LMTP}, m.live.ahead()
	for at, line := range lines {
		if line == "" && !state.InPayload() {
			continue // what parts a recipe
		}
		if held = heldDoubts(state, line); len(held) > 0 {
			return sound, at, held
		}
		sound = append(sound, m.live.asLine(line, state))
		state = state.Ahead(dialect.Parse(line, state).Shown().Line)
	}
	return sound, len(lines), nil
}
