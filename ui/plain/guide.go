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
	facts := script.Facts{Route: f.about.scripted(), Hello: f.hello(), From: f.config.From, TLS: f.config.Policy, SignIn: f.config.SignIn}
	if f.talk.live() && !slices.Contains(f.about.targets, f.talk.target) {
		facts.Route = subject{target: address.Target{Kind: address.KindServer}, targets: []probe.Target{f.talk.target}}.scripted()
	}
	if f.about.target.Kind == address.KindMailbox {
		facts.To = f.about.target.To.Display()
	}
	if f.config.Paper != "" {
		facts = facts.ForPractice()
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
