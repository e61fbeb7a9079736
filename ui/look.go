package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/sheet"
)

// Looking around: with nothing typed, arrows, Enter, Esc and digits lead from
// the route to a server, through its talk line by line, its keywords, their
// lessons, and what may be tried without harm, and back. No letter is needed,
// and nothing is sent but what stands in the prompt when Enter is pressed.

// free reports whether arrows and Enter are for the panes: nothing is typed or
// offered, nothing is asked, nothing lies over the pane.
func (m *Model) free() bool {
	return m.prompt.Value() == "" && m.ask == nil && !m.sheet.IsOpen() && !m.guided.asking() && m.helping == nil && !m.mustSay()
}

// mustSay reports whether an empty line is one to be said: a line of a message,
// or the answer to a challenge.
func (m *Model) mustSay() bool {
	return m.live.talking() && (m.live.state.InPayload() || m.live.state.SecretNext())
}

// pressLook takes the keys that lead around.
func (m *Model) pressLook(msg tea.KeyMsg) (tea.Cmd, bool) {
	if !m.free() {
		return nil, false
	}
	_, looked := m.talk.Looked()
	switch {
	case key.Matches(msg, m.keys.PaneLeft):
		m.turn(panes - 1)
	case key.Matches(msg, m.keys.PaneRight):
		m.turn(1)
	case m.pane == PaneTalk && key.Matches(msg, m.keys.Newer):
		m.talk.Walk(1)
	case m.pane == PaneTalk && looked && key.Matches(msg, m.keys.Older):
		m.talk.Walk(-1)
	case msg.Type == tea.KeyEnter:
		return nil, m.lookCloser()
	default:
		return nil, false
	}
	return nil, true
}

// turn opens the pane so many tabs further.
func (m *Model) turn(by Pane) { m.show((m.pane + by) % panes) }

// lookCloser is Enter with nothing typed: the lesson of what is chosen, else
// what may be tried. It reports false where Enter has another meaning.
func (m *Model) lookCloser() bool {
	_, looked := m.talk.Looked()
	switch {
	case m.pane == PaneTalk && looked:
		m.openLesson(nil)
	case m.pane == PaneOffers && m.offers.Listing():
		m.lookAtOffer()
	case m.pane == PaneLesson && m.lesson.Listing():
		m.takeTry()
	case m.live.idle() && !m.guided.talks():
		m.openLook()
	default:
		return false
	}
	return true
}

// lookAtOffer opens the lesson of the chosen keyword; none yet is the first.
func (m *Model) lookAtOffer() {
	line, chosen := m.offers.Chosen()
	if !chosen {
		m.offers.Down()
		return
	}
	page := explain.OfferPage(line)
	m.openLesson(&page)
}

// takeTry puts the line that was chosen in a lesson into the prompt; Enter sends
// it. None yet is the first.
func (m *Model) takeTry() {
	try, chosen := m.lesson.Chosen()
	if !chosen {
		m.lesson.Down()
		return
	}
	m.prompt.Offer(try.Line, m.now())
}

// lookVerbs are what may be tried without harm, in the order of the sheet.
var lookVerbs = [...]string{smtp.EHLO, smtp.STARTTLS, smtp.HELP, smtp.NOOP, smtp.VRFY, smtp.RSET, smtp.QUIT}

// openLook raises what may be tried without harm, and the ways to look closer.
func (m *Model) openLook() {
	var items []sheet.Item
	for _, verb := range lookVerbs {
		if verb == smtp.EHLO && m.live.target.LMTP {
			verb = smtp.LHLO
		}
		known, _ := explain.LessonOf(verb)
		for _, try := range m.sayable(explain.Ready(verb)) {
			item := sheet.Item{Key: try.Line, Label: try.Line, Remark: known.Does}
			if try.Why != "" {
				item.Muted, item.Remark = true, try.Why
			}
			items = append(items, item)
		}
	}
	items = append(items,
		sheet.Item{Key: "talk", Label: m.text("look-talk"), Remark: m.text("look-talk-more")},
		sheet.Item{Key: "offers", Label: m.text("look-offers"), Remark: m.text("look-offers-more")})
	m.open(menuLook, m.text("look"), items)
}

// pickLook goes where a row of the sheet leads, or puts its line into the
// prompt.
func (m *Model) pickLook(what string) {
	switch what {
	case "talk":
		m.show(PaneTalk)
		m.talk.Walk(-1)
	case "offers":
		m.show(PaneOffers)
		m.offers.Down()
	default:
		m.prompt.Offer(what, m.now())
	}
}

// slashLook is the third twin.
func (m *Model) slashLook(string) tea.Cmd {
	if m.live.talking() && !m.mustSay() {
		m.openLook()
		return nil
	}
	m.note = m.text("status-none")
	return nil
}

// stopLooking looks at no line of the talk any more, and reports whether one was
// looked at.
func (m *Model) stopLooking() bool {
	_, looked := m.talk.Looked()
	if looked {
		m.talk.LookAway()
	}
	return looked
}

// dropOffer takes an untouched offer out of the prompt, and reports whether
// there was one.
func (m *Model) dropOffer() bool {
	offered := m.prompt.Offered()
	if offered {
		m.prompt.Offer("", m.now())
	}
	return offered
}

// lookHints are the keys of a talk while nothing is typed.
func (m *Model) lookHints() []key.Binding {
	if _, looked := m.talk.Looked(); looked {
		return m.keys.Walking("its lesson")
	}
	return m.keys.Looking()
}
