package ui

import (
	"strconv"
	"strings"

	"ehlo/session"
	"ehlo/session/sanitize"
	"ehlo/session/smtp"
	"ehlo/ui/prompt"
	"ehlo/ui/sheet"
)

// wireLine is what a line that was typed puts on the wire: of two slashes at
// its beginning one is for ehlo.
func (m *Model) wireLine(line string, pasted bool) string {
	if strings.HasPrefix(line, "//") && !pasted && !m.live.ahead().InPayload() {
		return line[1:]
	}
	return line
}

// warn looks at a line before it goes out and reports whether it is held back
// with a warning. A warning never forbids: the same line again goes out as
// typed. All other doubts are told under the prompt, and the line goes.
func (m *Model) warn(line string) bool {
	held := heldDoubts(m.live.ahead(), line)
	if len(held) > 0 {
		m.holdBack(held)
	}
	return len(held) > 0
}

// heldDoubts are those that hold a line back.
func heldDoubts(state smtp.State, line string) (held []smtp.Doubt) {
	for _, doubt := range state.Judge(line) {
		if doubt.Hold {
			held = append(held, doubt)
		}
	}
	return held
}

// holdBack raises the warning about a line: what is odd, what it leads to, and
// the better line where there is one.
func (m *Model) holdBack(held []smtp.Doubt) {
	doubt := held[0]
	if doubt.Kind == smtp.DoubtSpaceInName {
		doubt.Better, doubt.Mends = m.live.ahead().HelloVerb()+" "+m.hello(), true
	}
	words := promptWords().Doubts[string(doubt.Kind)]
	fill := m.fillDoubt(doubt)
	text := []string{fill.Replace(words.Text), fill.Replace(words.More)}
	var items []sheet.Item
	if doubt.Mends {
		label := doubt.Better
		if label == "" {
			label = around("empty-line")
		}
		items = append(items, sheet.Item{Key: "1", Label: label})
	} else if words.Late != "" {
		text = append(text, words.Late)
	}
	for _, also := range held[1:] {
		text = append(text, promptWords().Doubts[string(also.Kind)].Text)
	}
	m.menu, m.warned.better, m.warned.mends = menuWarning, doubt.Better, doubt.Mends
	m.sheet.Warn(around("not-sent"), text, append(items,
		sheet.Item{Key: "Enter", Label: around("send-typed")},
		sheet.Item{Key: "Esc", Label: around("keep-editing")}))
}

// misplaced reports whether a line was typed as a secret and would go out where
// the server asks for none.
func (m *Model) misplaced(sent prompt.Submit, line string) bool {
	ahead := m.live.ahead()
	asked := ahead.SecretNext() || ahead.SecretMayFollow() || ahead.InPayload()
	return sent.Secret && !asked && !smtp.SignsIn(line) && !isCommand(line)
}

// warnMisplaced holds such a line back.
func (m *Model) warnMisplaced() bool {
	m.menu, m.warned.better, m.warned.mends = menuWarning, "", false
	m.sheet.Warn(around("not-sent"), []string{around("misplaced"), around("misplaced-more")}, []sheet.Item{
		{Key: "Enter", Label: around("send-typed")}, {Key: "Esc", Label: around("keep-editing")},
	})
	return true
}

// takeBetter puts the better line into the prompt, for Enter to send.
func (m *Model) takeBetter() {
	better := m.warned.better
	m.closeSheet()
	m.prompt.SetValue(better)
	if better == "" {
		m.note = around("empty-waits")
	}
}

// doubtful is what is odd about the line in the prompt, as far as it is typed;
// "" when nothing is.
func (m *Model) doubtful() string {
	typed := m.prompt.Value()
	asked := m.ask != nil || m.guided.asking() || m.prompt.Masked() || m.prompt.Token()
	slash := isSlash(prompt.Submit{Line: typed}) && m.obeys(typed)
	if typed == "" || asked || slash || !m.live.talking() || m.sheet.IsOpen() {
		return ""
	}
	return m.told(m.live.ahead().JudgeTyped(m.wireLine(typed, false)))
}

// told are the words for the first doubt, "" for none.
func (m *Model) told(doubts []smtp.Doubt) string {
	if len(doubts) == 0 {
		return ""
	}
	words := promptWords().Doubts[string(doubts[0].Kind)]
	text := words.Note
	if doubts[0].Mends && words.Better != "" {
		text += "; " + words.Better
	}
	return m.fillDoubt(doubts[0]).Replace(text)
}

// noteDoubts tells what is odd about a line that goes out.
func (m *Model) noteDoubts(doubts []smtp.Doubt) {
	m.note, m.refutable = m.told(doubts), ""
	if m.note == "" {
		return
	}
	m.note = strings.ToUpper(m.note[:1]) + m.note[1:]
	if kind := doubts[0].Kind; kind == smtp.DoubtEarly || kind == smtp.DoubtAlready {
		m.refutable = m.note
	}
}

// dropStaleNote takes away a note that has stopped to be true: a line is held no
// more, or the server has taken one that was doubted.
func (m *Model) dropStaleNote(event session.Event) {
	answer, answered := event.(session.Answered)
	refuted := answered && !answer.Unasked && answer.Reply.Class == session.Yes && m.live.state.Outstanding() == 0
	if m.note == m.text("held") && !m.live.holding() || refuted && m.note == m.refutable {
		m.note = ""
	}
}

// fillDoubt fills the words for a doubt.
func (m *Model) fillDoubt(doubt smtp.Doubt) *strings.Replacer {
	word := sanitize.Text(doubt.Word)
	if doubt.Kind == smtp.DoubtLong {
		word = promptWords().Parts[doubt.Word]
	}
	return strings.NewReplacer(
		"{word}", word, "{limit}", strconv.Itoa(doubt.Limit),
		"{better}", sanitize.Text(doubt.Better), "{hello}", m.hello(),
	)
}
