// Package headline is the top of the screen: whom we ask about, and the
// verdict, which is the answer in one word and one sentence.
//
//	ehlo   jcatalaa@catium.com    mx1.biz.mail.yahoo.com:25   not encrypted   1:12
//
//	√ YES          The server takes mail for jcatalaa@catium.com.
//	  Who acts     You. No message has been sent yet.
//	  Next         DATA hands over a message; QUIT stops here and leaves no trace.
//
// The word of a verdict is the one reversed block on the screen while no list
// is open. A label that is no verdict (Waiting, Question 4) is plain. Longer
// sentences wrap and push the pane down by two rows at most. Where rows are few
// the empty one goes first, then Next, then Who acts; never the sentence.
//
// The pane only shows: it takes no keys, and times come to it as values.
package headline

import (
	"strings"

	"ehlo/session/sanitize"
	"ehlo/ui/theme"
)

// narrow is the width from which on labels have a column of their own.
const narrow = 80

// Model is the title row and the verdict. Make it with New.
type Model struct {
	theme         theme.Theme
	width, height int
	title         Title
	verdict       Verdict
}

// New returns a headline that says nothing yet. It has no size.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the headline its room, in columns and rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = max(w, 0), max(h, 0) }

// SetTitle tells what the first row says.
func (m *Model) SetTitle(t Title) {
	t.About, t.Server, t.Encryption = sanitize.Text(t.About), sanitize.Text(t.Server), sanitize.Text(t.Encryption)
	m.title = t
}

// SetVerdict tells what the verdict says.
func (m *Model) SetVerdict(v Verdict) {
	v.Sentence, v.Who, v.Next = sanitize.Text(v.Sentence), sanitize.Text(v.Who), sanitize.Text(v.Next)
	notes := make([]string, len(v.Notes))
	for i, note := range v.Notes {
		notes[i] = sanitize.Text(note)
	}
	v.Notes = notes
	m.verdict = v
}

// full is the rows of title, empty row and verdict when nothing wraps.
const full = 5

// Height returns how many rows the headline wants in w columns, at most max:
// five, or more for a sentence that wraps.
func (m Model) Height(w, max int) int {
	want := m.parts(w).rows()
	if want < full {
		want = full
	}
	if want > max {
		want = m.parts(w).within(w, max).rows()
	}
	return want
}

// View returns exactly as many rows as SetSize gave.
func (m Model) View() string {
	rows := m.parts(m.width).within(m.width, m.height).list()
	for len(rows) < m.height {
		rows = append(rows, "")
	}
	return strings.Join(rows[:m.height], "\n")
}
