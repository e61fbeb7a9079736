package ui

import (
	"slices"
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/lesson"
)

// openLesson teaches a page, or with nil the line that is looked at; Esc leads
// back to where it was opened.
func (m *Model) openLesson(page *explain.Page) {
	from := m.pane
	m.show(PaneLesson)
	m.study.page, m.study.from, m.study.open = page, from, true
}

// closeLesson goes back to where the lesson was opened.
func (m *Model) closeLesson() {
	from, help := m.study.from, m.fromHelp
	m.show(from)
	if help {
		m.reopenHelp()
	}
}

// lookedPage is the page that the lesson shows: the one that was opened, else
// that of the line that is looked at.
func (m *Model) lookedPage() (explain.Page, bool) {
	if m.study.page != nil {
		return *m.study.page, true
	}
	subject, looked := m.talk.Looked()
	if !looked {
		return explain.Page{}, false
	}
	hello := subject.Command.Verb == smtp.EHLO || subject.Command.Verb == smtp.LHLO
	switch {
	case subject.Sent:
		return explain.CommandPage(subject.Command), true
	case subject.Command.Verb == "" && subject.Command.Line == "":
		return m.greetingPage(subject.Reply), true
	case hello && subject.Reply.Code == 250 && subject.First:
		return explain.HelloPage(subject.Reply, subject.Command, m.greeted(), m.host()), true
	case hello && subject.Reply.Code == 250 && !subject.First && len(subject.Line) > len("250 "):
		return explain.OfferPage(subject.Line[len("250 "):]), true
	}
	return explain.ReplyPage(subject.Reply, subject.Command), true
}

// greetingPage is the lesson of a greeting. What else is known of a server helps
// only with its own: the talk may hold those of calls before.
func (m *Model) greetingPage(greeting session.Reply) explain.Page {
	if slices.Equal(greeting.Lines, m.greeted().Lines) {
		return explain.GreetingPage(greeting, m.live.offers, m.host())
	}
	return explain.GreetingPage(greeting, nil, "")
}

// greeted is the greeting of the newest call, zero before there is one.
func (m *Model) greeted() session.Reply {
	if m.live == nil {
		return session.Reply{}
	}
	return m.live.greeted
}

// host is the name by which the server was called, "" where it has none.
func (m *Model) host() string {
	if m.live == nil {
		return ""
	}
	return m.live.target.Host
}

// sayable are lines to say next, filled in, each with why it would be no use now.
func (m *Model) sayable(lines []string) (tries []lesson.Try) {
	for _, line := range lines {
		line = m.filled(line)
		tries = append(tries, lesson.Try{Line: line, Why: m.whyNot(line)})
	}
	return tries
}

// filled puts names and addresses into a line that is ready to be said. Where no
// recipient is known it is the postmaster, whom every domain has (RFC 5321
// section 4.5.1).
func (m *Model) filled(line string) string {
	domain, to := m.about.Domain.ASCII, m.aboutMailbox()
	if to == "" {
		to = strings.TrimSuffix("postmaster@"+domain, "@")
	}
	fill := strings.NewReplacer("{hello}", m.hello(), "{from}", m.config.From, "{to}", to, "{domain}", domain)
	return strings.TrimSpace(fill.Replace(line))
}

// whyNot says why a line would be no use now, "" when it may be said.
func (m *Model) whyNot(line string) string {
	if !m.live.talking() {
		return m.text("no-line")
	}
	if m.live.connected.IsZero() || m.live.stage != "" {
		return m.text("look-greeting")
	}
	verb := smtp.Dialect{LMTP: m.live.target.LMTP}.Parse(line, m.live.state).Verb
	switch turn, first := m.live.state.TurnOf(verb); turn {
	case smtp.TooEarly:
		return m.text("look-first", "{verb}", first)
	case smtp.Already:
		return m.text("look-already")
	case smtp.NotOffered:
		return m.text("not-offered")
	case smtp.OnlyQuit:
		return around("only-quit")
	}
	return ""
}
