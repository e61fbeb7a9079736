package prompt

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/sanitize"
)

// search is a look back through the history by any part of a line (Ctrl+R).
type search struct {
	on    bool
	query string
	at    int // index of the line found, -1 when none
	draft draft
}

// Searching reports whether a search is open. Esc is then the prompt's.
func (m Model) Searching() bool { return m.search.on }

func (m *Model) beginSearch() {
	if !m.masked {
		m.search = search{on: true, at: -1, draft: draft{m.editor, m.offer}}
	}
}

// updateSearch takes the keys of an open search and reports whether the key
// was one of them; any other key takes the line found and then does its work.
func (m *Model) updateSearch(msg tea.KeyMsg) bool {
	switch {
	case key.Matches(msg, m.Keys.Cancel):
		m.editor, m.offer = m.search.draft.editor, m.search.draft.offer
	case key.Matches(msg, m.Keys.Send):
	case key.Matches(msg, m.Keys.Search):
		m.seek(m.search.query, m.search.at)
		return true
	case key.Matches(msg, m.Keys.Backspace):
		e := edited(m.search.query)
		m.seek(e.replace(e.left(), e.at, "").text, len(m.history.lines))
		return true
	case printable(msg):
		m.seek(m.search.query+string(msg.Runes), len(m.history.lines))
		return true
	default:
		m.search.on = false
		return false
	}
	m.search.on = false
	return true
}

// seek shows the newest line before index that contains the query. When there
// is none the line shown stays.
func (m *Model) seek(query string, before int) {
	m.search.query = query
	if query == "" {
		return
	}
	if i := m.history.find(query, before); i >= 0 {
		m.search.at = i
		m.recall(m.history.lines[i])
	}
}

// searchWords stand at the edge while a search is open.
func (m Model) searchWords() string {
	if m.search.query == "" {
		return "Find in earlier lines: type a part of it."
	}
	return fmt.Sprintf("Find %q. Enter takes it.", sanitize.Text(m.search.query))
}
