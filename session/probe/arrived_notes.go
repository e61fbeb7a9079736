package probe

import (
	"time"

	"ehlo/session"
	"ehlo/session/arrival"
	"ehlo/session/imap"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// MailboxCollector folds the events of one talk with a mailbox into a
// verdict.Try: one stage for each kind of step, the looking as one. It keeps
// facts only.
type MailboxCollector struct {
	Try    verdict.Try
	state  imap.State
	stage  session.Stage // of the connection, under way
	begun  time.Time
	looked time.Duration
	over   bool // it is noted why the talk broke
}

// NewMailboxCollector returns a collector for a mailbox that was not called yet.
func NewMailboxCollector(target Target) *MailboxCollector {
	return &MailboxCollector{Try: verdict.Try{
		Host: target.Host, Address: target.Addr.Addr(), Port: target.Addr.Port(), Purpose: target.Purpose,
		Stages: []verdict.Stage{},
	}}
}

// Take folds one event.
func (n *MailboxCollector) Take(event session.Event) {
	switch event := event.(type) {
	case session.Began:
		n.stage, n.begun = event.Stage, event.At
	case session.Passed:
		n.fold(event.State)
		n.passed(event)
	case session.Said:
		n.fold(event.State)
	case session.Answered:
		if !event.Unasked {
			n.fold(event.State)
			n.answered(event)
		}
	case session.Ended:
		n.ended(event)
	}
}

func (n *MailboxCollector) fold(state session.State) {
	if folded, ok := state.(imap.State); ok {
		n.state = folded
	}
}

func (n *MailboxCollector) passed(event session.Passed) {
	n.stage = ""
	switch event.Stage {
	case session.StageConnect:
		n.add(verdict.Stage{Name: "connect", OK: true, Took: verdict.Millis(event.Took)})
	case session.StageTLS:
		n.Try.TLS = encryption(event.TLS)
		n.add(verdict.Stage{Name: "tls", OK: true, Took: verdict.Millis(event.Took)})
	}
}

// mailboxStages leads from a verb to the stage at which it is said.
var mailboxStages = map[string]verdict.StageName{
	"": "greeting", imap.Capability: "hello", imap.StartTLS: "tls", imap.Authenticate: "auth", imap.Login: "auth",
	imap.List: "folders", imap.Examine: "look", imap.UIDSearch: "look", imap.UIDFetch: "look", imap.Fetch: "look", imap.Logout: "quit",
}

// answered notes an answer. That a folder cannot be opened is no end: there are
// others.
func (n *MailboxCollector) answered(event session.Answered) {
	reply := event.Reply
	name, known := mailboxStages[event.To.Verb]
	ok := reply.Class == session.Yes
	switch {
	case !known, reply.Class == session.Data, reply.Class == session.GoOn, name == "tls" && ok, reply.Class == session.Unclear:
		return
	case name == "greeting":
		n.Try.Banner = imap.Words(reply)
	case name == "look":
		n.looked += event.Took
		n.replace(verdict.Stage{Name: name, OK: true, Took: verdict.Millis(n.looked)})
		return
	}
	n.replace(verdict.Stage{Name: name, OK: ok, Took: verdict.Millis(event.Took), Text: []string{words(reply)}})
}

// words are those of a server behind the tag: they hold the code that tells why.
func words(reply session.Reply) string {
	if reply.Tag == "" {
		return imap.Words(reply)
	}
	return reply.Lines[0][min(len(reply.Lines[0]), len(reply.Tag)+1):]
}

// replace notes a stage; one of its name from before is void.
func (n *MailboxCollector) replace(stage verdict.Stage) {
	for i := range n.Try.Stages {
		if n.Try.Stages[i].Name == stage.Name {
			n.Try.Stages = append(n.Try.Stages[:i], n.Try.Stages[i+1:]...)
			break
		}
	}
	n.add(stage)
}

func (n *MailboxCollector) add(stage verdict.Stage) {
	if stage.Text == nil {
		stage.Text = []string{}
	}
	n.Try.Stages = append(n.Try.Stages, stage)
}

// ended notes why a conversation broke, at the stage where it stood.
func (n *MailboxCollector) ended(event session.Ended) {
	cause := event.Cause
	if cause == nil || n.over {
		return
	}
	why, text := cause.Why, cause.Lines
	if n.state.Over && (why == session.WhyLost || why == session.WhyHungUp) {
		if !n.state.Greeted || n.has("quit") {
			return // as it announced, or as we asked
		}
		why = session.WhyHungUp
	}
	if len(text) == 0 && cause.Err != nil {
		text = []string{trouble(cause)}
	}
	n.broke(why, n.standing(), text)
	last := &n.Try.Stages[len(n.Try.Stages)-1]
	if !n.begun.IsZero() {
		last.Took = verdict.Millis(event.At.Sub(n.begun))
	}
	if cause.Stage != "" {
		last.Name = verdict.StageName(cause.Stage)
	}
}

func (n *MailboxCollector) has(name verdict.StageName) bool {
	for _, stage := range n.Try.Stages {
		if stage.Name == name {
			return true
		}
	}
	return false
}

// broke notes a break at a stage. What was noted of that before is void.
func (n *MailboxCollector) broke(why session.Why, name verdict.StageName, text []string) {
	n.over = true
	n.replace(verdict.Stage{Name: name, Cause: string(why), Text: text})
}

// standing is the stage at which the talk stands.
func (n *MailboxCollector) standing() verdict.StageName {
	if n.stage != "" {
		return verdict.StageName(n.stage)
	}
	if to, waits := n.state.Awaiting(); waits {
		if name, known := mailboxStages[to.Verb]; known {
			return name
		}
	}
	return "look"
}

// GaveUp notes the step at which the plan found no way on, or where it was
// stopped; the zero step did not.
func (n *MailboxCollector) GaveUp(step script.Step) {
	if step.Problem == "" || n.over {
		return
	}
	stage := verdict.Stage{Name: n.standing(), Cause: string(step.Problem)}
	switch {
	case step.SignIn != nil:
		stage.Name, stage.Text, stage.Next = "auth", []string{step.SignIn.Error()}, arrival.Advice(step.SignIn)
	case step.Problem == session.WhyTLSMissing:
		stage.Name = "tls"
	}
	n.replace(stage)
}
