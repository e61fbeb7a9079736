package ui

import (
	"strings"
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
		return m.drain(msg)
	}
	var settle tea.Cmd
	for _, event := range msg.events {
		m.live.take(event)
		m.dropStaleNote(event)
		m.follow(event)
		m.followReplay(event)
		switch event := event.(type) {
		case session.Ended:
			settle = m.ended(event)
		case session.Passed:
			settle = tea.Batch(settle, m.askDANE(event.TLS))
		}
	}
	m.replayOn()
	if msg.ended {
		return nil
	}
	return tea.Batch(m.live.source.await(), m.goOn(), settle)
}

// drain takes what a replaced conversation still tells: only a line that it
// never said comes back.
func (m *Model) drain(msg heard) tea.Cmd {
	if msg.ended {
		return nil
	}
	for _, event := range msg.events {
		if returned, ok := event.(session.Returned); ok {
			m.giveBack(returned.Lines)
		}
	}
	return msg.source.await()
}

// follow lets panes and verdict follow one event.
func (m *Model) follow(event session.Event) {
	switch event := event.(type) {
	case session.Said:
		m.stopLooking() // the answer is what counts now
	case session.Passed:
		m.passed(event)
	case session.Answered:
		m.answered(event)
	case session.GaveUp:
		m.say("stopped-line")
		if m.guided != nil {
			m.guided.paused = true
		}
	case session.Returned:
		m.giveBack(event.Lines)
	}
}

func (m *Model) passed(event session.Passed) {
	switch event.Stage {
	case session.StageConnect:
		m.show(PaneTalk)
		m.tellRoute()
	case session.StageTLS:
		m.crypt.SetEncryption(*event.TLS, event.Took, m.now(), m.live.state.Greeted)
		m.verdict = row(verdict.Encrypted(event.TLS))
		m.offers.Forget()
		m.encrypted()
	}
}

// answered lets an answer be the verdict, unless it came late or unasked.
func (m *Model) answered(event session.Answered) {
	if m.ask != nil && m.ask.words == "quit-message" && !m.live.handing {
		m.dismiss()
	}
	if m.guided != nil && !m.guided.asking() && !event.Unasked {
		m.guided.plan = m.guided.plan.Heard(event.To, event.Reply)
	}
	if event.Late || event.Unasked && !event.Reply.Closing {
		return
	}
	old := verdict.Follows(event.To, event.Reply, m.live.state)
	if !old && (event.To.Verb != smtp.QUIT || !m.judgedAlready()) {
		m.verdict = row(verdict.Standing(event.To, event.Reply, m.live.state, m.live.target.Purpose))
	}
	m.followSignIn(event)
	m.showOffers(event.To)
	m.noteComeBack(event)
	m.tellGreeted(event)
}

// judgedAlready reports whether the verdict tells what became of the question: a
// goodbye says nothing more.
func (m *Model) judgedAlready() bool {
	switch m.verdict.Word {
	case "NO", "NOT NOW", "CANNOT TELL":
		return true
	}
	return m.live.state.Accepted > 0
}

