package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
	"ehlo/ui/headline"
)

// soon is how long an answer may take before the head says that we wait.
const soon = 2 * time.Second

// standing is what the head of the screen says now: a question first, then
// what is waited for, then the verdict.
func (m *Model) standing() headline.Verdict {
	switch {
	case m.ask != nil:
		return m.worded(m.ask.words, m.ask.fill...)
	case m.guided.asking():
		return m.guideHead()
	case !m.query.since.IsZero():
		return m.lookingNow()
	case m.live.talking():
		return m.talkingNow()
	case m.tries.on():
		return m.tryingNow()
	}
	return m.untilThen(m.verdict)
}

func (m *Model) lookingNow() headline.Verdict {
	key, name := "looking", m.about.Domain.Unicode
	switch {
	case m.query.names:
		key = "naming"
	case name == "":
		key, name = "looking-server", m.about.Server.Host
	}
	return m.ticking(m.query.since, key, "{domain}", name)
}

func (m *Model) talkingNow() headline.Verdict {
	switch {
	case m.live.body != nil:
		return m.sendingNow()
	case m.live.stage == session.StageConnect:
		return m.ticking(m.live.stageAt, "calling", "{address}", m.live.target.Addr.Addr().String(), "{port}", fmt.Sprint(m.live.target.Addr.Port()))
	case m.live.stage == session.StageTLS:
		return m.ticking(m.live.stageAt, "handshake")
	case !m.live.endless.IsZero():
		return m.ticking(m.live.endless, "endless")
	case m.live.stage == session.StageGreeting && m.live.greeting:
		return m.ticking(m.live.stageAt, "greeting-begun")
	case m.live.stage == session.StageGreeting:
		return m.ticking(m.live.stageAt, "greeting")
	case m.live.waiting.on && m.now().Sub(m.live.waiting.since) >= soon:
		return m.ticking(m.live.waiting.since, "waiting", "{verb}", verbWords(m.live.waiting.to))
	}
	return m.untilThen(m.verdict)
}

// verbWords names a command as people say it.
func verbWords(to session.Command) string {
	switch to.Verb {
	case smtp.MAIL:
		return "MAIL FROM"
	case smtp.RCPT:
		return "RCPT TO"
	case smtp.End:
		return "the end of the message"
	case "":
		return "yet"
	}
	return to.Verb
}

func (m *Model) sendingNow() headline.Verdict {
	v := m.worded("sending")
	v.Progress = &headline.Progress{Sent: m.live.body.bytes, Total: m.live.body.length, Took: m.now().Sub(m.live.body.begun)}
	return v
}

// ticking is one of the standing words under the clock that ticks now.
func (m *Model) ticking(since time.Time, key string, fill ...string) headline.Verdict {
	v := m.worded(key, fill...)
	v.Ticking, v.Elapsed = true, m.now().Sub(since)
	return v
}

// worded is one of the standing words of the screen.
func (m *Model) worded(key string, fill ...string) headline.Verdict {
	words := words().Verdicts[key]
	r := strings.NewReplacer(fill...)
	notes := slices.Clone(words.Notes)
	for i := range notes {
		notes[i] = r.Replace(notes[i])
	}
	return headline.Verdict{
		Word: words.Word, Label: r.Replace(words.Label), Sentence: r.Replace(words.Sentence),
		Who: r.Replace(words.Who), Next: r.Replace(words.Next), Notes: notes,
	}
}

// say makes one of the standing words the verdict.
func (m *Model) say(key string, fill ...string) { m.verdict = m.worded(key, fill...) }

// tell makes a sentence the verdict.
func (m *Model) tell(word, sentence, who, next string) {
	m.verdict = headline.Verdict{Word: word, Sentence: sentence, Who: whoShort(who), Next: next}
}

// greet says what the screen is for.
func (m *Model) greet() {
	if m.config.Practice != nil {
		m.say("practice", "{title}", m.config.Practice.Title)
		return
	}
	m.say("welcome")
}

// routeVerdict says where mail goes.
func (m *Model) routeVerdict(found *verdict.Route) headline.Verdict {
	key, plural := "route", "s"
	if found.Implicit {
		key = "route-implicit"
	}
	if noted(found.Notes, probe.CodeDiffers) {
		key = "route-differs"
	}
	if len(found.Hosts) == 1 {
		plural = ""
	}
	at := ""
	if provider := found.Hosts[0].Provider; provider != "" {
		at = " at " + provider
	}
	return m.worded(key, "{domain}", m.about.Domain.Unicode, "{n}", fmt.Sprint(len(found.Hosts)), "{s}", plural, "{at}", at)
}

// tellStatus says who is on the line, since when, and how far we are.
func (m *Model) tellStatus() {
	if !m.live.talking() || m.live.connected.IsZero() {
		m.note = m.text("status-none")
		return
	}
	ladder := m.live.state.Ladder()
	m.note = m.text("status", "{address}", m.live.target.Addr.String(), "{clock}", headline.Minutes(m.now().Sub(m.live.connected)),
		"{rung}", ladder.Rungs[ladder.At].Name, "{idle}", headline.Minutes(m.now().Sub(m.live.last)))
}

func whoShort(key string) string { return explain.WhoShort(key) }
