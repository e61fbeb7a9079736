package plain

import (
	"slices"
	"strconv"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

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
	f.followSignIn(event)
	if f.changes(to, event.Reply) {
		f.stands(verdict.Standing(to, event.Reply, t.state, t.target.Purpose), f.plan == nil || event.Reply.Class.Refusal())
	}
}

// changes reports whether an answer changes where the talk stands. A no that
// only follows from one before it does not. After STARTTLS the handshake tells.
func (f *front) changes(to session.Command, reply session.Reply) bool {
	switch {
	case to.Verb == smtp.QUIT && reply.Class == session.Yes && f.talk.judged():
		return false // a goodbye says nothing more
	case verdict.Follows(to, reply, f.talk.state):
		return false
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
	if form := explain.Form(event.Reply.Flaws); form != "" {
		f.page.line(say("form", "form", form))
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

// judged reports whether what was shown tells what became of the question.
func (t *talk) judged() bool {
	return t.shown.Word == "NO" || t.shown.Word == "NOT NOW" || t.state.Accepted > 0
}
