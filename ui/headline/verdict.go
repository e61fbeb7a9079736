package headline

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/wrap"
)

// Verdict is the answer, or what stands in its place while there is none.
type Verdict struct {
	Word     string // YES, GO ON, NOT NOW, NO or CANNOT TELL; "" for a label
	Label    string // where there is no word: "Welcome", "Waiting"
	Ticking  bool   // Label has the one clock that ticks now: "Waiting 0:47"
	Elapsed  time.Duration
	Sentence string
	Who      string
	Next     string
	Notes    []string  // rows without a label, in the place of Who and Next
	Progress *Progress // in the place of the sentence; nil is none
}

// labelWidth is the columns before a sentence.
const labelWidth = 16

// The rows that longer sentences may take beyond their own; names are as long
// on a narrow screen as on a wide one.
const (
	extraWide   = 3
	extraNarrow = 4
)

// parts lays the headline out in w columns, with all its rows.
func (m Model) parts(w int) parts {
	p := parts{title: []string{m.titleRow(w)}, air: []string{""}}
	extra := extraWide
	if w < narrow {
		extra = extraNarrow
	}
	v := m.verdict
	p.sentence = m.labelled(w, v.mark(m), v.sentence(w), &extra)
	if len(v.Notes) > 0 {
		for _, note := range v.Notes[1:] {
			p.next = append(p.next, m.labelled(w, label{}, note, &extra)...)
		}
		p.who = m.labelled(w, label{}, v.Notes[0], &extra)
		return p
	}
	if v.Next != "" {
		p.next = m.labelled(w, label{text: "   Next", shown: m.theme.Muted.Render("   Next")}, v.Next, &extra)
	}
	if v.Who != "" {
		p.who = m.labelled(w, label{text: "   Who acts", shown: m.theme.Muted.Render("   Who acts")}, v.Who, &extra)
	}
	return p
}

// label is what stands before a sentence, plain and in its role.
type label struct{ text, shown string }

// mark is the label of the first row.
func (v Verdict) mark(m Model) label {
	if v.Word != "" {
		mark := m.theme.Verdict(v.Word)
		word := mark.Sign + " " + v.Word
		return label{" " + word, " " + mark.Role.Block(word)}
	}
	text := v.Label
	if v.Progress != nil {
		text = v.Progress.label(text)
	}
	if v.Ticking {
		text += " " + Minutes(v.Elapsed)
	}
	return label{"   " + text, "   " + m.theme.Plain.Render(text)}
}

// sentence is the text of the first row.
func (v Verdict) sentence(w int) string {
	if v.Progress == nil {
		return v.Sentence
	}
	bar, words := v.Progress.bar(), v.Progress.words()
	if bar == "" || labelWidth+barWidth+2+len(words) > w {
		return words
	}
	return bar + "  " + words
}

// labelled lays out a sentence after its label. It takes what rows it needs
// beyond the first from extra; where these do not suffice it ends in "...".
func (m Model) labelled(w int, l label, sentence string, extra *int) []string {
	column := columnOf(w, l)
	texts := []string{sentence}
	if m.verdict.Progress == nil || w < narrow { // a bar must not lose its blanks
		texts = wrap.Text(sentence, column.width-(column.first-column.rest), column.width)
	}
	texts = clip(texts, 1+*extra, column.width)
	*extra -= len(texts) - 1
	rows := make([]string, len(texts))
	for i, text := range texts {
		before := strings.Repeat(" ", column.rest)
		if i == 0 {
			before = l.shown + strings.Repeat(" ", column.first-ansi.StringWidth(l.text))
		}
		rows[i] = ansi.Truncate(before+m.theme.Plain.Render(text), w, "")
	}
	return rows
}

// column is where sentences stand.
type column struct {
	first, rest int // first column of the first row and of the rows that follow
	width       int // of the rows that follow
}

// columnOf gives labels a column of their own, or on a narrow screen lets the
// sentence follow its label and go on beneath it.
func columnOf(w int, l label) column {
	c := column{labelWidth, labelWidth, w - labelWidth}
	if w < narrow {
		c = column{3, 3, w - 1 - 3}
	}
	switch width := ansi.StringWidth(l.text); {
	case l.text == "":
	case w < narrow:
		c.first = width + 2
	default:
		c.first = max(c.first, width+1)
	}
	return c
}

// clip keeps at most n rows; the last one tells that there was more.
func clip(rows []string, n, width int) []string {
	if len(rows) <= n {
		return rows
	}
	rows = rows[:n:n]
	rows[n-1] = ansi.Truncate(rows[n-1], max(width-3, 0), "") + "..."
	return rows
}
