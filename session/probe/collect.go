package probe

import (
	"slices"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// Collector folds the events of one session into a verdict.Try. It keeps
// facts only: memory does not grow with what was said.
type Collector struct {
	Try   verdict.Try
	state smtp.State
	stage session.Stage // of the connection, under way
	begun time.Time
	bytes int64
}

// NewCollector returns a Collector for a target that was not tried yet.
func NewCollector(target Target) *Collector {
	return &Collector{Try: verdict.Try{
		Host: target.Host, Address: target.Addr.Addr(), Port: target.Addr.Port(), Purpose: target.Purpose,
		Stages: []verdict.Stage{},
	}}
}

// Take folds one event.
func (c *Collector) Take(event session.Event) {
	switch event := event.(type) {
	case session.Began:
		c.stage, c.begun = event.Stage, event.At
	case session.Passed:
		c.passed(event)
	case session.Said:
		c.fold(event.State)
	case session.Answered:
		c.fold(event.State)
		c.answered(event)
	case session.BodyEnded:
		c.bytes = event.Bytes
	case session.Ended:
		c.ended(event)
	}
}

func (c *Collector) fold(state session.State) {
	if folded, ok := state.(smtp.State); ok {
		c.state = folded
	}
}

func (c *Collector) passed(event session.Passed) {
	c.stage = ""
	switch event.Stage {
	case session.StageConnect:
		c.Try.Us.Local = event.Local.Addr().Unmap().WithZone("")
		c.add(verdict.Stage{Name: "connect", OK: true, Took: verdict.Millis(event.Took)})
	case session.StageTLS:
		c.Try.TLS = encryption(event.TLS)
		c.add(verdict.Stage{Name: "tls", OK: true, Took: verdict.Millis(event.Took)})
	}
}

func encryption(e *session.Encryption) *verdict.TLS {
	if e == nil {
		return nil
	}
	names := append([]string{}, e.Names...)
	return &verdict.TLS{
		Version: e.Version, Cipher: e.Cipher, Trusted: e.Trusted,
		Names: names, NotAfter: e.NotAfter.UTC(), Reason: e.Reason,
	}
}

// stageNames leads from a verb to the stage at which it is said.
var stageNames = map[string]verdict.StageName{
	"": "greeting", smtp.EHLO: "hello", smtp.HELO: "hello", smtp.LHLO: "hello", smtp.STARTTLS: "tls", smtp.AUTH: "auth",
	smtp.MAIL: "mail", smtp.RCPT: "rcpt", smtp.DATA: "data", smtp.End: "end", smtp.QUIT: "quit",
}

func (c *Collector) answered(event session.Answered) {
	name, known := stageNames[event.To.Verb]
	ok := smtp.GoesOn(event.To, event.Reply)
	switch {
	case event.Unasked, !known, event.To.Verb == smtp.STARTTLS && ok:
		return
	case event.Reply.Class == session.Unclear:
		c.unclear(name, event)
		return
	case name == "greeting":
		c.Try.Banner = event.Reply.Joined()
	case name == "hello" && ok:
		c.offers()
		c.Try.Us.Hello = event.To.Arg
		c.Try.Us.Told = told(event.Reply, event.To.Arg, c.Try.Address)
	}
	c.drop(name)
	c.add(verdict.Stage{
		Name: name, OK: ok, Took: verdict.Millis(event.Took),
		Code: event.Reply.Code, Enhanced: event.Reply.Enhanced, Text: event.Reply.Text(),
	})
}

// unclear notes an answer that is neither a yes nor a no. Of a greeting the end
// tells, which follows.
func (c *Collector) unclear(name verdict.StageName, event session.Answered) {
	if name == "greeting" {
		return
	}
	c.drop(name)
	c.add(verdict.Stage{
		Name: name, Took: verdict.Millis(event.Took), Code: event.Reply.Code,
		Text: event.Reply.Lines, Cause: string(session.WhyUnclear),
	})
}

// begunAnew lists the stages that a new answer at a stage makes void: EHLO is
// said again after TLS, HELO after EHLO, and MAIL begins another message.
var begunAnew = map[verdict.StageName][]verdict.StageName{
	"hello": {"hello"}, "auth": {"auth"}, "mail": {"mail", "rcpt", "data", "end"},
}

// drop forgets what is void now, so that a Try tells of one message, the last,
// however long the talk.
func (c *Collector) drop(name verdict.StageName) {
	void := begunAnew[name]
	c.Try.Stages = slices.DeleteFunc(c.Try.Stages, func(stage verdict.Stage) bool {
		return slices.Contains(void, stage.Name)
	})
}

func (c *Collector) offers() {
	c.Try.Extensions = make(map[string][]string, len(c.state.Extensions))
	for _, extension := range c.state.Extensions {
		c.Try.Extensions[extension.Keyword] = append([]string{}, extension.Params...)
	}
}

// ended notes why a conversation broke, at the stage where it stood.
func (c *Collector) ended(event session.Ended) {
	if event.Cause == nil || c.state.Over && event.Cause.Why == session.WhyLost {
		return // as asked, or as the server announced at a stage that is noted
	}
	cause := event.Cause
	c.disbelieve(cause)
	stage := verdict.Stage{Name: c.standing(cause), Cause: string(cause.Why), Text: cause.Lines}
	if !c.begun.IsZero() {
		stage.Took = verdict.Millis(event.At.Sub(c.begun))
	}
	// A no is told as such. A yes that ended a talk was none: it came before its time.
	if reply := cause.Reply; reply != nil && reply.Class.Refusal() && cause.Why != session.WhyProtocol && cause.Why != session.WhyNotProtocol {
		stage.Cause, stage.Code, stage.Enhanced, stage.Text = "", reply.Code, reply.Enhanced, reply.Text()
	}
	if len(stage.Text) == 0 && cause.Err != nil {
		stage.Text = []string{trouble(cause)}
	}
	c.add(stage)
}

// disbelieve forgets the answer that ended a talk by its form: it was none.
func (c *Collector) disbelieve(cause *session.Cause) {
	broke := cause.Why == session.WhyProtocol || cause.Why == session.WhyAfterData
	if !broke || cause.Reply == nil || cause.To.Verb == "" {
		return
	}
	if last := len(c.Try.Stages) - 1; last >= 0 && c.Try.Stages[last].Name == stageNames[cause.To.Verb] {
		c.Try.Stages = c.Try.Stages[:last]
	}
}

// Stop notes an end that is ours: the script found no way on, or the user
// stopped it where it stood.
func (c *Collector) Stop(problem session.Why) {
	stage := verdict.Stage{Cause: string(problem)}
	switch problem {
	case session.WhyTooBig:
		stage.Name = "mail"
	case session.WhyTLSMissing:
		stage.Name = "tls"
	default:
		awaited, _ := c.state.Awaiting()
		stage.Name = c.standing(&session.Cause{Why: problem, To: awaited})
	}
	c.add(stage)
}

// standing is the stage at which a conversation broke.
func (c *Collector) standing(cause *session.Cause) verdict.StageName {
	switch {
	case cause.Stage != "":
		return verdict.StageName(cause.Stage)
	case c.stage != "":
		return verdict.StageName(c.stage)
	case cause.Why == session.WhyAfterData, cause.Why == session.WhyBodyStopped, cause.Why == session.WhyBodySource:
		return "end"
	}
	if name, known := stageNames[cause.To.Verb]; known && cause.To.Verb != "" {
		return name
	}
	return "session"
}

func (c *Collector) add(stage verdict.Stage) {
	if stage.Text == nil {
		stage.Text = []string{}
	}
	c.Try.Stages = append(c.Try.Stages, stage)
}

// Recipients returns the answers to RCPT, one for each of the addresses asked
// for, in their order.
func (c *Collector) Recipients(addresses []string) []verdict.Recipient {
	var asked []verdict.Stage
	for _, stage := range c.Try.Stages {
		if stage.Name == "rcpt" {
			asked = append(asked, stage)
		}
	}
	answers := make([]verdict.Recipient, 0, len(addresses))
	known := make(map[string]verdict.Recipient, len(addresses))
	for _, address := range addresses {
		name := strings.ToLower(address)
		answer, again := known[name]
		switch {
		case again: // a plan asks about an address once
		case len(asked) > 0:
			answer = recipient(address, asked[0])
			asked = asked[1:]
		default:
			answer.Answer = verdict.Unknown
		}
		answer.Address = address
		known[name] = answer
		answers = append(answers, answer)
	}
	return answers
}

func recipient(address string, stage verdict.Stage) verdict.Recipient {
	answer := verdict.Recipient{Address: address, Answer: verdict.Accepted, Code: stage.Code, Enhanced: stage.Enhanced}
	if len(stage.Text) > 0 {
		answer.Text = stage.Text[len(stage.Text)-1]
	}
	switch {
	case stage.Cause != "":
		answer.Answer, answer.Text = verdict.Unknown, ""
	case stage.Code/100 == 4:
		answer.Answer = verdict.NotNow
	case !stage.OK:
		answer.Answer = verdict.Refused
	}
	return answer
}

// Message returns what went out; nil when no message was begun.
func (c *Collector) Message() *verdict.Message {
	if c.bytes == 0 {
		return nil
	}
	return &verdict.Message{Bytes: c.bytes, QueueID: QueueID(c.state.Receipt)}
}
