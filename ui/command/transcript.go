package command

import (
	"fmt"
	"io"

	"ehlo/session"
	"ehlo/session/sanitize"
	"ehlo/session/smtp"
)

// maxReplyShown is how many lines of a reply the transcript shows.
const maxReplyShown = 20

// transcript writes a conversation to standard error as it happens: one line
// each, a message as one line, a long reply cut with a count.
type transcript struct {
	out   io.Writer
	shown int // lines of the reply under way
	more  int // lines of it that were not shown
}

// Watch writes one event.
func (t *transcript) Watch(event session.Event) {
	switch event := event.(type) {
	case session.Began:
		if event.Stage == session.StageConnect {
			fmt.Fprintf(t.out, "-- calling %s\n", event.Addr)
		}
	case session.Passed:
		t.passed(event)
	case session.Said:
		if event.Command.Effect != session.EffectText {
			fmt.Fprintf(t.out, "C: %s\n", sanitize.Text(event.Command.Line))
		}
	case session.Heard:
		t.heard(event)
	case session.Answered:
		if t.more > 0 {
			fmt.Fprintf(t.out, "-- and %d more lines\n", t.more)
		}
		t.asked(event)
		t.shown, t.more = 0, 0
	case session.BodyEnded:
		fmt.Fprintf(t.out, "C: message, %d bytes\n", event.Bytes)
	case session.Ended:
		t.ended(event)
	}
}

// maxAsked is how much of a challenge is shown, in bytes.
const maxAsked = 1000

// asked shows a challenge of a sign-in as it reads without its base64.
func (t *transcript) asked(event session.Answered) {
	if event.To.Verb != smtp.AUTH || event.Reply.Class != session.GoOn {
		return
	}
	if challenge := smtp.Challenge(event.Reply); challenge != "" {
		fmt.Fprintf(t.out, "-- it asks: %s\n", sanitize.Text(challenge[:min(len(challenge), maxAsked)]))
	}
}

func (t *transcript) passed(event session.Passed) {
	if event.TLS == nil {
		return
	}
	trust := "certificate trusted"
	if !event.TLS.Trusted {
		trust = "certificate not trusted: " + event.TLS.Reason
	}
	fmt.Fprintf(t.out, "-- encrypted: %s, %s, %s\n", event.TLS.Version, event.TLS.Cipher, sanitize.Text(trust))
}

func (t *transcript) heard(event session.Heard) {
	for line := range event.All() {
		if t.shown == maxReplyShown {
			t.more++
			continue
		}
		t.shown++
		fmt.Fprintf(t.out, "S: %s\n", sanitize.Text(line.Text))
	}
}

func (t *transcript) ended(event session.Ended) {
	if event.Cause == nil {
		fmt.Fprintln(t.out, "-- hung up")
		return
	}
	fmt.Fprintf(t.out, "-- ended: %s\n", sanitize.Text(ending(event.Cause)))
}

// ending words why a conversation broke. What the system or the TLS library
// says tells more, where there is anything.
func ending(cause *session.Cause) string {
	switch cause.Why {
	case session.WhyOverdue:
		return "no answer in time"
	case session.WhySilent:
		return "no greeting in time"
	case session.WhyNotProtocol:
		return "this is no greeting of a mail server"
	case session.WhyProtocol:
		return "this is no answer of a mail server"
	case session.WhyClosedEarly:
		return "hung up before saying a word"
	case session.WhyLost, session.WhyAfterData:
		return "the line was cut"
	case session.WhyHungUp:
		return "the server hung up"
	case session.WhyBodyStopped:
		return "stopped before the end of the message; the dot was not sent"
	case session.WhyStopped:
		return "stopped, as you asked"
	}
	return cause.Error()
}
