package plain

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// maxShown bounds how many lines of one reply are printed.
const maxShown = session.MaxReplyLines

// told takes a batch of events of the talk.
func (f *front) told(events []session.Event, ok bool) {
	if !ok {
		f.talk.events = nil
		return
	}
	for _, event := range events {
		if watch := f.config.Way.Watch; watch != nil {
			watch(event)
		}
		if !unreadable(event) {
			f.talk.collector.Take(event)
		}
		f.tell(event)
	}
}

// unreadable reports whether an event answers a line without a verb: it is no
// step of a mail, and not the greeting either.
func unreadable(event session.Event) bool {
	answered, ok := event.(session.Answered)
	return ok && answered.To.Verb == "" && answered.To.Line != ""
}

// tell prints one event and keeps count of what is awaited.
func (f *front) tell(event session.Event) {
	switch event := event.(type) {
	case session.Began:
		f.waitFor(say("await "+string(event.Stage), "host", f.talk.target.Addr.Addr().String()))
	case session.Passed:
		f.tellPassed(event)
	case session.Said:
		f.tellSaid(event)
	case session.Heard:
		for line := range event.All() {
			f.talk.lines = append(f.talk.lines[:min(len(f.talk.lines), maxShown)], line.Text)
		}
	case session.Answered:
		f.tellAnswered(event)
	case session.Endless:
		f.stamped(event.At, say("endless", "n", strconv.Itoa(event.Lines)))
	case session.Overdue:
		f.tellOverdue(event)
	case session.GaveUp:
		f.talk.waits--
		f.stamped(event.At, say("gave up"))
	case session.BodyBegan:
		f.waitFor(say("await message"))
	case session.BodyEnded:
		f.tellBody(event)
	case session.Returned:
		for _, line := range event.Lines {
			f.page.line(say("returned", "line", line))
		}
	case session.Ended:
		f.tellEnded(event)
	}
}

func (f *front) fold(state session.State) {
	if folded, ok := state.(smtp.State); ok {
		f.talk.state = folded
	}
}

func (f *front) tellPassed(event session.Passed) {
	f.fold(event.State)
	switch {
	case event.Stage == session.StageConnect:
		f.stamped(event.At, say("connected", "address", event.Addr.Addr().String(), "port", strconv.Itoa(int(event.Addr.Port())), "took", took(event.Took)))
	case event.TLS != nil:
		f.talk.reaching = !f.talk.state.Greeted
		f.encrypted(event.TLS)
		key := "encrypted"
		if !event.TLS.Trusted {
			key = "encrypted untrusted"
		}
		f.stamped(event.At, say(key, "version", event.TLS.Version, "cipher", event.TLS.Cipher, "reason", event.TLS.Reason))
		f.stands(verdict.Encrypted(event.TLS), f.plan == nil)
	}
}

func (f *front) tellSaid(event session.Said) {
	f.fold(event.State)
	if event.ID != 0 {
		f.talk.unsaid--
	}
	f.talk.waits += event.Command.Answers
	f.talk.remember(event.Command)
	f.stamped(event.At, say("you", "line", event.Command.Line))
	if event.Command.Answers > 0 {
		f.waitFor(awaiting(event.Command))
	}
}

func awaiting(to session.Command) string {
	if to.Effect == session.EffectEnd {
		return say("await end")
	}
	verb := to.Verb
	if verb == "" {
		verb = say("await line")
	}
	return say("await reply", "verb", verb)
}

// tellOverdue tells that an answer has not come. A person may go on waiting;
// what comes from a pipe, and a guided send, does not.
func (f *front) tellOverdue(event session.Overdue) {
	f.stamped(event.At, say("overdue", "took", took(event.Waited)))
	if f.config.Terminal && f.plan == nil {
		f.page.line(say("overdue next"))
		return
	}
	f.talk.note("session", session.WhyOverdue)
	f.talk.session.Close()
}

func (f *front) tellBody(event session.BodyEnded) {
	if !event.Finished {
		f.talk.unsaid = 0
		f.stamped(event.At, say("message stopped"))
		return
	}
	lines := strings.Split(string(event.Head), "\r\n")
	head := max(0, slices.Index(lines, ""))
	text := max(0, len(lines)-head-2)
	if event.Bytes > int64(len(event.Head)) {
		f.stamped(event.At, say("you", "line", say("message bytes", "n", strconv.FormatInt(event.Bytes, 10))))
		return
	}
	f.stamped(event.At, say("you", "line", sayCount("message", text, "head", strconv.Itoa(head), "text", strconv.Itoa(text))))
}

func (f *front) tellEnded(event session.Ended) {
	t := f.talk
	f.fold(event.State)
	for _, line := range t.lines {
		f.stamped(event.At, say("server", "line", line))
	}
	t.over, t.lines, f.silent = true, nil, false
	f.stamped(event.At, say("closed"))
	if event.Cause != nil && !t.state.Over { // else the server has said so
		said, _ := f.judge()
		f.stands(said, true)
	}
}

// took words how long something took.
func took(d time.Duration) string {
	decimals := 0
	switch {
	case d < 100*time.Millisecond:
		decimals = 2
	case d < 10*time.Second:
		decimals = 1
	}
	return strconv.FormatFloat(d.Seconds(), 'f', decimals, 64) + " s"
}
