package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
	"ehlo/ui/encryption"
	"ehlo/ui/headline"
)

// hear takes what came of a session: the transcript keeps it, the panes show
// it, the verdict follows it. Events of a conversation that was replaced are
// drained and not shown.
func (m *Model) hear(msg heard) tea.Cmd {
	if m.live == nil || msg.from != m.live.session {
		if msg.ended {
			return nil
		}
		return await(msg.from)
	}
	for _, event := range msg.events {
		m.live.take(event)
		m.follow(event)
	}
	m.talk.Append(msg.events...)
	if msg.ended {
		return nil
	}
	return tea.Batch(await(msg.from), m.goOn())
}

// follow lets panes and verdict follow one event.
func (m *Model) follow(event session.Event) {
	switch event := event.(type) {
	case session.Passed:
		m.passed(event)
	case session.Answered:
		m.answered(event)
	case session.GaveUp:
		m.say("stopped")
	case session.Returned:
		m.giveBack(event.Lines)
	case session.Ended:
		m.ended(event)
	}
}

func (m *Model) passed(event session.Passed) {
	switch event.Stage {
	case session.StageConnect:
		m.show(PaneTalk)
		m.route.SetTry(m.live.target.Addr.Addr(), m.routeState("here", event.Took))
	case session.StageTLS:
		m.crypt.SetEncryption(*event.TLS, event.Took, m.now(), m.live.state.Greeted)
		m.verdict = row(verdict.Encrypted(event.TLS))
	}
}

// answered lets an answer be the verdict, unless it came late or unasked.
func (m *Model) answered(event session.Answered) {
	if event.Late || event.Unasked && !event.Reply.Closing {
		return
	}
	m.verdict = row(verdict.Standing(event.To, event.Reply, m.live.state))
	m.showOffers(event.To)
	if m.guided != nil && !m.guided.asking() {
		m.guided.plan = m.guided.plan.Heard(event.To, event.Reply)
	}
}

// showOffers keeps the lists of what the server offers in step with the talk.
func (m *Model) showOffers(to session.Command) {
	switch to.Verb {
	case smtp.EHLO, smtp.HELO:
		m.offers.SetOffers(m.live.offers, m.live.state.Secure)
	default:
		return
	}
	if !m.live.state.Secure {
		offered := encryption.NotOffered
		if m.live.state.Extensions.Offers(smtp.STARTTLS) {
			offered = encryption.Offered
		}
		m.crypt.SetClear(offered)
	}
}

// ended tells why a conversation is over, and offers the way on.
func (m *Model) ended(event session.Ended) {
	addr := m.live.target.Addr.Addr()
	if event.Cause == nil {
		if m.verdict.Word == "" {
			m.say("hung-up")
		}
		m.route.SetTry(addr, m.routeState("answered", 0))
		return
	}
	m.route.SetTry(addr, m.routeState(string(event.Cause.Why), event.At.Sub(m.live.stageAt)))
	m.verdict = m.judged()
	if event.Cause.Stage == session.StageConnect && m.found != nil {
		m.route.Down()
		m.offerChosen()
	}
}

// giveBack puts a line that was never said back into the prompt.
func (m *Model) giveBack(lines []string) {
	if len(lines) > 0 && m.prompt.Empty() {
		m.prompt.SetValue(lines[0])
	}
}

// row is a verdict as the head of the screen shows it.
func row(v verdict.Verdict) headline.Verdict {
	return headline.Verdict{Word: v.Word, Sentence: v.Sentence, Who: v.WhoText, Next: v.Next}
}

// stopWaiting gives up the wait under way: a look-up, a call, an answer.
func (m *Model) stopWaiting() {
	if !m.looking.IsZero() {
		m.stopLookUp()
		m.serial++
		m.looking = time.Time{}
		m.say("stopped")
		return
	}
	if m.live.talking() {
		m.live.session.StopWaiting()
	}
}

// hangUp closes the line; the talk stays on the screen.
func (m *Model) hangUp() {
	if m.live.talking() {
		m.live.session.Close()
		m.say("hung-up")
	}
}

// again hangs up and calls the same server.
func (m *Model) again() tea.Cmd {
	if m.live == nil {
		return m.offerConnect()
	}
	target := m.live.target
	m.leave()
	return m.call(target)
}

// call begins a conversation in place of the one before.
func (m *Model) call(target probe.Target) tea.Cmd {
	m.leave()
	m.closeSheet()
	m.verdict = headline.Verdict{}
	m.offers.Forget()
	m.crypt.SetClear(encryption.NotAsked)
	m.route.SetTry(target.Addr.Addr(), m.routeState("trying", 0))
	return m.dial(target)
}

// leave hangs up without waiting; what the session still tells is drained.
func (m *Model) leave() {
	if m.live != nil {
		m.live.session.Close()
	}
}

// judged is the verdict on all that is known of the conversation.
func (m *Model) judged() headline.Verdict {
	said, _ := verdict.Of(m.facts())
	said.WhoText = whoShort(said.Who)
	return row(said)
}

func (m *Model) judgedCode() string {
	said, _ := verdict.Of(m.facts())
	return said.Code
}

// facts puts what is known of the conversation together.
func (m *Model) facts() verdict.Facts {
	facts := verdict.Facts{
		Target: m.aboutText(), Domain: m.about.Domain.ASCII,
		Tries: []verdict.Try{m.live.collector.Try}, Message: m.live.collector.Message(),
	}
	facts.Recipients = m.live.collector.Recipients(m.live.recipients)
	return facts
}
