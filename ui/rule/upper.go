package rule

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/theme"
)

// Upper is the rule between the verdict and the panes. The zero value is a
// plain line.
type Upper struct {
	Tabs   []string // names of the panes
	Open   int      // index of the open one; -1 is none
	Notice string   // at the right end; NewLines makes one
	Tee    int      // column, from 0, of the line before the side pane; 0: there is none
	Side   string   // title of the side pane
}

// NewLines is the notice of a pane that is scrolled back while lines come in;
// "" for none.
func NewLines(n int) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return "1 new line, End"
	}
	return strconv.Itoa(n) + " new lines, End"
}

// Render returns the rule in width columns. A notice without room beside the
// names takes their place from the right: it is what the eye needs.
func (u Upper) Render(t theme.Theme, width int) string {
	r := NewRow(t, width)
	r.Tee(u.Tee, t.Lines.TeeDown)
	end := width
	if u.Tee > 0 {
		end = min(u.Tee, width)
	}
	begin := end
	if u.Notice != "" {
		begin = max(end-lead-2-ansi.StringWidth(u.Notice), lead)
	}
	u.drawTabs(r, begin)
	if u.Notice != "" {
		r.Line(begin)
		r.Slot(t.Key, " ", u.Notice, " ")
	}
	if u.Tee > 0 && u.Side != "" {
		r.Line(u.Tee + 2)
		r.Slot(t.Muted, " ", u.Side, " ")
	}
	return r.String()
}

// drawTabs draws the names that fit before a column.
func (u Upper) drawTabs(r *Row, end int) {
	r.Line(lead)
	for i, name := range u.Tabs {
		gap := min(i, 1) // between two slots
		if r.At()+gap+ansi.StringWidth(name)+2 > end {
			return
		}
		if gap > 0 {
			r.Word(r.theme.Muted, " ")
		}
		if i == u.Open {
			r.Slot(r.theme.Open, "[", name, "]")
		} else {
			r.Slot(r.theme.Muted, " ", name, " ")
		}
	}
}
