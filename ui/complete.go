package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/address"
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
	items := m.ways(strings.TrimLeft(m.prompt.Typed(), " "))
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

// ways are what a line may become: one for ehlo, one with an address that was
// used before, or a command.
func (m *Model) ways(typed string) []sheet.Item {
	if strings.HasPrefix(typed, "/") {
		return m.slashes(typed)
	}
	if items := m.addresses(typed); len(items) > 0 {
		return items
	}
	return m.verbs(strings.ToUpper(typed))
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
		item := sheet.Item{Key: stem(lesson), Label: lesson.Form, Remark: lesson.Does}
		if place(next, lesson.Verb) == len(next) {
			item.Muted, item.Remark = true, m.whyNotNow(lesson.Verb)
		}
		items = append(items, item)
	}
	return items
}

// whyNotNow says why a command is not to be had: the server does not list it,
// or it is not its turn.
func (m *Model) whyNotNow(verb string) string {
	offers := m.live.state.Extensions
	if (verb == smtp.STARTTLS || verb == smtp.AUTH) && m.live.state.Hello != "" && !offers.Offers(verb) {
		return m.text("not-offered")
	}
	return m.text("not-now")
}

// addresses are those used before that begin as typed behind a <.
func (m *Model) addresses(typed string) (items []sheet.Item) {
	open := strings.LastIndexByte(typed, '<')
	if open < 0 || strings.IndexByte(typed[open:], '>') >= 0 {
		return nil
	}
	used := append([]string{m.aboutMailbox(), m.config.From}, m.usedAddresses()...)
	slices.Sort(used)
	for _, known := range slices.Compact(used) {
		if strings.HasPrefix(known, typed[open+1:]) && known != "" {
			items = append(items, sheet.Item{Key: typed[:open+1] + known + ">", Label: known})
		}
	}
	return items
}

// usedAddresses are those of the envelope of the talk.
func (m *Model) usedAddresses() []string {
	if m.live == nil {
		return nil
	}
	return append([]string{m.live.state.Sender}, m.live.recipients...)
}

// aboutMailbox is the address that the screen is about, "" for a domain.
func (m *Model) aboutMailbox() string {
	if m.about.Kind != address.KindMailbox {
		return ""
	}
	return m.about.To.String()
}

// slashes are the lines for ehlo that begin as typed.
func (m *Model) slashes(typed string) (items []sheet.Item) {
	for _, line := range words().Slashes {
		word, _, _ := strings.Cut(line.Name, " ")
		if _, known := slashCommands[word]; known && strings.HasPrefix(word, typed) {
			items = append(items, sheet.Item{Key: word, Label: line.Name, Remark: line.Does})
		}
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
