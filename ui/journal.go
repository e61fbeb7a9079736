package ui

import (
	"ehlo/session/sanitize"
	"ehlo/session/transcript/journal"
)

// keepJournal gives the talk a journal in the state folder, so that its length
// is not bounded by memory, and a crash does not take it along. A file system
// that refuses is told in a note; the talk goes on without. What comes back
// ends the journal: it is taken away unless the run ended badly.
func (m *Model) keepJournal(getenv func(string) string) (end func(clean bool)) {
	folder, err := journal.Folder(getenv)
	var file *journal.File
	if err == nil {
		m.left.folder = folder
		file, err = journal.Create(folder, m.now())
	}
	if err != nil {
		m.note = m.text("no-journal", "{reason}", sanitize.Text(err.Error()))
		return m.left.end
	}
	store := m.talk.Store()
	store.SpillTo(file, journal.MaxBytes)
	return func(clean bool) {
		store.Close()
		m.left.end(clean)
		if !clean && m.hasTalked() {
			file.Keep()
		}
		_ = file.Close() // what cannot be taken away is found at the next start
	}
}

// hasTalked reports whether there is anything to keep.
func (m *Model) hasTalked() bool { return m.talk.Store().Len() > 0 }
