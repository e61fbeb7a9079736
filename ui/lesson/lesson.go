// Package lesson teaches what stands on the screen: a command before it is
// sent, a line that was said, where mail goes, or which commands there are.
//
//	RCPT TO:<address>                                 step 6 of 8, after FROM
//
//	Asks         May I send to this person, on your system?
//	Write it     RCPT TO:<jcatalaa@catium.com>     the < > belong to it
//
//	√ 250        Yes, it takes mail for this address.
//
// What a command means is kept by session/explain. The words in words/en.json
// are those that only this pane needs; they are data, to be translated.
package lesson

import (
	"ehlo/session/explain"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// subject is what a lesson is about.
type subject uint8

const (
	all   subject = iota // every command, in a line each
	verb                 // one command
	route                // where mail goes
	line                 // one line of a talk, or of the reference
)

// Route is what the lesson about where mail goes speaks of. The zero value is
// a lesson without examples.
type Route struct {
	Domain  string // "catium.com"
	Address string // the address that was typed, "" when only a domain was
	Host    string // the first mail server, "" when there is none
}

// Model is the pane. The zero value draws nothing; New makes a useful one.
type Model struct {
	theme         theme.Theme
	width, height int
	brief         bool

	subject subject
	verb    string
	route   Route
	allowed []string
	top     int

	page   explain.Page
	tries  []Try
	chosen int // -1: none
}

// New returns a pane that lists all commands.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the pane w columns and h rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetBrief chooses the short form for a side pane.
func (m *Model) SetBrief(on bool) { m.brief = on }

// Show teaches a verb, in upper case: "RCPT". One without a lesson shows all
// commands.
func (m *Model) Show(name string) {
	if m.subject != verb || m.verb != name {
		m.top = 0
	}
	m.subject, m.verb = verb, name
	if _, ok := lessonOf(name); !ok {
		m.subject = all
	}
}

// ShowRoute teaches where mail goes.
func (m *Model) ShowRoute(r Route) { m.subject, m.route, m.top = route, r, 0 }

// SetAllowed tells what may be said now, most likely first, for the short
// form: "DATA", "RCPT TO".
func (m *Model) SetAllowed(verbs []string) { m.allowed = verbs }

// Title is what the rule above a side pane says of it.
func (m Model) Title() string {
	switch titles := words().Titles; m.subject {
	case route:
		return titles.Route
	case all:
		return titles.All
	default:
		return titles.Lesson
	}
}

// Next is the verb of the next page, "" when there is none.
func (m Model) Next() string {
	lesson, _ := lessonOf(m.verb)
	if m.subject != verb || len(lesson.Next) == 0 {
		return ""
	}
	return lesson.Next[0]
}

// Rows is how many rows there are to show at the present width.
func (m Model) Rows() int { return len(m.rows()) }

// Scroll moves the page by so many rows, up when negative.
func (m *Model) Scroll(rows int) {
	m.top = page.Top(len(m.squeezed()), m.top+rows, m.height)
}

// View draws exactly the rows of SetSize.
func (m Model) View() string { return page.Window(m.squeezed(), m.top, m.width, m.height) }

// squeezed returns the rows, without the air at the top when room is short.
func (m Model) squeezed() []string {
	rows := m.rows()
	if len(rows) > m.height && len(rows) > 0 && rows[0] == "" {
		return rows[1:]
	}
	return rows
}

// rows are all rows of the page.
func (m Model) rows() []string {
	switch {
	case m.subject == route:
		return m.whereMailGoes()
	case m.subject == all:
		return m.commands()
	case m.subject == line:
		return m.ofLine()
	case m.brief:
		return m.short()
	}
	return m.whole()
}
