package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/sanitize"
	"ehlo/session/transcript"
)

// finding is a search through the talk. It runs beside the screen, and is
// cancelled by Esc and by the next.
type finding struct {
	shown  string // what is searched for
	search *transcript.Search
	stop   context.CancelFunc
	busy   bool
}

// sought is what a search brought.
type sought struct {
	by  *finding
	hit transcript.Hit
	err error
}

// slashFind searches the talk for a text, or with -r for an expression; without
// either for the next of what was searched for.
func (m *Model) slashFind(rest string) tea.Cmd {
	if rest == "" {
		return m.findNext(false)
	}
	pattern, shown := transcript.Words(rest), rest
	if expression, ok := strings.CutPrefix(rest, "-r "); ok {
		var err error
		if pattern, err = transcript.Expression(expression); err != nil {
			m.note = m.text("find-unclear", "{reason}", sanitize.Text(err.Error()))
			return nil
		}
		shown = expression
	}
	m.stopFinding()
	m.finding = &finding{shown: sanitize.Text(shown), search: m.talk.Store().NewSearch(pattern), stop: func() {}}
	return m.seek(m.talk.At()-1, false)
}

// findNext goes on to the next line that is found, or the one before.
func (m *Model) findNext(back bool) tea.Cmd {
	switch {
	case m.finding == nil:
		m.note = m.text("find-what")
		return nil
	case m.finding.busy:
		return nil
	}
	return m.seek(m.talk.At(), back)
}

// seek searches beside the screen.
func (m *Model) seek(from int, back bool) tea.Cmd {
	m.show(PaneTalk)
	ctx, cancel := context.WithCancel(m.ctx)
	f := m.finding
	f.stop, f.busy = cancel, true
	m.note = m.text("find-busy", "{text}", f.shown)
	return func() tea.Msg {
		defer cancel()
		hit, err := f.search.Next(ctx, from, back)
		return sought{f, hit, err}
	}
}

// stopFinding cancels the search under way, and reports whether there was one.
func (m *Model) stopFinding() bool {
	if m.finding == nil || !m.finding.busy {
		return false
	}
	m.finding.stop()
	m.finding = nil
	m.note = m.text("find-stopped")
	return true
}

// cameUpon looks at the line that was found.
func (m *Model) cameUpon(msg sought) {
	if m.finding != msg.by {
		return
	}
	msg.by.busy = false
	switch {
	case errors.Is(msg.err, context.Canceled):
		m.note = m.text("find-stopped")
		return
	case msg.hit.Total == 0:
		m.note = m.text("find-none", "{text}", msg.by.shown)
		return
	}
	if !m.talk.Look(msg.hit.Entry) {
		m.talk.SetSide(transcript.All) // found on the side that was not shown
		m.talk.Look(msg.hit.Entry)
	}
	words := "find-hit"
	if msg.hit.Wrapped {
		words = "find-wrapped"
	}
	m.note = m.text(words, "{text}", msg.by.shown, "{n}", strconv.Itoa(msg.hit.Number), "{all}", strconv.Itoa(msg.hit.Total))
}

// pressTalk takes the keys of the talk: those with Alt or Shift always, letters
// only while a line is looked at and nothing is typed.
func (m *Model) pressTalk(msg tea.KeyMsg) (tea.Cmd, bool) {
	_, looked := m.talk.Looked()
	letters := looked && m.pane == PaneTalk && m.free() && !msg.Paste
	switch {
	case key.Matches(msg, m.keys.Refusal):
		m.nextRefusal()
	case key.Matches(msg, m.keys.Copy):
		m.copyTalk()
	case letters && key.Matches(msg, m.keys.MarkOlder):
		m.talk.Mark(-1)
	case letters && key.Matches(msg, m.keys.MarkNewer):
		m.talk.Mark(1)
	case letters && m.finding != nil && key.Matches(msg, m.keys.FindNext):
		return m.findNext(false), true
	case letters && m.finding != nil && key.Matches(msg, m.keys.FindBack):
		return m.findNext(true), true
	default:
		return nil, false
	}
	return nil, true
}
