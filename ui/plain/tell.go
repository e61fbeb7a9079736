package plain

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/explain"
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
		for _, line := range event.Lines {
			f.talk.lines = append(f.talk.lines[:min(len(f.talk.lines), maxShown)], line.Text)
		}
	case session.Answered:
		f.tellAnswered(event)
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

// tellAnswered prints a whole reply: each line of the server with what it
// means beneath, then the verdict when it has changed.
func (f *front) tellAnswered(event session.Answered) {
	f.fold(event.State)
	t, to := f.talk, event.To
	t.lines = nil
	f.tellReply(event)
	switch {
	case event.Unasked:
		return
	case event.Late:
	case t.reaching && to.Line == "":
		t.reaching, t.waits = false, 0
	default:
		t.waits--
	}
	switch {
	case to.Effect == session.EffectUpgrade && event.Reply.Class == session.Yes,
		to.Effect == session.EffectQuit && event.Reply.Class == session.Yes:
		t.reaching = true // the handshake, or the end, comes next
	}
	if to.Verb != smtp.QUIT {
		t.reply = event.Reply.Joined()
	}
	f.noteRecipient(to)
	if event.Reply.Closing {
		t.reaching = true
		t.session.Close() // RFC 5321 section 3.8: it closes, and so do we
	}
	if f.plan != nil {
		plan := f.plan.Heard(to, event.Reply)
		f.plan = &plan
	}
	if t.state.SecretNext() && f.config.Terminal {
		f.page.line(say("secret"))
	}
	if f.changes(to, event.Reply) {
		f.stands(verdict.Standing(to, event.Reply, t.state), f.plan == nil || event.Reply.Class.Refusal())
	}
}

// changes reports whether an answer changes where the talk stands. That a DATA
// without a recipient is refused does not: the recipients are the reason. After
// STARTTLS the handshake tells.
func (f *front) changes(to session.Command, reply session.Reply) bool {
	switch {
	case to.Verb == smtp.DATA && reply.Class.Refusal():
		return f.talk.state.Taken() > 0
	case to.Effect == session.EffectUpgrade:
		return reply.Class.Refusal()
	case to.Verb == smtp.QUIT:
		return !f.brief
	}
	return ofMail(to)
}

// ofMail reports whether a command is a step of a mail: an answer to any other,
// a slip of the fingers too, changes nothing of where the talk stands.
func ofMail(to session.Command) bool {
	switch to.Verb {
	case "":
		return to.Line == ""
	case smtp.EHLO, smtp.HELO, smtp.LHLO, smtp.STARTTLS, smtp.AUTH, smtp.MAIL, smtp.RCPT, smtp.DATA, smtp.End, smtp.RSET, smtp.QUIT:
		return true
	}
	return false
}

// noteRecipient keeps the list of the recipients that were answered.
func (f *front) noteRecipient(to session.Command) {
	switch to.Verb {
	case smtp.MAIL:
		f.talk.asked = nil
	case smtp.RCPT:
		address, _, _ := smtp.Path(to.Arg)
		f.talk.asked = append(f.talk.asked, address)
	}
}

func (f *front) tellReply(event session.Answered) {
	key := "server"
	switch {
	case event.Unasked:
		key = "server unasked"
	case event.Late:
		key = "server late"
	}
	means := explain.Lines(event.Reply, event.To)
	for i, line := range event.Reply.Lines {
		if event.Reply.Dropped > 0 && i == len(event.Reply.Lines)-1 {
			f.page.line(say("dropped", "n", strconv.Itoa(event.Reply.Dropped)))
		}
		f.stamped(event.At, say(key, "line", line, "verb", event.To.Verb))
		if i < len(means) && means[i] != "" {
			f.page.line(say("means", "means", means[i]))
		}
	}
	if event.To.Verb == smtp.EHLO && event.Reply.Class == session.Yes && !f.talk.state.Secure {
		if missing := explain.Missing(event.Reply.Text()[1:]); missing != "" {
			f.page.line(say("means", "means", missing))
		}
	}
}

// stands notes where the talk stands and prints it when it is news.
func (f *front) stands(v verdict.Verdict, show bool) {
	if slices.Contains(words().Unsaid, v.Code) {
		return
	}
	f.talk.standing = v
	if show && v != f.talk.shown {
		f.talk.shown = v
		f.verdict(v)
	}
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
