package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
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
		m.menu, m.digits = menuVerbs, 0
		m.sheet.Suggest(m.text("say-now"), items)
	}
	return nil
}

// verbs are the commands that begin as typed, those that come next first.
func (m *Model) verbs(typed string) (items []sheet.Item) {
	if !m.live.talking() {
		return nil
	}
	next := m.nextVerb()
	for _, lesson := range explain.Lessons() {
		if !strings.HasPrefix(lesson.Form, typed) || lesson.Verb == "." {
			continue
		}
		item := sheet.Item{Key: stem(lesson), Label: lesson.Form, Remark: lesson.Does}
		if lesson.Verb == next {
			items = slices.Insert(items, 0, item)
			continue
		}
		items = append(items, item)
	}
	return items
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
