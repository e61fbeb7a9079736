package ui

import (
	"ehlo/session/smtp"
)

// Pane is one of the panes that share the body of the screen.
type Pane int

// The panes, in the order of their tabs.
const (
	PaneTalk Pane = iota
	PaneRoute
	PaneOffers
	PaneTLS
	PaneLesson
	panes
)

var paneNames = [...]string{"Talk", "Route", "Offers", "TLS", "Lesson"}

// show opens a pane; typing stays with the prompt.
func (m *Model) show(pane Pane) {
	m.closeHelp()
	m.pane, m.study.open, m.study.page, m.fromHelp = pane, false, nil, false
	if pane != PaneRoute && m.live.talking() {
		m.dropRouteOffer()
	}
}

// nextPane opens the pane after the open one.
func (m *Model) nextPane() { m.show((m.pane + 1) % panes) }

// listed reports whether Up and Down move in a list: one is open and the
// prompt is empty or holds that list's proposal.
func (m *Model) listed() bool {
	if m.sheet.IsOpen() || !m.prompt.Empty() {
		return m.sheetHasKeys()
	}
	switch m.pane {
	case PaneOffers:
		return m.offers.Listing()
	case PaneLesson:
		return m.lesson.Listing()
	}
	return m.pane == PaneRoute && len(m.targets) > 0 && m.guided == nil
}

// choose moves in the open list; a chosen address stands ready in the prompt.
func (m *Model) choose(by int) {
	if m.sheet.IsOpen() {
		move(by, m.sheet.Up, m.sheet.Down)
		return
	}
	switch m.pane {
	case PaneOffers:
		move(by, m.offers.Up, m.offers.Down)
		return
	case PaneLesson:
		move(by, m.lesson.Up, m.lesson.Down)
		if m.prompt.Offered() {
			m.takeTry() // what is proposed follows what is chosen
		}
		return
	}
	move(by, m.route.Up, m.route.Down)
	m.offerChosen()
}

func move(by int, up, down func()) {
	if by < 0 {
		up()
		return
	}
	down()
}

// typed follows what stands in the prompt: a warning and a list of verbs are
// about one line, and go with it.
func (m *Model) typed() {
	if (m.menu == menuVerbs || m.menu == menuPaste) && m.prompt.Typed() != m.risenOver {
		m.closeSheet()
	}
	if m.menu == menuLook && m.prompt.Value() != "" {
		m.closeSheet()
	}
	if m.menu == menuWarning && m.prompt.Value() != m.warned.line {
		m.warned.line = ""
		m.closeSheet()
	}
}

// secretLine tells the prompt which lines are hidden while they are typed:
// behind a sign-in that is not answered yet, any that may belong to it.
func (m *Model) secretLine(line string) bool {
	switch {
	case m.ask != nil && m.ask.signs && m.ask.take == nil:
		return !yesOrNo(line) // a password typed ahead of the question
	case m.ask != nil:
		return m.ask.secret
	case m.menu == menuSignIn:
		return line != ""
	}
	if !m.live.talking() {
		return false
	}
	ahead := m.live.ahead()
	if m.live.state.SecretNext() || ahead.SecretNext() || ahead.SecretMayFollow() && line != "" {
		return true
	}
	return smtp.SignsIn(line)
}
