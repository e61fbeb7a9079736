package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/smtp"
	"ehlo/ui/prompt"
)

// submit does what Enter asks for: answer a question, obey a line that is for
// ehlo, say a line to the server, or begin with a target.
func (m *Model) submit(sent prompt.Submit) tea.Cmd {
	held := m.warned.line
	m.warned.line = ""
	if m.lowers(sent) {
		m.closeSheet()
	}
	switch {
	case m.ask != nil:
		return m.answer(sent)
	case m.menu == menuSignIn:
		m.prompt.Restore(sent)
		m.risenOver = m.prompt.Typed() // arrows and the next Enter are for the sheet
		m.note = m.text("signin-first")
		return nil
	case m.guided.asking() && !isSlash(sent):
		return m.answerGuide(sent)
	case sent.Body && m.letter != nil && sent.Line == m.letterLabel():
		return m.sendLetter()
	case sent.Body && m.guided.talks() && sent.Line == m.guided.offered:
		m.sendSecret()
		return nil
	case sent.Body:
		return m.sendMessage()
	case isSlash(sent) && m.obeys(sent.Line):
		return m.slash(sent)
	case m.live.talking():
		return m.talkTo(sent, held)
	}
	return m.beginWith(sent)
}

// lowers reports whether the open sheet goes when a line is sent: all but the one
// that asks for a way to sign in, and the result beside what it proposes.
func (m *Model) lowers(sent prompt.Submit) bool {
	switch m.menu {
	case menuWarning, menuPaste:
		return true
	case menuSignIn:
		return false
	case menuResult:
		return sent.Line != "" && !sent.Offered
	}
	return sent.Line != ""
}

// isSlash reports whether a line is for ehlo: typed, and beginning with one
// slash. Pasted lines never are.
func isSlash(sent prompt.Submit) bool {
	return !sent.Pasted && !sent.Secret && strings.HasPrefix(sent.Line, "/") && !strings.HasPrefix(sent.Line, "//")
}

// obeys reports whether ehlo takes a slash line: inside a message only those
// that leave it, all else is text.
func (m *Model) obeys(line string) bool {
	if !m.live.talking() || !m.live.ahead().InPayload() {
		return true
	}
	word, _, _ := strings.Cut(line, " ")
	return slices.Contains(inMessage, word)
}

// talkTo says a line to the server, unless it is one to be warned about; the
// same line again goes out as it is.
func (m *Model) talkTo(sent prompt.Submit, held string) tea.Cmd {
	if m.answersByHand() {
		return m.sendAnswer(sent)
	}
	if m.wantsHelper(sent) {
		return m.openSignIn(sent.Line)
	}
	line := m.wireLine(sent.Line, sent.Pasted)
	if sent.Line == "" && m.guided.talks() && !m.guided.byHand {
		return m.offerAnew()
	}
	if line == "" && (m.live.uploading || !m.live.ahead().InPayload()) {
		return nil
	}
	misplaced := m.misplaced(sent, line)
	if sent.Line != held && (misplaced && m.warnMisplaced() || m.warnOfSecret(line) || m.warn(line)) {
		m.warned.line = sent.Line
		m.prompt.Restore(sent)
		return nil
	}
	m.noteDoubts(m.live.ahead().Judge(line))
	out := m.live.asLine(line, m.live.ahead())
	if misplaced {
		out.Secrets = []session.Secret{session.NewSecret(line)}
	}
	if !m.send(out) {
		m.prompt.Restore(sent)
		m.tell("CANNOT TELL", "This line cannot be sent: it holds a line end, or the talk is over.", "you", "Your line stands in the prompt.")
		return nil
	}
	m.show(PaneTalk)
	if m.live.holding() {
		m.note = m.text("held")
	}
	if !sent.Offered {
		m.guided.leave(m.live.state)
	}
	return nil
}

// beginWith reads a target that was typed; nothing at all repeats what is
// offered. A line that is none stands in the prompt as it came.
func (m *Model) beginWith(sent prompt.Submit) tea.Cmd {
	line := sent.Line
	if strings.TrimSpace(line) == "" {
		return m.offerConnect()
	}
	if scenario, asked := builtIn(line); asked {
		return m.startBuiltIn(scenario)
	}
	if isCommand(line) {
		m.prompt.Restore(sent)
		m.note = around("no-line-open")
		return nil
	}
	target, err := address.ParseTarget(line)
	if err != nil {
		m.prompt.Restore(sent)
		m.tellNoTarget(err)
		return nil
	}
	return m.begin(target)
}

// tellNoTarget says what is wrong with a target, and leaves a verdict on one
// that was asked about as it is.
func (m *Model) tellNoTarget(err error) {
	if m.live != nil || m.found != nil {
		m.note = around("no-target", "{why}", sanitize.Text(err.Error()))
		return
	}
	m.tell("CANNOT TELL", err.Error()+".", "you", "Type an address, a domain or host:port. Nothing is lost.")
}

// isCommand reports whether a line is meant for a server: typed while no line
// is open, it must not become a question to the name service.
func isCommand(line string) bool {
	command := smtp.Dialect{}.Parse(line, smtp.Dialect{}.Start())
	_, known := explain.LessonOf(command.Verb)
	return known && command.Verb != smtp.End
}

// begin looks a target up, or calls it at once when it is a server.
func (m *Model) begin(target address.Target) tea.Cmd {
	m.about = target
	if m.config.Server.Host != "" && target.Kind != address.KindServer {
		m.show(PaneTalk)
		return m.lookUpServer(m.config.Server, m.config.Implicit)
	}
	switch target.Kind {
	case address.KindMailbox, address.KindDomain:
		m.show(PaneRoute)
		return m.lookUp(target.Domain)
	case address.KindServer:
		server := target.Server
		if server.Port == 0 {
			server.Port = m.config.Port
		}
		m.show(PaneTalk)
		return m.lookUpServer(server, m.config.Implicit || target.Scheme == "smtps")
	}
	return nil
}