// showOffers keeps the lists of what the server offers in step with the talk.
func (m *Model) showOffers(to session.Command) {
	switch to.Verb {
	case smtp.EHLO, smtp.HELO:
		m.offers.SetOffers(m.live.offers, m.live.state.Secure)
		m.offers.SetBefore(m.live.before)
		m.crypt.SetLists(m.live.before, m.live.offers)
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
func (m *Model) ended(event session.Ended) tea.Cmd {
	m.dropProposal()
	if m.menu == menuResult {
		m.showResult() // what can be done on an open line has gone
	}
	m.tellRoute()
	if event.Cause == nil && m.verdict.Word == "" {
		m.say("hung-up")
	}
	if event.Cause != nil {
		m.verdict = m.judged()
		m.tellUnencrypted(event.Cause)
	}
	m.tellAgain(event.Cause)
	if event.Cause != nil && event.Cause.Why == session.WhyBodyStopped && m.live.left {
		m.say("unfinished") // by us: nobody else has to act
	}
	if failedBefore(m.live.collector.Try) && !m.live.left {
		return m.goneWrong(m.live.collector.Try)
	}
	return nil
}

// dropProposal takes back what was proposed for a line that has ended: nobody
// hears it any more.
func (m *Model) dropProposal() {
	if line := m.line(); !strings.HasPrefix(line.Value(), "/connect ") {
		line.Offer("", m.now())
	}
}

// giveBack puts the lines that were never said back into the prompt; beside
// what is typed or waits there, they wait first. The guide's own
// are not given back: it offers them again. All are in the history.
func (m *Model) giveBack(lines []string) {
	guides := m.guided.talks() && len(lines) > 0 && (lines[0] == m.guided.offered || strings.Contains(lines[0], session.Hidden))
	if len(lines) == 0 || guides {
		return
	}
	line := m.line()
	if !line.Empty() || line.Pasted() > 0 {
		line.Queue(lines)
		return
	}
	pasted := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.Join(lines, "\n")), Paste: true}
	*line, _ = line.Update(pasted, m.now())
}

// row is a verdict as the head of the screen shows it.
func row(v verdict.Verdict) headline.Verdict {
	return headline.Verdict{Word: v.Word, Sentence: v.Sentence, Who: v.WhoText, Next: v.Next}
}

// stopWaiting gives up the wait under way, a look-up, a call, an answer, and
// reports whether there was one. A message on its way is none.
func (m *Model) stopWaiting() bool {
	switch {
	case !m.query.since.IsZero():
		m.query.stop()
		m.query.serial++
		m.query.since, m.query.names = time.Time{}, false
		m.say("stopped")
		return true
	case m.stopTries():
		return true
	case m.live.talking() && !m.live.pouring() && (m.live.waiting.on || m.live.stage != ""):
		m.live.session.StopWaiting()
		return true
	}
	return false
}

// hangUp closes the line; the talk stays on the screen. Without a line it ends
// a look-up.
func (m *Model) hangUp() {
	if !m.live.talking() {
		m.stopWaiting()
		return
	}
	m.live.session.Close()
	m.live.left = true
	if m.verdict.Word == "CANNOT TELL" || !m.judgedAlready() {
		m.say("hung-up")
	}
}

// ticked is the one clock: it also tells the route how long a call has waited.
func (m *Model) ticked() tea.Cmd {
	m.tellComeBack()
	m.talk.Store().Flush()
	if m.leaving.noted && m.now().Sub(m.leaving.last) >= secondStop {
		m.note, m.leaving.noted = "", false
	}
	if m.live.talking() && m.live.stage == session.StageConnect {
		m.tellRoute()
	}
	if m.tries.on() {
		m.showTries()
	}
	return tick()
}

// again hangs up and calls the same server; during a look-up it asks anew.
func (m *Model) again() tea.Cmd {
	switch {
	case !m.query.since.IsZero():
		return m.begin(m.about)
	case m.live == nil:
		return m.offerConnect()
	}
	return m.callAgain()
}

// call begins a conversation in place of the one before.
func (m *Model) call(target probe.Target) tea.Cmd {
	if m.tries.calling(target) {
		m.tries.then = &target // never two connections to one address at a time
		m.stopTries()
		return nil
	}
	if m.live.talking() {
		m.live.source.replace()
		m.talk.Append(session.Ended{Stamp: session.Stamp{At: m.now()}, State: m.live.state})
	}
	m.leave()
	m.closeSheet()
	m.replan(target)
	m.route.SetRemark("")
	m.verdict = headline.Verdict{}
	m.offers.Forget()
	m.crypt.SetClear(encryption.NotAsked)
	cmd := m.dial(target)
	m.tellRoute()
	return cmd
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
	return row(said.Short())
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
