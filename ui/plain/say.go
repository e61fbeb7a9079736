package plain

import (
	"strconv"
	"strings"

	"ehlo/session"
	"ehlo/session/smtp"
)

// obey takes one line of the user: for ehlo when it begins with one /, else
// for the server.
func (f *front) obey(text string) {
	switch {
	case f.inPayload():
		if f.config.Terminal && f.ofMessage(text) {
			return
		}
		f.send(text)
	case f.talk.live() && f.talk.state.SecretNext():
		f.answer(text)
	case f.talk.live() && f.wantsHelper(text):
		_, way, _ := strings.Cut(strings.TrimSpace(text), " ")
		f.signIn(strings.TrimSpace(way))
	case strings.HasPrefix(text, "//"):
		f.send(text[1:])
	case strings.HasPrefix(text, "/"):
		f.slash(text)
	case strings.TrimSpace(text) != "":
		f.send(text)
	}
}

func (f *front) inPayload() bool { return f.talk.live() && f.talk.state.InPayload() }

// ofMessage takes the two lines that are ehlo's inside a message, at a
// terminal.
func (f *front) ofMessage(text string) bool {
	switch strings.TrimSpace(text) {
	case "/cancel":
		f.page.line(say("message stopped"))
		f.abandon()
	case "/help":
		f.page.line(say("help message"))
	default:
		return false
	}
	return true
}

// send says a line to the server.
func (f *front) send(text string) {
	switch {
	case !f.talk.live():
		if !f.silent || f.config.Terminal {
			f.page.line(say("no line"))
		}
		f.silent = true
	case !f.warned(text):
		f.page.line(say("kept back"))
	case !f.talk.send(session.Line{Text: text}):
		f.page.line(say("not a line", "n", strconv.Itoa(session.LineEnd(text))))
	default:
		f.waitFor(say("await line"))
	}
}

// warned tells of a hello whose name has a blank in it (RFC 5321 section
// 4.1.1.1) before it is sent, and reports whether it may go. A person is asked.
func (f *front) warned(text string) bool {
	command := smtp.Dialect{}.Parse(text, f.talk.state)
	if command.Verb != smtp.EHLO && command.Verb != smtp.HELO || !strings.Contains(command.Arg, " ") {
		return true
	}
	f.page.line(say("name blank", "name", command.Arg))
	f.page.line(say("name better", "name", f.hello()))
	if !f.config.Terminal {
		return true
	}
	answer, ok := f.ask(say("as typed"))
	answer = strings.ToLower(strings.TrimSpace(answer))
	return ok && f.talk.live() && answer != "n" && answer != "no"
}
