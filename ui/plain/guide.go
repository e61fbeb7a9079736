package plain

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/script"
)

// guideSend asks the questions of a guided send and, after a clear yes,
// carries it out. The answers are kept for the next time.
func (f *front) guideSend() {
	f.page.line(say("guide"))
	f.page.line(say("guide nothing"))
	f.page.line("")
	if !f.guided {
		f.guide, f.guided = script.NewGuide(f.known()), true
	} else {
		f.tellAnswers()
	}
	shown := ""
	for f.guide.Phase() == script.Asking {
		f.locate()
		if heading := headingOf(f.guide.Question()); heading != "" && heading != shown {
			shown = heading
			f.tellQuestion(heading)
		}
		if !f.question() {
			f.page.line(say("not sent"))
			return
		}
	}
	if f.guide.Phase() == script.ByHand {
		f.page.line(say("by hand", "line", f.guide.Line()))
		return
	}
	f.page.line("")
	f.carryOut(f.guide)
	f.guide = f.guide.Jump(script.AskLook.Number())
}

// known is what is known before the first question.
func (f *front) known() script.Facts {
	facts := script.Facts{Route: f.about.scripted(), Hello: f.hello(), From: f.config.From, TLS: f.config.Policy}
	if f.talk.live() && !slices.Contains(f.about.targets, f.talk.target) {
		facts.Route = subject{target: address.Target{Kind: address.KindServer}, targets: []probe.Target{f.talk.target}}.scripted()
	}
	if f.about.target.Kind == address.KindMailbox {
		facts.To = f.about.target.To.Display()
	}
	return facts
}

// hello is our name.
func (f *front) hello() string {
	switch {
	case f.config.Hello != "":
		return f.config.Hello
	case len(f.about.targets) == 0:
		return probe.HelloName(netip.AddrPort{})
	}
	return probe.HelloName(f.about.targets[0].Addr)
}

// locate looks up where mail for the recipient goes, once it is asked for.
func (f *front) locate() {
	domain := f.guide.Lookup()
	if f.guide.Topic() != script.AskServer || domain == "" || domain == f.about.target.Domain.ASCII {
		return
	}
	target, err := address.ParseTarget(domain)
	if err != nil {
		return // an answer that was checked can be read
	}
	route := f.lookUp(target.Domain)
	if route == nil {
		return
	}
	f.about = subject{target: target, route: route, targets: probe.Targets(route, f.config.Port, f.config.Implicit)}
	f.guide = f.guide.WithRoute(f.about.scripted())
}

// tellAnswers prints the answers that were given before.
func (f *front) tellAnswers() {
	for _, one := range f.guide.List() {
		if one.Answer != "" {
			f.page.line(say("answered", "n", strconv.Itoa(one.Number), "name", one.Name, "answer", one.Answer))
		}
	}
}

// headingOf is the line that asks, "" where the prompt alone does.
func headingOf(q script.Question) string {
	number := strconv.Itoa(q.Number)
	switch q.Topic {
	case script.AskSubject:
		return say("question message", "n", number)
	case script.AskText:
		return ""
	case script.AskLook:
		return say("question send", "n", number, "ask", q.Ask)
	}
	return say("question", "n", number, "ask", q.Ask)
}

func (f *front) tellQuestion(heading string) {
	q := f.guide.Question()
	f.page.line(heading)
	if !listed(q) {
		return
	}
	for _, choice := range q.Choices {
		f.page.line(say("choice", "n", strconv.Itoa(choice.Digit), "text", choice.Text, "remark", choice.Remark))
	}
}

// listed reports whether the answers at hand are printed with numbers: not
// where there is but the usual one, which stands in the brackets. That a
// message may have no sender is always told.
func listed(q script.Question) bool {
	return len(q.Choices) > 2 || len(q.Choices) > 0 && (q.Default != 1 || q.Topic == script.AskFrom)
}

// promptFor is the prompt of a question, with what an empty line takes.
func promptFor(q script.Question, offer string) string {
	name := q.Name
	switch q.Topic {
	case script.AskSubject:
		name = say("subject")
	case script.AskText:
		return say("text") + ":"
	case script.AskLook:
		return say("yes or no")
	}
	switch {
	case listed(q) && q.Default > 0:
		offer = strconv.Itoa(q.Default)
	case offer == "":
		return name + ":"
	}
	return name + " [" + offer + "]:"
}

// question asks for one answer and takes it. It reports false when the
// questions are left.
func (f *front) question() bool {
	g := f.guide
	offer := g.Offer()
	if g.Topic() == script.AskText {
		offer = ""
	}
	text, ok := f.ask(promptFor(g.Question(), offer))
	if !ok {
		f.endedAt("ended guide", true)
		return false
	}
	if f.left(text) {
		return false
	}
	if f.ofGuide(text) {
		return true
	}
	if strings.TrimSpace(text) == "" && offer != "" {
		text = offer
	}
	line, _ := g.Preview(text)
	next, problem := g.Answer(text)
	switch {
	case problem != "":
		f.page.line(problem)
	case next.Topic() != g.Topic() && willSend(g.Topic()):
		f.page.line(say("will send", "line", line))
	case next.Stepping() != g.Stepping():
		f.page.line(sayStepping(next.Stepping()))
	}
	f.guide = next
	return true
}

// willSend reports whether an answer comes to a command.
func willSend(topic script.Topic) bool {
	return topic == script.AskTo || topic == script.AskName || topic == script.AskFrom
}

func sayStepping(on bool) string {
	if on {
		return say("stepping")
	}
	return say("not stepping")
}

// left reports whether a line leaves the questions: /cancel, /quit, or at the
// last one anything that is a no.
func (f *front) left(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	switch f.guide.Topic() {
	case script.AskText:
		return f.config.Terminal && text == "/cancel"
	case script.AskLook:
		if text == "" || text == "n" || text == "no" {
			return true
		}
	}
	if text == "/quit" {
		f.leave()
	}
	return text == "/cancel" || text == "/quit"
}

// ofGuide takes the other lines for ehlo. In the text of the message there are
// none from a pipe, and only these from a terminal.
func (f *front) ofGuide(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	inText := f.guide.Topic() == script.AskText
	switch {
	case inText && !f.config.Terminal:
		return false
	case text == "/back":
		f.guide = f.guide.Back()
		if inText {
			f.page.line(say("one back"))
		}
	case text == "/help", strings.HasPrefix(text, "/") && !inText:
		f.page.line(say("help guide"))
	default:
		return false
	}
	return true
}
