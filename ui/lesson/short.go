package lesson

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
)

// between is what stands between the verbs that may be said now.
const between = "   "

// short is the lesson of a verb in a side pane, and what may be said now.
func (m Model) short() []string {
	about, ok := words().Verbs[m.verb]
	if !ok {
		lesson, _ := lessonOf(m.verb)
		about.Text = strings.NewReplacer("{form}", lesson.Form, "{asks}", lesson.Asks).Replace(words().Asks)
	}
	rows := append([]string{""}, m.wrapped(about.Text, 0, m.theme.Voice)...)
	if about.Guided {
		rows = append(rows, "")
		rows = append(rows, m.wrapped(words().Guided, 0, m.theme.Voice)...)
	}
	if len(m.allowed) == 0 {
		return rows
	}
	rows = append(rows, "")
	rows = append(rows, m.wrapped(words().Now, 0, m.theme.Muted)...)
	return append(rows, m.sayable()...)
}

// sayable lists what may be said now; no verb is broken.
func (m Model) sayable() []string {
	var rows []string
	row := ""
	for _, verb := range m.allowed {
		verb = sanitize.Text(verb)
		switch {
		case row == "":
			row = verb
		case ansi.StringWidth(row+between+verb) <= m.width:
			row += between + verb
		default:
			rows = append(rows, m.theme.Sent.Render(row))
			row = verb
		}
	}
	return append(rows, m.theme.Sent.Render(row))
}

// whereMailGoes is the lesson beside the Route.
func (m Model) whereMailGoes() []string {
	text, margin := words().Route, m.margin()
	var rows []string
	for _, paragraph := range text.Text {
		rows = append(rows, "")
		rows = append(rows, m.wrapped(paragraph, margin, m.theme.Voice)...)
	}
	if m.route.Domain != "" {
		rows = append(rows, "")
		rows = append(rows, m.wrapped(text.Hand, margin, m.theme.Muted)...)
		command := strings.ReplaceAll(text.Command, "{domain}", m.route.Domain)
		rows = append(rows, m.wrapped(command, margin+2, m.theme.Sent)...)
	}
	if say := known(m.route.Host); say != "" {
		rows = append(rows, "")
		rows = append(rows, m.wrapped(text.Known, margin, m.theme.Muted)...)
		rows = append(rows, m.wrapped(say, margin+2, m.theme.Voice)...)
	}
	return append(rows, m.onward()...)
}

// onward says what comes next, once there is a server.
func (m Model) onward() []string {
	if m.route.Host == "" {
		return nil
	}
	next := words().Route.Connect
	if m.route.Address != "" {
		next = strings.ReplaceAll(words().Route.Next, "{address}", m.route.Address)
	}
	return append([]string{""}, m.wrapped(next, m.margin(), m.theme.Voice)...)
}
