package prompt

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// press routes one key.
func (m *Model) press(k tea.KeyMsg, now time.Time) *Submit {
	if !key.Matches(k, m.Keys.Yank, m.Keys.YankOlder) {
		m.ring.yanked = false
	}
	switch {
	case m.search.on && m.updateSearch(k):
	case k.Paste:
		m.paste(string(k.Runes))
	case m.quoting.on && m.quoted(k):
	case key.Matches(k, m.Keys.Send):
		return m.send(now)
	case key.Matches(k, m.Keys.Take):
		m.take()
	case key.Matches(k, m.Keys.Older):
		m.older()
	case key.Matches(k, m.Keys.Newer):
		m.newer()
	case key.Matches(k, m.Keys.Search):
		m.beginSearch()
	case key.Matches(k, m.Keys.Quote):
		m.quoting = quoting{on: true}
	case printable(k):
		m.typed(string(k.Runes))
	default:
		m.edit(k)
	}
	return nil
}

// edit takes the keys that move or delete. An offered body is one piece: they
// leave it or take it away.
func (m *Model) edit(k tea.KeyMsg) {
	if m.offer.token && m.offer.untouched {
		if m.deletes(k) {
			m.own()
		}
		return
	}
	if m.move(k) || m.kill(k) || m.restore(k) {
		m.own()
	}
}

// deletes reports whether a key takes something away.
func (m *Model) deletes(k tea.KeyMsg) bool {
	return key.Matches(k, m.Keys.Backspace, m.Keys.Delete, m.Keys.KillWord, m.Keys.KillNextWord, m.Keys.KillToStart, m.Keys.KillEnd)
}

// move takes the motions.
func (m *Model) move(k tea.KeyMsg) bool {
	e := &m.editor
	switch {
	case key.Matches(k, m.Keys.Left):
		e.at = e.left()
	case key.Matches(k, m.Keys.Right):
		e.at = e.right()
	case key.Matches(k, m.Keys.WordLeft):
		e.at = e.wordLeft()
	case key.Matches(k, m.Keys.WordRight):
		e.at = e.wordRight()
	case key.Matches(k, m.Keys.Home):
		e.at = 0
	case key.Matches(k, m.Keys.End):
		e.at = len(e.text)
	default:
		return false
	}
	m.journal.typing = false
	return true
}

// kill takes the keys that delete; all but the single letters go to the ring.
func (m *Model) kill(k tea.KeyMsg) bool {
	e := m.editor
	switch {
	case key.Matches(k, m.Keys.Backspace):
		m.change(e.replace(e.left(), e.at, ""), "")
	case key.Matches(k, m.Keys.Delete):
		m.change(e.replace(e.at, e.right(), ""), "")
	case key.Matches(k, m.Keys.KillToStart) && m.offer.untouched:
		m.change(editor{}, "") // an untouched offer is replaced, not cut
	case key.Matches(k, m.Keys.KillToStart):
		m.cut(0, e.at)
	case key.Matches(k, m.Keys.KillEnd):
		m.cut(e.at, len(e.text))
	case key.Matches(k, m.Keys.KillWord):
		m.cut(e.wordLeft(), e.at)
	case key.Matches(k, m.Keys.KillNextWord):
		m.cut(e.at, e.wordRight())
	default:
		return false
	}
	return true
}

// restore takes the keys that bring text back.
func (m *Model) restore(k tea.KeyMsg) bool {
	switch {
	case key.Matches(k, m.Keys.Yank):
		m.change(m.ring.yank(m.editor), "")
	case key.Matches(k, m.Keys.YankOlder):
		m.change(m.ring.pop(m.editor), "")
	case key.Matches(k, m.Keys.Undo):
		m.editor = m.journal.undo(m.editor)
	case key.Matches(k, m.Keys.Redo):
		m.editor = m.journal.redo(m.editor)
	default:
		return false
	}
	m.history.walking = false
	return true
}

// change is the one way the user's text becomes another. typed is the letter
// that did it, or "".
func (m *Model) change(to editor, typed string) {
	m.own()
	m.history.walking = false
	if to == m.editor {
		return
	}
	m.journal.note(m.editor, typed)
	m.editor = to
	if to.text == "" {
		m.offer = offer{} // what is typed now has no origin
	}
}

// cut deletes a part and keeps it, unless it is secret.
func (m *Model) cut(from, to int) {
	if !m.masked {
		m.ring.keep(m.editor.text[from:to])
	}
	m.change(m.editor.replace(from, to, ""), "")
}

// typed inserts letters; on an untouched offer they replace it. A pasted line
// that was offered waits again.
func (m *Model) typed(letters string) {
	m.requeue()
	if m.offer.untouched {
		m.change(editor{}, "")
	}
	m.change(m.editor.insert(letters), letters)
}

// paste inserts the first line of a paste; the others wait as offers, to be
// looked at and sent one by one. One line end at the end counts for nothing.
func (m *Model) paste(text string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	fresh := m.Empty()
	m.typed(lines[0])
	if fresh && m.editor.text != "" {
		m.offer = offer{text: m.editor.text, pasted: true}
	}
	m.offer.joined = m.offer.joined || !fresh && len(lines) > 1
	m.pasted = append(slices.Clip(m.pasted), lines[1:]...)
	m.pasteHidden = m.pasteHidden && len(m.pasted) > 0 || m.masked
	for _, line := range lines {
		m.pasteHidden = m.pasteHidden || m.signsIn(line)
	}
}

// send is Enter. An Enter that comes too soon after an offer is not for it.
func (m *Model) send(now time.Time) *Submit {
	if m.offer.untouched && now.Sub(m.offer.arrived) < Grace {
		return nil
	}
	m.mask()
	sent := &Submit{
		Line:    m.editor.text,
		Offered: m.offer.untouched,
		Pasted:  m.offer.pasted,
		Body:    m.offer.token && m.offer.untouched,
		Secret:  m.masked,
	}
	if !sent.Secret && !sent.Body {
		m.history.add(sent.Line)
	}
	m.clear()
	m.refill(now)
	return sent
}

// clear empties the prompt and forgets how its line came to be.
func (m *Model) clear() {
	m.editor, m.journal, m.offer, m.masked = editor{}, journal{}, offer{}, false
	m.history.walking, m.search, m.quoting = false, search{}, quoting{}
}
