// Package guide draws the questions of a guided send and the page on which all
// is looked over before it is sent. What is asked, and in which words, comes
// from session/script; this pane only places it.
//
//	wide, from 80 columns on        narrow, from 40 on
//	answers with their lines        answers
//	choices | remarks               choices, remarks beneath
//	Will send / Means               Will send / Means, beneath their labels
//
// Where rows are short the least telling go first: blank rows, then questions
// far from the one asked, remarks, the other choices. The line that would be
// sent stays to the last.
//
// What belongs elsewhere on the screen is handed out as plain strings: Headline
// for the three rows of the verdict, Place for the rule, Edge for the prompt,
// Hints for the row of keys.
package guide

import (
	"strings"

	"ehlo/session/script"
	"ehlo/ui/theme"
)

// Name is what the open tab of this pane is called.
const Name = "Guided send"

// Model is the pane. New makes a useful one; it draws nothing before SetSize.
type Model struct {
	Keys   KeyMap
	theme  theme.Theme
	width  int
	height int
	guide  script.Guide
	typed  string
}

// New returns the pane with its first question.
func New(t theme.Theme) Model { return Model{Keys: DefaultKeys(), theme: t} }

// SetSize gives the pane its room, in columns and rows.
func (m *Model) SetSize(width, height int) { m.width, m.height = max(width, 0), max(height, 0) }

// Show sets what is drawn: the questions, and the text in the prompt.
func (m *Model) Show(g script.Guide, typed string) { m.guide, m.typed = g, typed }

// View draws as many rows as SetSize said, none wider than it said.
func (m Model) View() string {
	if m.width == 0 || m.height == 0 {
		return ""
	}
	var rows []row
	if m.guide.Topic() == script.AskLook {
		rows = m.overview()
	} else {
		rows = m.question()
	}
	return strings.Join(fit(rows, m.height), "\n")
}

// wide reports whether remarks have a column of their own.
func (m Model) wide() bool { return m.width >= 80 }

// Headline is the three rows in which the verdict stands elsewhere.
type Headline [3]struct{ Label, Text string }

// Headline returns what is asked, for the rows of the verdict.
func (m Model) Headline() Headline {
	q := m.guide.Question()
	return Headline{{q.Label, q.Ask}, {q.Help[0].Label, q.Help[0].Text}, {q.Help[1].Label, q.Help[1].Text}}
}

// Place returns what stands behind the name in the rule: "question 4 of 6".
func (m Model) Place() string { return m.guide.Question().Place }

// Edge returns what stands beside the prompt.
func (m Model) Edge() string { return m.guide.Question().Edge }
