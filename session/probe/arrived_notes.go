package probe

import (
	"time"

	"ehlo/session"
	"ehlo/session/imap"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// mailboxNotes fold the events of a talk with a mailbox into a verdict.Try:
// one stage for each kind of step, the looking as one.
type mailboxNotes struct {
	try    verdict.Try
	stage  session.Stage // of the connection, under way
	begun  time.Time
	looked time.Duration
	over   bool // it is noted why the talk broke
}

func newMailboxNotes(target Target) mailboxNotes {
	return mailboxNotes{try: verdict.Try{
		Host: target.Host, Address: target.Addr.Addr(), Port: target.Addr.Port(), Purpose: target.Purpose,
		Stages: []verdict.Stage{},
	}}
}

func (n *mailboxNotes) began(event session.Began) { n.stage, n.begun = event.Stage, event.At }

func (n *mailboxNotes) passed(event session.Passed) {
	n.stage = ""
	switch event.Stage {
	case session.StageConnect:
		n.add(verdict.Stage{Name: "connect", OK: true, Took: verdict.Millis(event.Took)})
	case session.StageTLS:
		n.try.TLS = encryption(event.TLS)
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
func (n *mailboxNotes) answered(event session.Answered) {
	reply := event.Reply
	name, known := mailboxStages[event.To.Verb]
	ok := reply.Class == session.Yes
	switch {
	case !known, reply.Class == session.GoOn, name == "tls" && ok, reply.Class == session.Unclear:
		return
	case name == "greeting":
		n.try.Banner = imap.Words(reply)
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
func (n *mailboxNotes) replace(stage verdict.Stage) {
	for i := range n.try.Stages {
		if n.try.Stages[i].Name == stage.Name {
			n.try.Stages = append(n.try.Stages[:i], n.try.Stages[i+1:]...)
			break
		}
	}
	n.add(stage)
}

func (n *mailboxNotes) add(stage verdict.Stage) {
	if stage.Text == nil {
		stage.Text = []string{}
	}
	n.try.Stages = append(n.try.Stages, stage)
}

// ended notes why a conversation broke, at the stage where it stood.
func (n *mailboxNotes) ended(event session.Ended, state imap.State) {
	cause := event.Cause
	if cause == nil || n.over {
		return
	}
	why, text := cause.Why, cause.Lines
	if state.Over && (why == session.WhyLost || why == session.WhyHungUp) {
		if !state.Greeted || n.has("quit") {
			return // as it announced, or as we asked
		}
		why = session.WhyHungUp
	}
	if len(text) == 0 && cause.Err != nil {
		text = []string{trouble(cause)}
	}
	n.broke(why, n.standing(state), text)
	last := &n.try.Stages[len(n.try.Stages)-1]
	if !n.begun.IsZero() {
		last.Took = verdict.Millis(event.At.Sub(n.begun))
	}
	if cause.Stage != "" {
		last.Name = verdict.StageName(cause.Stage)
	}
}

func (n *mailboxNotes) has(name verdict.StageName) bool {
	for _, stage := range n.try.Stages {
		if stage.Name == name {
			return true
		}
	}
	return false
}

// broke notes a break at a stage. What was noted of that before is void.
func (n *mailboxNotes) broke(why session.Why, name verdict.StageName, text []string) {
	n.over = true
	n.replace(verdict.Stage{Name: name, Cause: string(why), Text: text})
}

// standing is the stage at which the talk stands.
func (n *mailboxNotes) standing(state imap.State) verdict.StageName {
	if n.stage != "" {
		return verdict.StageName(n.stage)
	}
	if to, waits := state.Awaiting(); waits {
		if name, known := mailboxStages[to.Verb]; known {
			return name
		}
	}
	return "look"
}

// gaveUp notes the step at which the plan found no way on; the zero step did
// not.
func (n *mailboxNotes) gaveUp(step script.Step, state imap.State) {
	if step.Problem == "" || n.over {
		return
	}
	stage := verdict.Stage{Name: n.standing(state), Cause: string(step.Problem)}
	switch {
	case step.SignIn != nil:
		stage.Name, stage.Text, stage.Next = "auth", []string{step.SignIn.Error()}, step.SignIn.Next()
	case step.Problem == session.WhyTLSMissing:
		stage.Name = "tls"
	}
	n.replace(stage)
}
