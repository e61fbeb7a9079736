package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/sheet"
)

// complete finishes the verb that is typed: what is allowed now first. One way
// on is taken at once, several are shown.
func (m *Model) complete() tea.Cmd {
	if m.menu == menuVerbs {
		if item, ok := m.sheet.Chosen(); ok {
			return m.pick(item)
		}
	}
	typed := strings.ToUpper(strings.TrimLeft(m.prompt.Typed(), " "))
	items := m.verbs(typed)
	switch len(items) {
	case 0:
	case 1:
		m.prompt.SetValue(items[0].Key)
	default:
		m.menu, m.digits, m.risenOver = menuVerbs, 0, m.prompt.Typed()
		m.sheet.Suggest(m.text("say-now"), items)
	}
	return nil
}

// verbs are the commands that begin as typed: those that the server takes now,
// in the order in which they usually come, then the others.
func (m *Model) verbs(typed string) (items []sheet.Item) {
	if !m.live.talking() {
		return nil
	}
	next := m.live.state.Next()
	lessons := explain.Lessons()
	slices.SortStableFunc(lessons, func(a, b explain.Lesson) int {
		return cmp.Compare(place(next, a.Verb), place(next, b.Verb))
	})
	for _, lesson := range lessons {
		other := lesson.Verb == smtp.LHLO && !m.live.target.LMTP
		if other || lesson.Verb == smtp.End || !strings.HasPrefix(lesson.Form, typed) {
			continue
		}
		items = append(items, sheet.Item{
			Key: stem(lesson), Label: lesson.Form, Remark: lesson.Does, Muted: place(next, lesson.Verb) == len(next),
		})
	}
	return items
}

// place is where a verb stands in what may be said now, behind all when it
// does not.
func place(next []string, verb string) int {
	if i := slices.Index(next, verb); i >= 0 {
		return i
	}
	return len(next)
}

// stem is the part of a command that can be typed before anything is known:
// "MAIL FROM:<" of "MAIL FROM:<address>".
func stem(lesson explain.Lesson) string {
	if i := strings.IndexByte(lesson.Form, '<'); i >= 0 {
		return lesson.Form[:i+1]
	}
	if strings.Contains(lesson.Form, " ") {
		return lesson.Verb + " "
	}
	return lesson.Verb
}
