package lesson

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// The columns, counted from 0. A window under wide columns has what belongs to
// a label beneath it.
const (
	markColumn    = 1
	textColumn    = 3
	answerColumn  = 16
	stepColumn    = 53
	allColumn     = 52
	edge          = 38
	beneathColumn = 5
	wide          = 66
	hintGap       = 5 // blanks between an example and its hint
)

// whole is the lesson of a verb in a pane of its own.
func (m Model) whole() []string {
	lesson, _ := lessonOf(m.verb)
	labels := words().Labels
	rows := m.ends(m.theme.Sent.Render(lesson.Form), stepColumn, lesson.Step)
	rows = append(rows, "")
	rows = append(rows, m.labelled(labels.Asks, lesson.Asks, m.theme.Voice)...)
	rows = append(rows, m.example(lesson)...)
	rows = append(rows, "")
	for _, answer := range lesson.Answers {
		rows = append(rows, m.answer(answer)...)
	}
	rows = append(rows, "")
	if len(lesson.Next) == 0 {
		return append(rows, m.wrapped(labels.All, textColumn, m.theme.Muted)...)
	}
	return append(rows, m.ends(m.theme.Muted.Render(labels.Next+lesson.Next[0]), allColumn, labels.All)...)
}

// ends draws a row with something at its right, or beneath it.
func (m Model) ends(left string, column int, right string) []string {
	row := page.At("", textColumn, left)
	if ansi.StringWidth(row) < column && column+ansi.StringWidth(right) <= m.width {
		return []string{page.At(row, column, m.theme.Muted.Render(right))}
	}
	return append([]string{row}, m.wrapped(right, textColumn, m.theme.Muted)...)
}

func (m Model) labelled(label, text string, style theme.Style) []string {
	return m.beside([]string{page.At("", textColumn, m.theme.Muted.Render(label))}, text, style)
}

// example shows how a verb is written, and what goes wrong in writing it.
func (m Model) example(lesson explain.Lesson) []string {
	rows := m.labelled(words().Labels.Write, lesson.Write, m.theme.Sent)
	last := &rows[len(rows)-1]
	column := ansi.StringWidth(*last) + hintGap
	if column+ansi.StringWidth(lesson.Hint) <= m.width {
		*last = page.At(*last, column, m.theme.Muted.Render(lesson.Hint))
		return rows
	}
	return append(rows, m.wrapped(lesson.Hint, m.column(), m.theme.Muted)...)
}

// answer draws an answer: its mark, its codes, and what it says. Many codes
// take several rows.
func (m Model) answer(answer explain.Answer) []string {
	codes := strings.Split(ansi.Wrap(answer.Codes, answerColumn-textColumn-1, ""), "\n")
	if m.width < wide {
		codes = []string{answer.Codes}
	}
	sign := m.sign(answer.Class)
	for i, code := range codes {
		row := ""
		if i == 0 {
			row = page.At("", markColumn, sign.Render())
		}
		codes[i] = page.At(row, textColumn, sign.Role.Render(code))
	}
	return m.beside(codes, answer.Text, m.theme.Voice)
}

func (m Model) sign(class string) theme.Mark {
	switch class {
	case "yes":
		return m.theme.Marks.Yes
	case "go on":
		return m.theme.Marks.GoOn
	case "not now":
		return m.theme.Marks.NotNow
	case "no":
		return m.theme.Marks.No
	}
	return m.theme.Marks.CannotTell
}

// column is where the text of a label begins.
func (m Model) column() int {
	if m.width < wide {
		return beneathColumn
	}
	return answerColumn
}

// beside puts a text beside the rows that stand left of it, or beneath them.
func (m Model) beside(left []string, text string, style theme.Style) []string {
	right := m.wrapped(text, m.column(), style)
	if m.width < wide {
		return append(left, right...)
	}
	rows := make([]string, max(len(left), len(right)))
	for i := range rows {
		if i < len(left) {
			rows[i] = left[i]
		}
		if i < len(right) {
			rows[i] = page.At(rows[i], answerColumn, right[i][answerColumn:])
		}
	}
	return rows
}

// commands lists every command and what it does.
func (m Model) commands() []string {
	rows := []string{""}
	for _, lesson := range explain.Lessons() {
		row := page.At("", m.margin(), m.theme.Sent.Render(lesson.Form))
		if m.width >= wide {
			column := max(edge, ansi.StringWidth(row)+2)
			rows = append(rows, page.At(row, column, m.theme.Voice.Render(lesson.Does)))
			continue
		}
		rows = append(rows, row)
		rows = append(rows, m.wrapped(lesson.Does, m.margin()+2, m.theme.Voice)...)
	}
	return rows
}

// margin is where the text of the page begins.
func (m Model) margin() int {
	if m.brief {
		return 0
	}
	return textColumn
}

// wrapped breaks a text into rows from a column on, a blank column or two free
// at the right.
func (m Model) wrapped(text string, column int, style theme.Style) []string {
	air := 1
	if m.brief {
		air = 2
	}
	rows := strings.Split(ansi.Wrap(sanitize.Text(text), max(m.width-column-air, 1), ""), "\n")
	for i, row := range rows {
		rows[i] = page.At("", column, style.Render(row))
	}
	return rows
}
