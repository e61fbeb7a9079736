package conversation

import "ehlo/session/transcript"

// Look looks at an entry and brings it into sight; one that is not kept, or not
// of the side that is shown, is not looked at.
func (m *Model) Look(entry int) bool {
	if at, ok := m.store.Seek(entry, 1, m.side); !ok || at != entry {
		return false
	}
	m.cursor = cursor{on: true, entry: entry}
	m.reveal(entry)
	return true
}

// At is the entry that is looked at, else the one at the top; what is searched
// for is searched from there.
func (m Model) At() int {
	if m.cursor.on {
		return m.cursor.entry
	}
	return m.current().entry
}

// Refusal looks at the next reply that said no, before (by under 0) or after
// the line that is looked at; without one it begins at the newest. It reports
// whether there is one.
func (m *Model) Refusal(by int) bool {
	from := m.store.Len() - 1
	if m.cursor.on {
		from = m.cursor.entry + by
	}
	i, ok := m.store.Seek(from, by, transcript.Refusals)
	return ok && m.Look(i)
}
