package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/smtp"
)

// mayCome is what may come next: in the line that is typed, else in the talk.
// It stands under the prompt for as long as a line is open.
func (m *Model) mayCome() []string {
	if !m.live.talking() || m.ask != nil || m.guided.asking() || m.prompt.Token() {
		return nil
	}
	state := m.live.ahead()
	typed := strings.TrimLeft(m.prompt.Value(), " ")
	switch {
	case state.InPayload():
		return m.inLetter(state, typed)
	case m.prompt.Masked() || state.SecretNext():
		return []string{around("secret"), around("star")}
	}
	var names []string
	for _, way := range m.ways(typed).list {
		if !way.muted && way.line != typed {
			names = append(names, sanitize.Text(way.name))
		}
	}
	if lesson, ok := m.begun(typed); ok && !strings.Contains(typed, ">") && (len(names) == 0 || names[0] == nameOf(lesson)) {
		return []string{lesson.Form + " (" + lesson.Hint + ")"}
	}
	if len(names) == 0 && typed != "" {
		return []string{around("enter")}
	}
	return names
}

// begun is the lesson of the command that a line begins with, once its verb is
// whole.
func (m *Model) begun(typed string) (explain.Lesson, bool) {
	if typed == "" || strings.HasPrefix(typed, "/") {
		return explain.Lesson{}, false
	}
	return explain.LessonOf(smtp.Dialect{}.Parse(typed, m.live.ahead()).Verb)
}

// inLetter is what may come next in a message. A line that goes out otherwise
// than it is typed is shown as it goes.
func (m *Model) inLetter(state smtp.State, typed string) []string {
	switch {
	case typed == smtp.End:
		return []string{around("dot")}
	case strings.HasPrefix(m.prompt.Value(), "."):
		return []string{around("stuffed", "{line}", sanitize.Text("."+m.prompt.Value()))}
	case !state.Letter.Parted:
		return []string{around("header"), around("parting"), around("editor")}
	}
	return []string{around("text"), around("dot"), around("editor")}
}

// lead gives the row under the prompt what may come next.
func (m *Model) lead() {
	if m.sheet.IsOpen() || m.helping != nil {
		m.hints.SetLead("", nil)
		return
	}
	m.hints.SetLead(around("next"), m.mayCome())
}

// leadBehind is what may come next, behind a note of so many columns: as much
// of it as has room.
func (m *Model) leadBehind(taken int) string {
	const least = 16 // columns
	list, room := m.mayCome(), m.width-taken-1
	if m.sheet.IsOpen() || len(list) == 0 || room < least {
		return ""
	}
	text := ansi.Truncate("   "+around("next")+" "+list[0], room, "...")
	for _, name := range list[1:] {
		if ansi.StringWidth(text+", "+name) > room {
			break
		}
		text += ", " + name
	}
	return m.theme.Voice.Render(text)
}

// lineMeaning is what a line that is typed asks the server.
func (m *Model) lineMeaning(typed string) string {
	state := m.live.ahead()
	if state.InPayload() && strings.HasPrefix(typed, ".") && typed != smtp.End {
		return around("dot-means")
	}
	return explain.Typed(smtp.Dialect{LMTP: m.live.target.LMTP}.Parse(m.wireLine(typed, false), state))
}

// slashMeaning is the help for a line that is for ehlo.
func (m *Model) slashMeaning(typed string) string {
	if does := slashMeans(typed); does != "" {
		return does
	}
	return m.text("slash-means")
}
