// Package prompt is the command line of ehlo: a real line editor, because what
// is typed here goes to a server in one piece and nothing can be taken back
// after Enter.
//
// Text is edited by grapheme clusters, so Backspace takes what the eye sees as
// one letter. Undo, a kill ring, word motions that stop at the signs of mail
// commands, history by prefix and search are those hands know from a shell.
// Control characters and bytes that are not text are shown as escapes and
// edited like letters; Ctrl+V puts one in.
//
// Others may propose a line (Offer). A proposal never takes the place of
// typed text, and counts as an empty prompt until it is touched. A line that
// is secret is shown as stars from the moment it is known to be, and leaves no
// trace in history, kill ring or undo.
//
// The package does no IO and reads no clock: the time comes with each message.
//
//	m.prompt, sent = m.prompt.Update(msg, now)
//	if sent != nil { ... }
package prompt

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/theme"
)

// Model is the prompt. Use New; copies share nothing that is written later
// through Update.
type Model struct {
	Keys KeyMap

	theme theme.Theme
	width int // columns of the row
	edge  int // column of the meaning, from 0; 0 for none

	editor  editor
	journal journal
	ring    ring
	history history
	search  search

	offer       offer // what is in the prompt, if it was offered
	next        offer
	pasted      []string // lines of a paste that wait
	pasteHidden bool     // one of them signs in
	secret      func(string) bool
	masked      bool
	quoting     quoting // the next keys spell a byte
}

// Submit is a line the user sends with Enter.
type Submit struct {
	Line    string // without line end, byte for byte as typed; may be empty
	Offered bool   // it went as it was offered, untouched
	Pasted  bool   // it came from a paste: never a command for ehlo
	Body    bool   // it is the label of an offered message body
	Secret  bool   // it was masked; not in the history
}

// New returns an empty prompt, 80 columns wide.
func New(t theme.Theme) Model {
	m := Model{Keys: DefaultKeyMap(), theme: t}
	m.SetWidth(80)
	return m
}

// Value returns the line in the prompt, typed or offered, as it would be sent.
// It may be secret: ask Masked before it is shown anywhere.
func (m Model) Value() string { return m.editor.text }

// Typed returns the user's own text, "" while an offer is untouched.
func (m Model) Typed() string {
	if m.offer.untouched {
		return ""
	}
	return m.editor.text
}

// Empty reports whether the user has typed nothing: the prompt is empty or
// holds an untouched offer.
func (m Model) Empty() bool { return m.Typed() == "" }

// Offered reports whether an untouched offer is in the prompt.
func (m Model) Offered() bool { return m.offer.untouched }

// SetValue puts the user's own text into the prompt, as completion does, with
// the cursor at its end; "" clears it. It can be undone, unless it was secret.
func (m *Model) SetValue(line string) {
	m.change(edited(line), "")
	m.mask()
}

// Remember adds lines to the history, oldest first, as from earlier runs.
// Secret ones are left out.
func (m *Model) Remember(lines ...string) {
	for _, line := range lines {
		if !m.isSecret(line) {
			m.history.add(line)
		}
	}
}

// History returns the lines that are remembered, oldest first. None is secret.
// They are not to be changed.
func (m Model) History() []string { return m.history.lines }

// Update takes a key or a paste at the time now. It returns the line when the
// key sends it, else nil. Messages of other kinds change nothing.
func (m Model) Update(msg tea.Msg, now time.Time) (Model, *Submit) {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return m, nil
	}
	sent := m.press(k, now)
	m.mask()
	return m, sent
}

// Restore puts a line back that was sent, as it came. What has taken its place
// since waits again.
func (m *Model) Restore(sent Submit) {
	if m.offer.untouched && !m.offer.pasted {
		m.next = m.offer
	}
	m.requeue()
	m.clear()
	m.editor, m.masked = edited(sent.Line), sent.Secret
	m.offer = offer{text: sent.Line, pasted: sent.Pasted}
	m.mask()
}
