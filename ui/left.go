package ui

import (
	"os"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/sanitize"
	"ehlo/session/transcript"
	"ehlo/session/transcript/journal"
	"ehlo/ui/conversation"
)

// left is what runs that were killed have left in the state folder.
type left struct {
	folder string   // "": nobody looks
	paths  []string // not shown yet, oldest first
	shown  []*journal.File
	busy   bool // one is being read, or removed
}

// leftFound are the journals that were left, oldest first.
type leftFound []string

// recalled tells that a talk was put on the screen, or why not.
type recalled struct {
	path string
	file *journal.File // open and locked; nil with an error
	err  error
}

// dropped tells what became of removing a journal.
type dropped struct {
	path string
	err  error
}

// look looks for journals in which something was said.
func (l *left) look() tea.Cmd {
	folder := l.folder
	if folder == "" {
		return nil
	}
	return func() tea.Msg {
		return leftFound(slices.DeleteFunc(journal.Left(folder), func(path string) bool {
			info, err := os.Stat(path)
			return err != nil || info.Size() <= transcript.JournalHead
		}))
	}
}

// end removes what was shown, when the run ends well.
func (l *left) end(clean bool) {
	for _, file := range l.shown {
		if clean {
			file.Drop()
		}
		_ = file.Close() // what cannot be removed is found at the next start
	}
}

// offerLeft says that a talk was cut off. Nothing waits for it.
func (m *Model) offerLeft(paths leftFound) {
	m.left.paths = paths
	if len(paths) > 0 && m.note == "" {
		m.note = m.text("journal-left", "{when}", m.begunAt(paths[len(paths)-1]))
	}
}

// begunAt is when the run of a journal began, in words.
func (m *Model) begunAt(path string) string {
	return journal.Begun(path, m.now().Location()).Format("2 Jan 15:04")
}

// slashJournal shows the newest talk that was cut off, or removes it.
func (m *Model) slashJournal(rest string) tea.Cmd {
	last := len(m.left.paths) - 1
	switch {
	case m.left.busy:
	case rest == "drop":
		return m.dropLeft()
	case last < 0:
		m.note = m.text("journal-none")
	case m.live.talking():
		m.note = m.text("journal-open")
	default:
		path, talk, now := m.left.paths[last], m.talk, m.now()
		m.left.paths, m.left.busy = m.left.paths[:last], true
		return func() tea.Msg {
			file, err := recall(path, talk, now)
			return recalled{path, file, err}
		}
	}
	return nil
}

// recall reads a journal into the talk. It stays open, and so locked.
func recall(path string, talk conversation.Model, now time.Time) (*journal.File, error) {
	file, err := journal.Open(path)
	if err != nil {
		return nil, err
	}
	size, err := file.Size()
	var old *transcript.Recovered
	if err == nil {
		old, err = transcript.Recover(file, size)
	}
	if err == nil {
		err = talk.Recall(old, journal.Begun(path, now.Location()), now)
	}
	if err != nil {
		_ = file.Close() // it was only read
		return nil, err
	}
	return file, nil
}

func (m *Model) recallEnded(msg recalled) {
	m.left.busy = false
	if msg.err != nil {
		m.left.paths = append(m.left.paths, msg.path)
		m.note = m.text("journal-unread", "{when}", m.begunAt(msg.path), "{reason}", sanitize.Text(msg.err.Error()))
		return
	}
	m.left.shown = append(m.left.shown, msg.file)
	m.show(PaneTalk)
	m.note = m.text("journal-shown", "{when}", m.begunAt(msg.path))
}

// dropLeft removes the talk that was shown last, else the newest that was left.
func (m *Model) dropLeft() tea.Cmd {
	if last := len(m.left.shown) - 1; last >= 0 {
		file := m.left.shown[last]
		m.left.shown, m.left.busy = m.left.shown[:last], true
		return func() tea.Msg { return dropped{file.Path(), remove(file)} }
	}
	last := len(m.left.paths) - 1
	if last < 0 {
		m.note = m.text("journal-none")
		return nil
	}
	path := m.left.paths[last]
	m.left.paths, m.left.busy = m.left.paths[:last], true
	return func() tea.Msg {
		file, err := journal.Open(path) // another run may have it by now
		if err == nil {
			err = remove(file)
		}
		return dropped{path, err}
	}
}

func remove(file *journal.File) error {
	file.Drop()
	return file.Close()
}

func (m *Model) leftDropped(msg dropped) {
	m.left.busy = false
	m.note = m.text("journal-dropped", "{when}", m.begunAt(msg.path))
	if msg.err != nil {
		m.note = m.text("journal-stays", "{when}", m.begunAt(msg.path), "{reason}", sanitize.Text(msg.err.Error()))
	}
}
