package guide

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/script"
	"ehlo/ui/theme"
)

// The columns of a question, counted from 0.
const (
	markAt   = 1
	labelAt  = 3
	nameAt   = 6
	valueAt  = 16
	lineAt   = 47
	digitAt  = 9
	choiceAt = 13
	remarkAt = 39
	beneath  = 5 // of the label, where the page is narrow
	hanging  = 4 // rows that go on
)

// What is kept where rows are short. Blank rows are kept least of all.
const (
	keepRemark = 8
	keepLabel  = 12 // of a narrow page
	keepListed = 20
	keepMeans  = 24
	keepNow    = 26
	keepChoice = 50
	keepSend   = 60
	keepWrong  = 70
)

// question draws the answers so far, the choices, and the line to be sent.
func (m Model) question() []row {
	q := m.guide.Question()
	rows := append([]row{{keep: 0}}, m.list()...)
	rows = append(rows, row{keep: 1})
	if q.Topic == script.AskText {
		rows = append(rows, m.text(q)...)
	} else {
		rows = append(rows, m.choices(q.Choices)...)
	}
	if rows[len(rows)-1].text != "" {
		rows = append(rows, row{keep: 2})
	}
	return append(rows, m.preview(q.Labels)...)
}

// list draws the six questions with their answers.
func (m Model) list() []row {
	var rows []row
	now := m.guide.Topic().Number()
	for _, one := range m.guide.List() {
		mark, name, keep := "", m.theme.Plain, keepListed-abs(one.Number-now)
		if one.Now {
			mark, name, keep = m.theme.Marks.You.Sign, m.theme.Open, keepNow
		}
		answer := one.Answer
		if m.wide() && one.Number == script.AskSubject.Number() {
			answer = ansi.Truncate(answer, lineAt-valueAt-2, tail) // an address is never cut
		}
		cells := []cell{
			{markAt, mark, m.theme.Marks.You.Role},
			{labelAt, strconv.Itoa(one.Number), m.theme.Key},
			{nameAt, one.Name, name},
			{valueAt, answer, m.theme.Plain},
		}
		if m.wide() {
			cells = append(cells, cell{lineAt, one.Line, m.theme.Muted})
		}
		rows = append(rows, row{place(m.width, cells...), keep})
	}
	return rows
}

// choices draws the answers at hand: remarks in their column, or beneath where
// they have no room.
func (m Model) choices(all []script.Choice) []row {
	digit, text, edge, longest := digitAt, choiceAt, remarkAt, 0
	if !m.wide() {
		digit, text = labelAt, nameAt
	}
	for _, c := range all {
		edge = max(edge, text+ansi.StringWidth(c.Text)+2)
		longest = max(longest, ansi.StringWidth(c.Remark))
	}
	aside := m.wide() && edge+longest <= m.width
	var rows []row
	for i, c := range all {
		cells := []cell{{digit, strconv.Itoa(c.Digit), m.theme.Key}, {text, c.Text, m.theme.Plain}}
		if aside {
			cells = append(cells, cell{edge, c.Remark, m.theme.Voice})
		}
		rows = append(rows, row{place(m.width, cells...), keepChoice - i})
		if !aside {
			for _, part := range wrap(c.Remark, m.width-text-2, 0, m.height) {
				rows = append(rows, row{place(m.width, cell{text + 2, part, m.theme.Voice}), keepRemark - i})
			}
		}
	}
	return rows
}

// text draws the lines typed so far, those around the one asked for.
func (m Model) text(q script.Question) []row {
	at, mark := choiceAt, digitAt
	if !m.wide() {
		at, mark = beneath, labelAt
	}
	var rows []row
	for i := max(0, q.Line-m.height); i < min(len(q.Text), q.Line+m.height); i++ {
		sign := ""
		if i == q.Line {
			sign = m.theme.Marks.You.Sign
		}
		line := place(m.width, cell{mark, sign, m.theme.Marks.You.Role}, cell{at, q.Text[i], m.theme.Plain})
		rows = append(rows, row{line, keepChoice - abs(i-q.Line)})
	}
	return rows
}

// preview draws what would be sent, and what it means; or why it was not
// taken.
func (m Model) preview(labels script.Labels) []row {
	line, means := m.guide.Preview(m.typed)
	rows := m.labelled("", labels.Sends, line, m.theme.Sent, hanging, keepSend)
	if problem := m.guide.Problem(m.typed); problem != "" {
		return append(rows, m.labelled(m.theme.Marks.NotNow.Sign, labels.NotYet, problem, m.theme.Wait, 0, keepWrong)...)
	}
	return append(rows, m.labelled("", labels.Means, means, m.theme.Voice, 0, keepMeans)...)
}

// labelled draws a text behind its label, or beneath it on a narrow page.
func (m Model) labelled(mark, label, text string, style theme.Style, hang, keep int) []row {
	head := []cell{{markAt, mark, m.theme.Wait}, {labelAt, label, m.theme.Muted}}
	at := valueAt
	var rows []row
	if !m.wide() {
		at = beneath
		rows = append(rows, row{place(m.width, head...), keepLabel})
		head = nil
	}
	for _, part := range wrap(text, m.width-at, hang, m.height) {
		rows = append(rows, row{place(m.width, append(head, cell{at, part, style})...), keep})
		head = nil
	}
	return rows
}

func abs(n int) int { return max(n, -n) }
