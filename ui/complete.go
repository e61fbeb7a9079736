package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/sheet"
)

// way is one way in which the line that is typed may go on.
type way struct {
	line   string // the line with it
	name   string // it alone, for the row under the prompt
	label  string // it in the list
	remark string // one plain sentence
	muted  bool   // not to be had now; remark says why
}

// ways are all of them, with what they have in common.
type ways struct {
	title string // of the list
	list  []way
}

// complete finishes the line that is typed. One way on is taken at once,
// several are shown.
func (m *Model) complete() tea.Cmd {
	if m.menu == menuVerbs {
		if item, ok := m.sheet.Chosen(); ok {
			return m.pick(item)
		}
	}
	found := m.ways(strings.TrimLeft(m.prompt.Typed(), " "))
	switch {
	case len(found.list) == 1 && found.list[0].line != m.prompt.Typed():
		m.prompt.SetValue(found.list[0].line)
	case len(found.list) > 1:
		m.menu, m.digits, m.risenOver = menuVerbs, 0, m.prompt.Typed()
		m.sheet.Suggest(found.title, found.items())
	case m.live.talking() && m.prompt.Typed() != "":
		m.note = around("complete")
	}
	return nil
}

// items are the rows of the list.
func (w ways) items() (items []sheet.Item) {
	for _, way := range w.list {
		items = append(items, sheet.Item{Key: way.line, Label: way.label, Remark: way.remark, Muted: way.muted})
	}
	return items
}

// ways are what a line may become: one for ehlo, a command, or a command with
// what may follow in it. A line of a message and a secret become nothing.
func (m *Model) ways(typed string) ways {
	inMessage := m.live.talking() && m.live.ahead().InPayload()
	switch {
	case m.prompt.Masked():
		return ways{}
	case strings.HasPrefix(typed, "/") && !strings.HasPrefix(typed, "//"):
		return ways{around("slashes"), m.slashes(typed)}
	case !m.live.talking() || inMessage:
		return ways{}
	}
	if list := m.addresses(typed); len(list) > 0 {
		return ways{around("known"), list}
	}
	if list := m.params(typed); len(list) > 0 {
		title := around("params")
		if strings.HasPrefix(strings.ToUpper(typed), smtp.AUTH) {
			title = around("methods")
		}
		return ways{title, list}
	}
	if list := m.names(typed); len(list) > 0 {
		return ways{around("say-now"), list}
	}
	return ways{around("say-now"), m.verbs(strings.ToUpper(typed))}
}

// params are what the server offers behind what is typed.
func (m *Model) params(typed string) (list []way) {
	for _, param := range m.live.ahead().ParamsFor(typed) {
		way := way{line: param.Line, name: param.Name, label: param.Name, remark: promptWords().Params[param.Name]}
		if says := explain.MethodWords([]string{param.Name}); way.remark == "" && len(says) > 0 {
			_, way.remark, _ = strings.Cut(says[0], ": ")
		}
		list = append(list, way)
	}
	return list
}

// names is our own name behind a hello.
func (m *Model) names(typed string) []way {
	verb, name, behind := strings.Cut(typed, " ")
	verb = strings.ToUpper(verb)
	if !behind || verb != smtp.EHLO && verb != smtp.HELO && verb != smtp.LHLO {
		return nil
	}
	if ours := m.hello(); strings.HasPrefix(ours, name) && ours != name {
		return []way{{line: verb + " " + ours, name: ours, label: ours, remark: around("your-name")}}
	}
	return nil
}

// usual are the verbs that a list of everything shows beside those that come
// next; all others, and relics, are for who types their first letter.
var usual = []string{smtp.EHLO, smtp.STARTTLS, smtp.AUTH, smtp.MAIL, smtp.RCPT, smtp.DATA, smtp.RSET}

// verbs are the commands that begin as typed: those that usually come next, in
// their order, then the others that the server takes now, then those that it
// does not, with the reason.
func (m *Model) verbs(typed string) (list []way) {
	state := m.live.ahead()
	next := state.Next()
	var others, muted []way
	for _, lesson := range explain.Lessons() {
		other := lesson.Verb == smtp.LHLO && !m.live.target.LMTP
		if other || lesson.Verb == smtp.End || !strings.HasPrefix(lesson.Form, typed) {
			continue
		}
		way := way{line: m.stem(lesson), name: nameOf(lesson), label: lesson.Form, remark: lesson.Does}
		turn, first := state.TurnOf(lesson.Verb)
		switch {
		case slices.Contains(next, lesson.Verb):
			list = append(list, way)
		case turn == smtp.InTurn && (typed != "" || slices.Contains(usual, lesson.Verb)):
			others = append(others, way)
		case turn != smtp.InTurn && (typed != "" || slices.Contains(usual, lesson.Verb)):
			way.muted, way.remark = true, whyNotNow(turn, first)
			muted = append(muted, way)
		}
	}
	slices.SortStableFunc(list, func(a, b way) int { return place(next, a) - place(next, b) })
	return slices.Concat(list, others, muted)
}

// place is where a command stands in what usually comes next.
func place(next []string, way way) int {
	verb, _, _ := strings.Cut(way.label, " ")
	return slices.Index(next, verb)
}

// whyNotNow says why a command is not to be had.
func whyNotNow(turn smtp.Turn, first string) string {
	switch turn {
	case smtp.NotOffered:
		return around("not-offered")
	case smtp.Already:
		return around("already")
	case smtp.OnlyQuit:
		return around("only-quit")
	}
	return around("too-early", "{verb}", first)
}

// stem is the part of a command that can be typed before anything is known:
// "MAIL FROM:<" of "MAIL FROM:<address>". A hello is whole, as our name is known.
func (m *Model) stem(lesson explain.Lesson) string {
	switch lesson.Verb {
	case smtp.EHLO, smtp.HELO, smtp.LHLO:
		return strings.TrimSpace(lesson.Verb + " " + m.hello())
	}
	if i := strings.IndexByte(lesson.Form, '<'); i >= 0 {
		return lesson.Form[:i+1]
	}
	if strings.Contains(lesson.Form, " ") {
		return lesson.Verb + " "
	}
	return lesson.Verb
}

// nameOf is the command as people say it: "MAIL FROM".
func nameOf(lesson explain.Lesson) string {
	name, _, _ := strings.Cut(lesson.Form, ":")
	if name == lesson.Form {
		return lesson.Verb
	}
	return name
}
