package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
	"ehlo/ui/help"
	"ehlo/ui/prompt"
)

// helping is the page behind F1 while it is open: what is typed then finds, and
// goes to nobody. The prompt is put aside, with what stood there.
type helping struct {
	aside prompt.Model
}

// openHelp opens the page of keys and commands, or closes it.
func (m *Model) openHelp() tea.Cmd {
	if m.helping != nil {
		m.closeHelp()
		return nil
	}
	m.helping = &helping{aside: m.prompt}
	m.prompt = prompt.New(m.theme)
	m.find()
	return nil
}

// closeHelp gives the prompt back as it was.
func (m *Model) closeHelp() {
	if m.helping != nil {
		m.prompt, m.helping = m.helping.aside, nil
	}
}

// backHelp is Esc: first what was typed to find goes, then the page.
func (m *Model) backHelp() {
	if m.prompt.Value() == "" {
		m.closeHelp()
		return
	}
	m.prompt.SetValue("")
	m.find()
}

// pressHelp takes the keys of the page: all that types or chooses.
func (m *Model) pressHelp(msg tea.KeyMsg) (tea.Cmd, bool) {
	switch {
	case m.helping == nil || m.sheet.IsOpen() || key.Matches(msg, m.keys.Back, m.keys.PageUp, m.keys.PageDown):
		return nil, false
	case key.Matches(msg, m.keys.Older):
		m.help.Up()
	case key.Matches(msg, m.keys.Newer, m.keys.Complete):
		m.help.Down()
	case msg.Type == tea.KeyEnter:
		m.openEntry()
	default:
		m.updatePrompt(msg)
		m.find()
	}
	return nil, true
}

// find lists what fits the words that are typed; without any, all there is.
func (m *Model) find() {
	wanted := m.prompt.Value()
	sections := m.helpSections()
	if strings.TrimSpace(wanted) != "" {
		sections = m.fitting(wanted, sections)
	}
	m.help.SetSections(sections, strings.TrimSpace(wanted) != "", m.text("help-nothing", "{words}", wanted))
}

// fitting keeps what fits: the pages of the reference, the best first, then keys
// and lines for ehlo.
func (m *Model) fitting(wanted string, all []help.Section) []help.Section {
	found := []help.Section{{Title: m.text("help-found"), Rows: referenceRows(explain.Find(wanted))}}
	for _, section := range all {
		kept := help.Section{Title: section.Title}
		for _, row := range section.Rows {
			if row.Opens == "" && holdsWords(row.Name+" "+row.Does, wanted) {
				kept.Rows = append(kept.Rows, row)
			}
		}
		found = append(found, kept)
	}
	return found
}

func holdsWords(text, wanted string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(wanted)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// openEntry opens the chosen page; Esc leads back to the list.
func (m *Model) openEntry() {
	row, chosen := m.help.Chosen()
	if !chosen {
		m.help.Down()
		return
	}
	for _, entry := range explain.Reference() {
		if opens(entry) == row.Opens {
			page, wanted := entry.Page(), m.prompt.Value()
			m.openLesson(&page)
			m.fromHelp, m.wanted = true, wanted
			return
		}
	}
}

// reopenHelp goes back from a page to the list as it was.
func (m *Model) reopenHelp() {
	m.openHelp()
	m.prompt.SetValue(m.wanted)
	m.find()
}

// opens is what the page of an entry is known by.
func opens(entry explain.Entry) string {
	if entry.Extension {
		return "250-" + entry.Name
	}
	return entry.Name
}

// helpSections are built from the very bindings that are matched.
func (m *Model) helpSections() []help.Section {
	slashes := help.Section{Title: m.text("help-slashes")}
	for _, line := range words().Slashes {
		slashes.Rows = append(slashes.Rows, help.Row{Name: line.Name, Does: line.Does})
	}
	var commands, extensions []explain.Entry
	for _, entry := range explain.Reference() {
		if entry.Extension {
			extensions = append(extensions, entry)
		} else {
			commands = append(commands, entry)
		}
	}
	return []help.Section{
		{Title: m.text("help-keys"), Rows: told(bound(m.keys.All()))},
		{Title: m.text("help-prompt"), Rows: bound(m.prompt.Keys.All())},
		slashes,
		{Title: m.text("help-commands"), Rows: referenceRows(commands)},
		{Title: m.text("help-extensions"), Rows: referenceRows(extensions)},
	}
}

// referenceRows are rows that open a page.
func referenceRows(entries []explain.Entry) (rows []help.Row) {
	for _, entry := range entries {
		row := help.Row{Name: entry.Name, Does: entry.Does, Opens: opens(entry)}
		if lesson, ok := explain.LessonOf(entry.Name); ok && !entry.Extension {
			row.Name = lesson.Form
		}
		rows = append(rows, row)
	}
	return rows
}

// bound are the rows of bindings that are in force.
func bound(bindings []key.Binding) (rows []help.Row) {
	for _, binding := range bindings {
		if words := binding.Help(); binding.Enabled() && words.Key != "" {
			rows = append(rows, help.Row{Name: words.Key, Does: words.Desc})
		}
	}
	return rows
}

// told puts more words beside the keys whose hint is a single one.
func told(rows []help.Row) []help.Row {
	for i, row := range rows {
		if more := words().Keys[row.Name]; more != "" {
			rows[i].Does = more
		}
	}
	return rows
}

// scrollPage moves what is open by about a page.
func (m *Model) scrollPage(down bool) {
	rows := max(1, m.layout.Body.H-2)
	by := -rows
	if down {
		by = rows
	}
	switch {
	case m.helping != nil:
		m.help.Scroll(by)
	case m.guided.asking():
		m.scrollTalk(down)
	case m.pane == PaneLesson:
		m.lesson.Scroll(by)
	case m.pane == PaneOffers:
		m.offers.Scroll(by)
	default:
		m.scrollTalk(down)
	}
}

func (m *Model) scrollTalk(down bool) {
	if down {
		m.talk.PageDown()
		return
	}
	m.talk.PageUp()
}
