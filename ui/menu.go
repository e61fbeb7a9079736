package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/smtp"
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
	menuPaste
	menuLook
	menuSignIn
)

// back is Esc: it closes what is open, else steps back in the guide's
// questions, else opens the break menu where the prompt is empty.
func (m *Model) back() tea.Cmd {
	switch {
	case m.sheet.IsOpen():
		m.closeSheet()
		return m.goOn()
	case m.stopFinding():
	case m.helping != nil:
		m.backHelp()
	case m.ask != nil:
		m.dismiss()
		return m.goOn()
	case m.pane == PaneRoute && !m.guided.asking() && m.stopTries():
	case m.guided.asking():
		m.guideBack()
	case m.pane == PaneLesson && m.study.open:
		if !m.dropOffer() {
			m.closeLesson()
		}
	case m.pane == PaneTalk && m.stopLooking():
	case m.pane != PaneTalk && m.live.talking() && !m.live.connected.IsZero():
		m.show(PaneTalk)
	case m.prompt.Offered() && m.listed():
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
		return m.goOn()
	}
	m.openBreak()
	return nil
}

func (m *Model) closeSheet() {
	m.sheet.Close()
	m.menu, m.warned.line, m.risenOver = menuNone, "", ""
}

func (m *Model) open(what menu, title string, items []sheet.Item) {
	m.menu, m.digits = what, len(items)
	m.sheet.Open(title, items)
}

// openBreak rises with what can be done while a server is silent.
func (m *Model) openBreak() {
	m.open(menuBreak, m.text(m.breakTitle()), m.breakItems())
	m.risenOver = m.prompt.Typed()
}

// sheetHasKeys reports whether digits, arrows and Enter are for the open
// sheet: while nothing is typed; and in the break menu and the list of verbs,
// which were opened on purpose, for as long as the line over which they rose is
// as it was.
func (m *Model) sheetHasKeys() bool {
	asked := m.menu == menuBreak || m.menu == menuVerbs || m.menu == menuPaste || m.menu == menuSignIn
	return m.sheet.IsOpen() && (m.prompt.Empty() || asked && m.prompt.Typed() == m.risenOver)
}

func (m *Model) breakTitle() string {
	switch {
	case !m.query.since.IsZero():
		return "break-looking"
	case m.tries.on() && !m.live.talking():
		return "break-trying"
	case m.live.talking() && m.live.connected.IsZero():
		return "break-calling"
	case m.live.talking():
		return "break-open"
	}
	return "break-idle"
}

// breakItems are always the same entries in the same places, so that a digit
// means the same whenever it is pressed; what is not to be had now says why.
func (m *Model) breakItems() []sheet.Item {
	looking, inBody := !m.query.since.IsZero(), m.live.pouring()
	trying := !looking && m.tries.on()
	waiting := looking || trying || inBody || m.live.talking() && (m.live.waiting.on || m.live.stage != "")
	items := []sheet.Item{
		m.entry("keep", waiting, "nothing-awaited"),
		m.entry("stop", waiting && (looking || trying || !inBody), m.whyNotStop(inBody)),
		m.entry("again", looking || m.live != nil, "no-line"),
		m.entry("hang-up", looking || m.live.talking(), "no-line"),
		m.entry("status", m.live.talking() && !m.live.connected.IsZero(), "no-line"),
		m.entry("guide", true, ""),
		m.entry("quit", true, ""),
		m.entry("look", m.live.idle(), ""),
	}
	if look := &items[len(items)-1]; look.Muted {
		look.Remark = m.whyNotLook()
	}
	if n := m.replayable(); n > 0 {
		items[2].Remark = m.text("again-lines", "{lines}", m.lines(n))
	}
	if ends, closes := stopCloses[m.stageNow()]; closes {
		items[1].Remark = m.text(ends)
	}
	if looking {
		items[1].Remark, items[2].Remark = m.text("look-up-ends"), m.text("look-up-again")
	}
	if trying {
		items[1].Remark = m.text("tries-end")
	}
	if looking && !m.live.talking() {
		items[3].Remark = m.text("look-up-ends")
	}
	return items
}

// stopCloses are the stages at which stopping the wait closes the line, and the
// words that say so.
var stopCloses = map[session.Stage]string{
	session.StageConnect: "call-ends", session.StageGreeting: "greeting-ends", session.StageTLS: "handshake-ends",
}

// stageNow is the stage that the conversation is at, "" in mid-session.
func (m *Model) stageNow() session.Stage {
	if !m.live.talking() {
		return ""
	}
	return m.live.stage
}

func (m *Model) whyNotStop(inBody bool) string {
	if inBody {
		return "half-said"
	}
	return "nothing-awaited"
}

// whyNotLook says why nothing can be tried on the line now.
func (m *Model) whyNotLook() string {
	if !m.live.talking() {
		return m.text("no-line")
	}
	turn, _ := m.live.state.TurnOf(smtp.NOOP)
	switch {
	case m.live.state.InPayload() || m.live.pouring():
		return m.text("half-said")
	case turn == smtp.OnlyQuit:
		return around("look-turned-away")
	case !m.live.state.Greeted:
		return around("look-greeting")
	}
	return around("look-busy")
}

// entry is one row of the break menu: its own remark, or why not now.
func (m *Model) entry(key string, now bool, whyNot string) sheet.Item {
	row := words().Sheets["break."+key]
	item := sheet.Item{Key: key, Label: row.Label, Remark: row.Remark, Muted: !now}
	if !now {
		item.Remark = ""
		if whyNot != "" {
			item.Remark = m.text(whyNot)
		}
	}
	return item
}

// pickDigit acts on a digit while a sheet is open.
func (m *Model) pickDigit(r rune) (tea.Cmd, bool) {
	if r < '0' || r > '9' || m.digits == 0 {
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
	if item.Muted && what != menuVerbs {
		m.note = around("not-to-be-had", "{what}", item.Label, "{why}", strings.TrimSuffix(item.Remark, "."))
		return nil
	}
	switch what {
	case menuBreak:
		return tea.Batch(m.pickBreak(item.Key), m.goOn())
	case menuVerbs:
		m.prompt.SetValue(item.Key)
	case menuPaste:
		return m.pickPasted(item.Key)
	case menuLook:
		m.pickLook(item.Key)
	case menuSignIn:
		return m.pickSignIn(item.Key)
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
	case "look":
		m.openLook()
	}
	return nil
}
