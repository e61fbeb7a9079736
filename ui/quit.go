package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/prompt"
)

// secondStop is how soon a second Ctrl+C must follow to quit.
const secondStop = 2 * time.Second

// question is one that is answered by y or anything else, in the prompt.
type question struct {
	words  string   // its words in the head of the screen
	fill   []string // what stands for the {names} in them
	yes    func(*Model) tea.Cmd
	take   func(*Model, prompt.Submit) tea.Cmd // takes any line, in place of yes
	secret bool                                // the answer is one
	signs  bool                                // it belongs to a sign-in
	aside  prompt.Model                        // the prompt as it was, with what was typed
}

// put asks a question in an empty prompt; what stood there is put aside.
func (m *Model) put(words string, yes func(*Model) tea.Cmd, fill ...string) {
	m.closeHelp()
	aside := *m.line()
	m.ask = &question{words: words, fill: fill, yes: yes, aside: aside}
	m.prompt = prompt.New(m.theme)
}

// dismiss takes a question back: the prompt is as it was.
func (m *Model) dismiss() {
	if m.ask != nil {
		m.prompt, m.ask = m.ask.aside, nil
	}
}

// line is the prompt of the talk, put aside or not.
func (m *Model) line() *prompt.Model {
	switch {
	case m.ask != nil:
		return &m.ask.aside
	case m.helping != nil:
		return &m.helping.aside
	}
	return &m.prompt
}

// answer takes the answer to the question asked: only a y is a yes.
func (m *Model) answer(sent prompt.Submit) tea.Cmd {
	ask := m.ask
	m.dismiss()
	if ask.take != nil {
		return ask.take(m, sent)
	}
	reply := strings.ToLower(strings.TrimSpace(sent.Line))
	switch {
	case reply == "y" || reply == "yes":
		return ask.yes(m)
	case ask.signs && !yesOrNo(reply):
		return m.askAgain(ask)
	}
	return m.goOn()
}

// yesOrNo reports whether a line is a yes or a no, as far as it is typed.
func yesOrNo(line string) bool {
	line = strings.ToLower(strings.TrimSpace(line))
	return strings.HasPrefix("yes", line) || strings.HasPrefix("no", line)
}

// askAgain puts a question once more: what came was meant for something else,
// and must not go there.
func (m *Model) askAgain(ask *question) tea.Cmd {
	m.put(ask.words, ask.yes, ask.fill...)
	m.ask.signs = true
	m.note = m.text("signin-first")
	return nil
}

// askQuit asks before it quits.
func (m *Model) askQuit() tea.Cmd {
	words := "quit-idle"
	if m.live.talking() {
		words = "quit"
	}
	m.closeSheet()
	m.put(words, (*Model).quit)
	return nil
}

func (m *Model) quit() tea.Cmd {
	m.leaving.quit = true
	m.leave()
	return tea.Quit
}

// stop is Ctrl+C: first it stops the waiting step, again within two seconds it
// quits. While a message is being handed over the second asks once more.
func (m *Model) stop() tea.Cmd {
	now := m.now()
	second := now.Sub(m.leaving.last) < secondStop
	m.leaving.last = now
	switch {
	case m.ask != nil && m.ask.words == "quit-message":
		m.interrupted = true
		return m.quit()
	case second && m.live.talking() && m.live.handing:
		m.put("quit-message", (*Model).quit)
	case second:
		m.interrupted = true
		return m.quit()
	default:
		m.note, m.leaving.noted = m.text("quit-next"), true
		if m.stopWaiting() {
			m.note = m.text("quit-stays")
		}
	}
	return nil
}
