package prompt

import "strings"

// HistorySize is how many sent lines are remembered.
const HistorySize = 500

// history is the lines sent, the newest last, and the walk through them. No
// secret ever gets here.
type history struct {
	lines   []string
	walking bool
	at      int    // index of the line shown; len(lines) is the draft
	prefix  string // what lines must begin with
	draft   draft  // what stood in the prompt before the walk
}

// draft is the state of the prompt a walk or search returns to.
type draft struct {
	editor editor
	offer  offer
}

// add remembers a line, unless it is empty or the newest already.
func (h *history) add(line string) {
	h.walking = false
	if line == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = appended(h.lines, line, HistorySize)
}

// begin starts a walk at the draft.
func (h *history) begin(d draft, prefix string) {
	h.walking, h.at, h.draft, h.prefix = true, len(h.lines), d, prefix
}

// older returns the next older line that begins with the prefix and is not
// the one shown.
func (h *history) older(shown string) (string, bool) {
	for i := h.at - 1; i >= 0; i-- {
		if strings.HasPrefix(h.lines[i], h.prefix) && h.lines[i] != shown {
			h.at = i
			return h.lines[i], true
		}
	}
	return "", false
}

// newer is older the other way. Past the newest line it gives nothing: the
// draft is next.
func (h *history) newer(shown string) (string, bool) {
	for i := h.at + 1; i < len(h.lines); i++ {
		if strings.HasPrefix(h.lines[i], h.prefix) && h.lines[i] != shown {
			h.at = i
			return h.lines[i], true
		}
	}
	return "", false
}

// find returns the index of the newest line before index that contains query,
// in any case of letters, or -1.
func (h *history) find(query string, before int) int {
	query = strings.ToLower(query)
	for i := min(before, len(h.lines)) - 1; i >= 0; i-- {
		if strings.Contains(strings.ToLower(h.lines[i]), query) {
			return i
		}
	}
	return -1
}

// older shows the next older line that begins with what was typed.
func (m *Model) older() {
	if m.masked {
		return
	}
	if !m.history.walking {
		m.history.begin(draft{m.editor, m.offer}, m.Typed())
	}
	if line, ok := m.history.older(m.editor.text); ok {
		m.recall(line)
	}
}

// newer goes back towards what was typed.
func (m *Model) newer() {
	if !m.history.walking {
		return
	}
	if line, ok := m.history.newer(m.editor.text); ok {
		m.recall(line)
		return
	}
	m.editor, m.offer = m.history.draft.editor, m.history.draft.offer
	m.history.walking = false
}

// recall puts a line of the history into the prompt as the user's own.
func (m *Model) recall(line string) {
	m.own()
	m.journal.note(m.editor, "")
	m.editor, m.offer = edited(line), offer{}
}
