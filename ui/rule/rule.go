// Package rule draws the horizontal rules of the screen. They carry words: the
// names of the panes above, the ladder below, the title of a sheet.
//
//	──[Talk]  Route   Offers   TLS   Lesson ─────── 3 new lines, End ──┬─ Route ───
//	── What now? ─────────────────────────────────────────────────────────────────
//
// Slots are fixed: a bracket takes the place of the spaces around a name, so
// that no name ever moves. Words keep out of the Rule role, which is for lines.
package rule

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/theme"
	"ehlo/ui/wrap"
)

// Row is one rule, drawn from left to right. It keeps to its width: what does
// not fit is left out.
type Row struct {
	theme theme.Theme
	b     strings.Builder
	width int
	at    int
	tee   int    // column of the line between two panes; 0: none
	sign  string // of the tee
}

// NewRow returns an empty rule of width columns.
func NewRow(t theme.Theme, width int) *Row { return &Row{theme: t, width: width} }

// Tee marks the column, from 0, at which the line between two panes meets the
// rule, and the sign for it. Words written over it hide it; 0 is none.
func (r *Row) Tee(column int, sign string) { r.tee, r.sign = column, sign }

// At returns the next column to be drawn, from 0.
func (r *Row) At() int { return r.at }

// Line draws the line up to, but not including, a column.
func (r *Row) Line(column int) {
	n := min(column, r.width) - r.at
	if n <= 0 {
		return
	}
	line := strings.Repeat(r.theme.Lines.Across, n)
	if i := r.tee - r.at; r.tee > 0 && i >= 0 && i < n {
		line = strings.Repeat(r.theme.Lines.Across, i) + r.sign + strings.Repeat(r.theme.Lines.Across, n-i-1)
	}
	r.theme.Rule.Append(&r.b, line)
	r.at += n
}

// Word draws words in a role. They have passed the sanitiser.
func (r *Row) Word(role theme.Style, words string) {
	width := ansi.StringWidth(words)
	if room := r.width - r.at; width > room {
		if room <= 0 {
			return
		}
		words = words[:wrap.Fit(words, room)]
		width = ansi.StringWidth(words)
	}
	if r.at+width > r.width {
		return // one character that is wider than the room
	}
	role.Append(&r.b, words)
	r.at += width
}

// Slot draws a name with what stands at its left and right: blanks, brackets,
// parentheses.
func (r *Row) Slot(role theme.Style, left, name, right string) {
	r.Word(role, left+name+right)
}

// String draws the line to the end and returns the rule.
func (r *Row) String() string {
	r.Line(r.width)
	return r.b.String()
}

// lead is the columns of line before the first word.
const lead = 2

// Sheet returns the rule above a sheet, or above a section of the side pane:
// "── What now? ────". The title has passed the sanitiser.
func Sheet(t theme.Theme, title string, width int) string {
	r := NewRow(t, width)
	r.Line(lead)
	if title != "" {
		r.Slot(t.Muted, " ", title, " ")
	}
	return r.String()
}
