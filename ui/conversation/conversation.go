// Package conversation is the Talk pane: what was said, line by line, and
// beside each line what it means.
//
//	> RCPT TO:<jcatalaa@catium.com>      May I send to this person?          0.2 s
//	√ 250 recipient <jcatalaa@catium.com> ok
//	                                     Yes, it takes mail for this address.
//
// Marks stand in column 2, text from column 4, meanings at one edge, always
// the same. A line too long to share its row has its meaning on the next one,
// at the same edge. Below 66 columns meanings stand beneath their line. Text of
// the server is never cut: it wraps at spaces, else anywhere.
//
// The pane may hold millions of lines: only the rows that can be seen are made
// safe, wrapped and coloured. Where it stands is an entry and a row of it, so
// no change of size has to lay out the whole. It follows the newest line until
// it is scrolled up, and follows again from the end.
//
// The pane does no IO and takes no keys; its methods are called.
package conversation

import (
	"sync"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/session/transcript"
	"ehlo/ui/theme"
)

// Level is how much is said beside the lines.
type Level uint8

// The levels. Explain is the zero value.
const (
	Explain Level = iota // what every line means
	Brief                // what the answers mean
	Raw                  // nothing
)

// Model is the pane. Make it with New. Copies show the same conversation.
type Model struct {
	theme         theme.Theme
	width, height int
	edge          int // of the meanings, from 0; 0: by the width
	airy          bool
	level         Level
	side          transcript.Side
	times         Times
	hex           bool
	dialect       session.Dialect
	explain       func(session.Reply, session.Command) []string

	store    *transcript.Transcript
	order    *sync.Mutex // of what is appended
	asked    *asked
	meanings *meanings
	unfolded map[int]bool // messages that are shown in full, by entry

	held bool // scrolled back: not following
	top  position
	seen int // entries that have been on the screen when it was left

	cursor cursor

	laid map[int][]row // entries laid out for the frame that is being drawn
}

// New returns a pane without a conversation, which speaks of SMTP and explains
// every line. It has no size.
func New(t theme.Theme) Model {
	return Model{
		theme: t, dialect: smtp.Dialect{}, explain: explain.Lines,
		store: &transcript.Transcript{}, order: &sync.Mutex{}, asked: &asked{}, meanings: &meanings{}, unfolded: map[int]bool{},
	}
}

// SetSize gives the pane its room, in columns and rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = max(w, 0), max(h, 0) }

// SetEdge moves the edge of the meanings to a column, from 0. With 0, the
// zero value, it is found by the width: column 38 in 80 to 99, else at 47 %.
func (m *Model) SetEdge(column int) { m.edge = max(column, 0) }

// SetAiry puts an empty row before each exchange, for screens of 40 rows or
// more.
func (m *Model) SetAiry(airy bool) { m.airy = airy }

// SetLevel chooses how much is said beside the lines.
func (m *Model) SetLevel(l Level) { m.level = l }

// SetDialect tells which protocol is spoken; before, it is SMTP.
func (m *Model) SetDialect(d session.Dialect) { m.dialect = d }

// Store returns the transcript behind the pane, for searching and saving. Only
// the pane appends to it.
func (m Model) Store() *transcript.Transcript { return m.store }

// Append adds what events tell, of one conversation after the other. Unlike
// the other methods it may be called while the pane is drawn, on a copy of the
// Model, so that what a server says need not pass the screen to be kept.
func (m *Model) Append(events ...session.Event) {
	m.order.Lock()
	defer m.order.Unlock()
	for _, event := range events {
		m.asked.take(event, m.store.Append(event))
	}
	m.asked.trim(m.store.Dropped())
}
