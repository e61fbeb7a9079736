package ui

import (
	"bytes"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/message"
	"ehlo/session/sanitize"
	"ehlo/session/smtp"
)

// What an editor is opened for.
const (
	purposeLetter = "letter"
	purposePasted = "pasted"
)

// slashEditor opens an editor on the message under way: on what came from it
// before, else on the headers that a message needs.
func (m *Model) slashEditor(string) tea.Cmd {
	if !m.live.talking() || !m.live.ahead().InPayload() || m.live.pouring() {
		m.note = around("editor-where")
		return nil
	}
	text := string(m.letter)
	if text == "" && m.live.ahead().Letter.Lines == 0 {
		text = m.blankLetter()
	}
	return edit(purposeLetter, "message.eml", text)
}

// blankLetter is the header of a message for the envelope of the talk, and the
// empty line behind it. What it says of its content is for the text to decide.
func (m *Model) blankLetter() string {
	state := m.live.ahead()
	draft := message.Draft{From: state.Sender, Date: m.now(), Hello: m.hello()}
	if draft.From == "" {
		draft.From = m.config.From
	}
	for _, recipient := range state.Recipients {
		draft.To = append(draft.To, recipient.Address)
	}
	composed, err := message.Compose(draft)
	if err != nil {
		return "From: \nTo: \nSubject: \n\n"
	}
	var header strings.Builder
	for _, line := range composed.Preview() {
		if line == "" {
			break
		}
		if !strings.HasPrefix(line, "MIME-Version:") && !strings.HasPrefix(line, "Content-") {
			header.WriteString(line + "\n")
		}
	}
	return header.String() + "\n"
}

// letterEdited offers what came back as the message: Enter sends it, and the
// dot. What is odd about it stands under the prompt first.
func (m *Model) letterEdited(text []byte) {
	m.letter = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if !m.live.talking() || !m.live.state.InPayload() {
		m.note = around("editor-gone")
		return
	}
	if m.guided.talks() {
		m.guided.byHand = true
	}
	m.prompt.SetValue("")
	m.prompt.OfferBody(m.letterLabel(), m.now())
	m.note = m.lookedOver()
}

func (m *Model) letterLabel() string {
	lines := bytes.Count(m.letter, []byte("\n"))
	return around("message-label", "{lines}", fmt.Sprint(lines), "{size}", explain.Size(int64(len(m.letter)+lines)))
}

// lookedOver says what is odd about the message, behind what was typed of it
// already.
func (m *Model) lookedOver() string {
	state := m.live.ahead()
	for line := range strings.Lines(string(m.letter[:min(len(m.letter), session.MaxHead)])) {
		state = state.Sent(session.Command{Line: strings.TrimRight(line, "\n"), Effect: session.EffectText}).(smtp.State)
	}
	if doubts := state.Judge(smtp.End); len(doubts) > 0 {
		return m.toldWhole(doubts)
	}
	findings, err := message.Lint(bytes.NewReader(bytes.ReplaceAll(m.letter, []byte("\n"), []byte("\r\n"))))
	if err != nil || len(findings) == 0 || m.live.ahead().Letter.Lines > 0 {
		return around("message-good")
	}
	finding := sanitize.Text(findings[0].Text)
	if len(findings) > 1 {
		finding += around("message-more", "{n}", fmt.Sprint(len(findings)-1))
	}
	return around("message-checked", "{finding}", finding)
}

// toldWhole are the sentences for the doubts about a whole message.
func (m *Model) toldWhole(doubts []smtp.Doubt) string {
	var texts []string
	for _, doubt := range doubts {
		texts = append(texts, promptWords().Doubts[string(doubt.Kind)].Text)
	}
	return strings.Join(texts, " ")
}

// sendLetter sends the message that came from the editor.
func (m *Model) sendLetter() tea.Cmd {
	if !m.live.talking() || !m.live.state.InPayload() {
		m.note = around("editor-gone")
		return nil
	}
	source := message.Wire(bytes.NewReader(m.letter), message.Options{})
	lines := bytes.Count(m.letter, []byte("\n"))
	m.live.uploading = m.send(session.Body{Source: source, Length: int64(len(m.letter) + lines)})
	if m.live.uploading {
		m.letter = nil
		m.show(PaneTalk)
	}
	return nil
}

// editPasted opens an editor on the pasted lines. They may hold no secret: that
// would lie in a file.
func (m *Model) editPasted() tea.Cmd {
	if m.prompt.PasteHidden() {
		return nil
	}
	return edit(purposePasted, "lines.txt", strings.Join(m.prompt.TakePasted(), "\n")+"\n")
}

// pastedEdited puts the lines that came back into the prompt.
func (m *Model) pastedEdited(text []byte) {
	m.prompt.SetPasted(strings.Split(strings.TrimRight(string(text), "\r\n"), "\n"))
	if m.prompt.Pasted() > 0 {
		m.openPasted()
	}
}
