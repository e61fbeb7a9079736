package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/script"
	"ehlo/ui/sheet"
)

// menu is what the open sheet is for.
type menu int

const (
	menuNone menu = iota
	menuBreak
	menuWarning
	menuVerbs
	menuResult
	menuWords
)

// back is Esc: it closes what is open, else steps back in the guide's
// questions, else opens the break menu where the prompt is empty.
func (m *Model) back() tea.Cmd {
	switch {
	case m.sheet.IsOpen():
		m.closeSheet()
	case m.ask != nil:
		m.ask.no(m)
	case m.guided.asking():
		m.guideBack()
	case m.pane != PaneTalk && m.live.talking():
		m.show(PaneTalk)
	case m.prompt.Offered() && !m.live.talking():
		m.prompt.Offer("", m.now())
	case m.prompt.Empty():
		m.openBreak()
	}
	return nil
}

// toggleBreak opens the break menu, or closes it.
func (m *Model) toggleBreak() tea.Cmd {
	if m.menu == menuBreak {
		m.closeSheet()
		return nil
	}
	m.openBreak()
	return nil
}

func (m *Model) closeSheet() {
	m.sheet.Close()
	m.menu, m.held = menuNone, ""
}

func (m *Model) open(what menu, title string, items []sheet.Item) {
	m.menu, m.digits = what, len(items)
	m.sheet.Open(title, items)
}

// openBreak rises with what can be done while a server is silent.
func (m *Model) openBreak() {
	m.open(menuBreak, m.text(m.breakTitle()), m.breakItems())
}

func (m *Model) breakTitle() string {
	switch {
	case m.live.talking():
		return "break-open"
	case !m.looking.IsZero():
		return "break-looking"
	}
	return "break-idle"
}

// breakItems are the entries that make sense where the talk stands.
func (m *Model) breakItems() []sheet.Item {
	waiting := !m.looking.IsZero() || m.live.talking() && (m.live.waiting.on || m.live.stage != "")
	var keys []string
	if waiting {
		keys = append(keys, "keep", m.stopEntry())
	}
	if m.live != nil {
		keys = append(keys, "again")
	}
	if m.live.talking() {
		keys = append(keys, "hang-up", "status")
	}
	keys = append(keys, "guide", "quit")
	return m.items("break", keys)
}

// stopEntry is "stop waiting", or inside a message the word that it is not to
// be had there.
func (m *Model) stopEntry() string {
	if m.live.talking() && m.live.body != nil {
		return "stop-in-message"
	}
	return "stop"
}

// items makes the entries of a sheet from the words of the screen.
func (m *Model) items(sheetName string, keys []string) []sheet.Item {
	items := make([]sheet.Item, 0, len(keys))
	for _, key := range keys {
		words := words().Sheets[sheetName+"."+key]
		items = append(items, sheet.Item{Key: key, Label: words.Label, Remark: words.Remark})
	}
	return items
}

// pickDigit acts on a digit while a sheet is open.
func (m *Model) pickDigit(r rune) (tea.Cmd, bool) {
	if r < '0' || r > '9' {
		return nil, false
	}
	item, ok := m.sheet.ByDigit(int(r - '0'))
	if !ok {
		return nil, true
	}
	return m.pick(item), true
}

// pickable reports whether Enter takes a row of the open list.
func (m *Model) pickable() bool {
	_, chosen := m.sheet.Chosen()
	return chosen && m.menu != menuWarning
}

func (m *Model) pickChosen() tea.Cmd {
	item, _ := m.sheet.Chosen()
	return m.pick(item)
}

// pick does what an entry of the open sheet says.
func (m *Model) pick(item sheet.Item) tea.Cmd {
	what := m.menu
	m.closeSheet()
	switch what {
	case menuBreak:
		return m.pickBreak(item.Key)
	case menuVerbs:
		m.prompt.SetValue(item.Key)
	case menuResult:
		return m.pickResult(script.Action(item.Key))
	}
	return nil
}

func (m *Model) pickBreak(key string) tea.Cmd {
	switch key {
	case "stop":
		m.stopWaiting()
	case "again":
		return m.again()
	case "hang-up":
		m.hangUp()
	case "status":
		m.tellStatus()
	case "guide":
		return m.startGuide()
	case "quit":
		return m.askQuit()
	}
	return nil
}
