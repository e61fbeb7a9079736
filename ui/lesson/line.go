package lesson

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/ui/page"
)

// Try is a line that a lesson proposes to say next.
type Try struct {
	Line string // whole, as it would go out
	Why  string // why it would be no use now; "" it may be said
}

// ShowPage teaches one line of a talk, or a page of the reference, with lines to
// say next. Showing the same again keeps what is chosen.
func (m *Model) ShowPage(p explain.Page, tries []Try) {
	if m.subject != line || !same(m.page, p) {
		m.top, m.chosen = 0, -1
	}
	m.subject, m.page, m.tries = line, p, tries
	m.chosen = min(m.chosen, len(tries)-1)
}

// same reports whether two pages are of one line.
func same(a, b explain.Page) bool {
	return a.Title == b.Title && a.RFC == b.RFC && len(a.Facts) == len(b.Facts) && (len(a.Facts) == 0 || a.Facts[0] == b.Facts[0])
}

// Listing reports whether there are lines to choose from.
func (m Model) Listing() bool { return m.subject == line && len(m.tries) > 0 }

// Down chooses the next line to say, and scrolls the page where there is none.
func (m *Model) Down() {
	if !m.Listing() || m.chosen == len(m.tries)-1 {
		m.Scroll(1)
		return
	}
	m.choose(m.chosen + 1)
}

// Up chooses the line before; above the first the page begins.
func (m *Model) Up() {
	if !m.Listing() || m.chosen <= 0 {
		m.chosen = -1
		m.Scroll(-1)
		return
	}
	m.choose(m.chosen - 1)
}

// choose chooses a line and brings it into sight.
func (m *Model) choose(i int) {
	m.chosen = i
	at := 0
	for row, text := range m.squeezed() {
		if strings.HasPrefix(ansi.Strip(text), strings.Repeat(" ", markColumn)+m.theme.Marks.You.Sign+" ") {
			at = row
		}
	}
	if at < m.top || at >= m.top+m.height {
		m.top = page.Top(len(m.squeezed()), at-m.height+1, m.height)
	}
}

// Chosen returns the chosen line and whether there is one.
func (m Model) Chosen() (Try, bool) {
	if !m.Listing() || m.chosen < 0 {
		return Try{}, false
	}
	return m.tries[m.chosen], true
}

// head counts the facts that stand before the lines to say next: three, but none
// of an example, and no label is torn.
func head(facts []explain.Fact) int {
	n := min(3, len(facts))
	for n > 0 && (facts[n-1].Label == words().Labels.Example || n < len(facts) && facts[n].Label == facts[n-1].Label) {
		n--
	}
	return n
}

// ofLine is the page of a line: what it means first, then what to say next,
// then the rest.
func (m Model) ofLine() []string {
	p, labels := m.page, words().Labels
	title, first := m.theme.Sent.Render(sanitize.Text(p.Title)), p.Facts[:head(p.Facts)]
	if m.brief {
		return append([]string{"", title}, m.facts(first)...)
	}
	rows := m.ends(title, max(textColumn, m.width-1-ansi.StringWidth(p.RFC)), p.RFC)
	rows = append(rows, "")
	rows = append(rows, m.facts(first)...)
	if len(m.tries) > 0 {
		rows = append(rows, "")
		rows = append(rows, m.wrapped(labels.Say, textColumn, m.theme.Muted)...)
		rows = append(rows, m.offered()...)
	}
	for _, text := range p.Text {
		rows = append(rows, "")
		rows = append(rows, m.wrapped(text, textColumn, m.theme.Voice)...)
	}
	if rest := p.Facts[len(first):]; len(rest) > 0 {
		rows = append(rows, "")
		rows = append(rows, m.facts(rest)...)
	}
	if len(p.Answers) > 0 {
		rows = append(rows, "")
	}
	for _, answer := range p.Answers {
		rows = append(rows, m.answer(answer)...)
	}
	return rows
}

// facts draws labelled facts; a label that repeats is drawn once.
func (m Model) facts(facts []explain.Fact) (rows []string) {
	before := ""
	for _, fact := range facts {
		label := fact.Label
		if label == before {
			label = ""
		}
		before = fact.Label
		if m.brief {
			if label != "" {
				rows = append(rows, "")
			}
			rows = append(rows, m.wrapped(fact.Text, 0, m.theme.Voice)...)
			continue
		}
		style := m.theme.Voice
		if fact.Label == words().Labels.Write || fact.Label == words().Labels.Example {
			style = m.theme.Sent
		}
		rows = append(rows, m.labelled(label, fact.Text, style)...)
	}
	return rows
}

// offered draws the lines to say next, the chosen one reversed.
func (m Model) offered() (rows []string) {
	for i, try := range m.tries {
		text := sanitize.Text(try.Line)
		if try.Why != "" {
			text += "   " + try.Why
		}
		text = ansi.Truncate(text, max(m.width-textColumn-1, 1), "...")
		switch {
		case i == m.chosen:
			rows = append(rows, page.At("", markColumn, m.theme.Focus.Render(m.theme.Marks.You.Sign+" "+text)))
		case try.Why != "":
			rows = append(rows, page.At("", textColumn, m.theme.Muted.Render(text)))
		default:
			rows = append(rows, page.At("", textColumn, m.theme.Sent.Render(text)))
		}
	}
	return rows
}
