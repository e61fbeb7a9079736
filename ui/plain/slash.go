package plain

import (
	"strconv"
	"strings"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/smtp"
)

// slash does what a line for ehlo says.
func (f *front) slash(text string) {
	name, arg, _ := strings.Cut(strings.TrimSpace(text), " ")
	arg = strings.TrimSpace(arg)
	switch strings.ToLower(name) {
	case "/help":
		for _, line := range words().Help {
			f.page.line(line)
		}
	case "/send":
		f.guideSend()
	case "/auth":
		f.signIn(arg)
	case "/tls":
		f.tellTLS(arg)
	case "/connect":
		f.connect(arg)
	case "/again":
		f.sayAgain()
	case "/hangup":
		f.hangUpAsked()
	case "/stop":
		f.page.line(say("nothing awaited"))
	case "/mx":
		f.lookAgain(arg)
	case "/quit":
		f.leave()
	default:
		f.page.line(say("unknown", "name", name))
	}
}

// interrupts does what a line may do while an answer is awaited.
func (f *front) interrupts(text string) bool {
	if f.talk.live() && (f.inPayload() || f.talk.state.SecretNext()) {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "/stop":
		f.stopWaiting()
	case "/hangup":
		f.looked = nil
		f.abandon()
	case "/quit":
		f.abandon()
		f.over = true
	default:
		return false
	}
	return true
}

// stopWaiting gives up what is awaited: a look-up, a connection, an answer.
func (f *front) stopWaiting() {
	f.looked = nil
	if f.talk.live() {
		f.talk.session.StopWaiting()
	}
}

// connect calls a choice, a server, or the last one again.
func (f *front) connect(arg string) {
	switch {
	case arg != "":
		f.call(arg)
	case f.about.pending:
		f.call(strconv.Itoa(f.about.chosen + 1))
	case f.talk != nil:
		f.dial(f.talk.target)
		f.called()
	case len(f.about.targets) == 0:
		f.page.line(say("no server"))
	default:
		f.choose()
	}
}

// sayAgain connects to the same server and says the same lines, up to a
// sign-in or a message.
func (f *front) sayAgain() {
	if f.talk == nil {
		f.page.line(say("no server"))
		return
	}
	lines := f.talk.said
	if f.talk.sealed {
		f.page.line(say("again stops"))
	}
	if !f.dial(f.talk.target) {
		return
	}
	for _, line := range lines {
		if f.over || !f.talk.live() {
			return
		}
		f.send(line)
		f.settle()
	}
}

// lookAgain looks another target up, or the same once more.
func (f *front) lookAgain(arg string) {
	target := f.about.target
	if arg != "" {
		parsed, err := address.ParseTarget(arg)
		if err != nil {
			f.page.line(sentence(err))
			return
		}
		target = parsed
	}
	switch target.Kind {
	case address.KindNone:
		f.page.line(say("mx whose"))
	case address.KindServer:
		f.page.line(say("mx server"))
	default:
		f.see(target)
	}
}

func (f *front) hangUpAsked() {
	if !f.talk.live() {
		f.page.line(say("no line"))
		return
	}
	f.hangUp()
}

// hangUp ends the talk, with a QUIT where one can be said.
func (f *front) hangUp() {
	switch {
	case !f.talk.live():
	case f.talk.idle() && !f.talk.state.InPayload() && !f.talk.state.SecretNext():
		f.sayQuit()
	default:
		f.abandon()
	}
}

// sayQuit says QUIT and waits for its answer, but not for long.
func (f *front) sayQuit() {
	f.talk.send(session.Line{Text: smtp.QUIT})
	f.within(quitPatience, func() bool { return f.talk.over })
	if !f.talk.over {
		f.abandon()
	}
}
