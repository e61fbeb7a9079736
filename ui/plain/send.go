package plain

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/explain"
	"ehlo/session/message"
	"ehlo/session/script"
	"ehlo/session/smtp"
)

// carryOut sends what a guide was told, as often as that is wanted.
func (f *front) carryOut(g script.Guide) {
	for again := true; again && !f.over; {
		plan, draft := g.Plan()
		composed, err := message.Compose(draft)
		if err != nil {
			f.page.line(sentence(err))
			return
		}
		plan.Size, plan.EightBit = max(0, composed.Size()), composed.EightBit()
		f.plan, f.unsigned = &plan, false
		if f.reach(g.Server()) {
			f.planEncrypted()
			f.follow(composed, g.Stepping())
		}
		f.plan = nil
		again = !f.over && f.talk != nil && f.whatNow(g)
	}
}

// reach makes sure that a line to the server is open and no other message is
// under way on it. The addresses of the server are tried in turn.
func (f *front) reach(server script.Server) bool {
	if f.talk.live() && strings.EqualFold(f.talk.target.Host, server.Name) && f.talk.target.Addr.Port() == server.Port {
		if f.talk.state.HasSender {
			f.talk.send(session.Line{Text: smtp.RSET})
			f.settle()
		}
		return f.talk.live()
	}
	ip, _ := netip.ParseAddr(server.Name)
	for _, target := range f.targetsOf(address.Server{Host: server.Name, IP: ip, Port: server.Port}) {
		if f.dial(target) {
			return true
		}
		if f.over {
			break
		}
	}
	return false
}

// follow says what the plan wants next until only the QUIT is left.
func (f *front) follow(composed *message.Message, stepping bool) {
	for {
		f.settle()
		if f.over || !f.talk.live() {
			return
		}
		step := f.plan.Next(f.talk.state)
		switch {
		case step.Line == smtp.QUIT, step.Done:
			f.tellProblem(step)
			return
		case f.signInDue(step):
			f.unsigned = true // it is asked once
			f.signIn(f.config.SignIn.Way)
		case step.Outgoing() == nil && !step.Message:
			return // an answer was given up: the user goes on alone
		case stepping && !f.mayGoOn(step):
			return
		case !f.sayStep(step, composed):
			return
		}
	}
}

// sayStep says the line of a step, or hands the message over.
func (f *front) sayStep(step script.Step, composed *message.Message) bool {
	if !step.Message {
		return f.talk.send(step.Outgoing())
	}
	source, err := composed.Reader()
	if err != nil {
		f.page.line(sentence(err))
		return false
	}
	return f.talk.send(session.Body{Source: message.Wire(source, message.Options{}), Length: -1})
}

// mayGoOn shows a step before it is said and waits for Enter.
func (f *front) mayGoOn(step script.Step) bool {
	if step.Message {
		f.page.line(say("will send", "line", say("the message")))
	} else {
		command := smtp.Dialect{LMTP: f.talk.target.LMTP}.Parse(step.Line, f.talk.state).Shown()
		f.page.line(say("will send", "line", command.Line))
		f.page.line(say("means", "means", explain.Command(command)))
	}
	text, ok := f.ask(say("enter sends"))
	return ok && strings.TrimSpace(text) != "/cancel" && f.talk.live()
}

// tellProblem tells why the plan found no way on by itself. A server that asks
// on though the sign-in has stopped is hung up on: it would take a QUIT for an
// answer.
func (f *front) tellProblem(step script.Step) {
	switch {
	case step.Problem == "":
		return
	case step.SignIn != nil:
		f.talk.collector.StopSignIn(step.SignIn)
	default:
		f.talk.collector.Stop(step.Problem)
	}
	if step.Done {
		f.abandon()
	}
	said, _ := f.judge()
	f.talk.standing = said
}

// whatNow prints the verdict of a guided send and what can be done now. It
// reports whether the message is to be sent once more.
func (f *front) whatNow(g script.Guide) (again bool) {
	if f.talk.standing != f.talk.shown {
		f.page.line("")
		f.talk.shown = f.talk.standing
		f.verdict(f.talk.standing)
	}
	outcome := f.outcome(g)
	choices := script.Result(outcome)
	f.page.line(say("what now", "choices", inline(choices)))
	for {
		text, ok := f.ask(say("prompt choice", "n", strconv.Itoa(len(choices))))
		switch action(choices, text, ok) {
		case script.ActionAgain:
			f.page.line("")
			return true
		case script.ActionWords:
			f.page.line(outcome.Words())
		case script.ActionLook:
			return false
		case script.ActionDone:
			f.hangUp()
			return false
		default:
			f.page.line(say("no choice", "n", strconv.Itoa(len(choices))))
		}
	}
}

// action reads an answer to "What now?": a number, or nothing for the last,
// which is to be done. The end of input means the same.
func action(choices []script.Choice, text string, ok bool) script.Action {
	text = strings.TrimSpace(text)
	if !ok || text == "" || text == "/quit" || text == "/hangup" {
		return script.ActionDone
	}
	for _, choice := range choices {
		if text == strconv.Itoa(choice.Digit) {
			return choice.Action
		}
	}
	return ""
}

// inline puts choices on one line: "1 send once more, 2 words for their IT".
func inline(choices []script.Choice) string {
	all := make([]string, len(choices))
	for i, choice := range choices {
		all[i] = strconv.Itoa(choice.Digit) + " " + strings.ToLower(choice.Text[:1]) + choice.Text[1:]
	}
	return strings.Join(all, ", ")
}

func (f *front) outcome(g script.Guide) script.Outcome {
	plan, _ := g.Plan()
	server, at := g.Server(), time.Now()
	if f.config.Now != nil {
		at = f.config.Now()
	}
	server.Address = f.talk.target.Addr.Addr().String()
	return script.Outcome{
		Verdict: f.talk.standing.Code, Server: server, At: at, Reply: f.talk.reply,
		From: plan.From, To: strings.Join(plan.To, ", "), Open: f.talk.live(),
	}
}
