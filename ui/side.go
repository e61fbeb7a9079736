package ui

import (
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/lesson"
	"ehlo/ui/rule"
)

// sideParts is what the side pane stacks beside an open pane: the others, as
// far as there is room.
func (m *Model) sideParts() []Pane {
	switch {
	case m.pane == PaneRoute && !m.live.talking():
		return []Pane{PaneLesson}
	case m.pane == PaneLesson:
		return []Pane{PaneRoute, PaneOffers}
	}
	return []Pane{PaneRoute, PaneOffers, PaneLesson}
}

// sideTitle is the name in the upper rule above the side pane.
func (m *Model) sideTitle() string {
	return m.paneTitle(m.sideParts()[0])
}

func (m *Model) paneTitle(pane Pane) string {
	if pane == PaneLesson {
		return m.lesson.Title()
	}
	return paneNames[pane]
}

// side draws the stacked panes in the width of the side.
func (m *Model) side() (rows []string) {
	w, room := m.layout.Side.W, m.layout.Side.H
	for i, pane := range m.sideParts() {
		if i > 0 {
			rows = append(rows, "", rule.Sheet(m.theme, m.paneTitle(pane), w))
		}
		left := room - len(rows)
		if left < 3 {
			return rows[:min(len(rows), room)]
		}
		rows = append(rows, m.brief(pane, w, left)...)
	}
	return rows[:min(len(rows), room)]
}

// brief draws one pane in its short form, as high as it needs.
func (m *Model) brief(pane Pane, w, most int) []string {
	switch pane {
	case PaneRoute:
		p := m.route
		p.SetBrief(true)
		p.SetSize(w, 1)
		p.SetSize(w, min(most, p.Rows()))
		return split(p.View())
	case PaneOffers:
		p := m.offers
		p.SetBrief(true)
		p.SetSize(w, 1)
		p.SetSize(w, min(most, p.Rows()))
		return split(p.View())
	}
	p := m.lesson
	p.SetBrief(true)
	p.SetSize(w, most)
	return split(strings.TrimRight(p.View(), "\n "))
}

// sizePanes gives the panes that fill the body their room.
func (m *Model) sizePanes(w, h int) {
	m.route.SetSize(w, h)
	m.offers.SetSize(w, h)
	m.crypt.SetSize(w, h)
	m.lesson.SetSize(w, h)
	m.teach()
}

// teach shows the lesson of what is typed, else of what comes next.
func (m *Model) teach() {
	if page, looked := m.lookedPage(); looked && (m.study.page != nil || m.prompt.Typed() == "") {
		m.lesson.ShowPage(page, m.sayable(page.Try))
		return
	}
	if !m.live.talking() {
		m.lesson.ShowRoute(lesson.Route{})
		return
	}
	verb := smtp.Dialect{}.Parse(m.prompt.Value(), m.live.state).Verb
	if _, known := explain.LessonOf(verb); !known || m.prompt.Masked() {
		verb = m.nextVerb()
	}
	m.lesson.Show(verb)
	m.lesson.SetAllowed(m.live.state.Next())
}

// nextVerb is the command that usually comes next.
func (m *Model) nextVerb() string {
	if next := m.live.state.Next(); len(next) > 0 {
		return next[0]
	}
	return smtp.EHLO
}

// rungs is the ladder of the talk, or that of one that has not begun.
func (m *Model) rungs() session.Ladder {
	if m.live == nil {
		return smtp.Dialect{}.Start().Ladder()
	}
	return m.live.state.Ladder()
}
