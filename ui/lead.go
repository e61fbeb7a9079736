package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/smtp"
)

// goOn offers what the plan wants said next. By itself it sends only its own
// untouched offer, and never the message. While the break menu is open, or
// something is on its way to the wire, it waits.
func (m *Model) goOn() tea.Cmd {
	if !m.guided.talks() || m.live == nil || m.menu == menuBreak {
		return nil
	}
	if m.live.ended {
		if !m.settling() {
			m.showResult()
		}
		return nil
	}
	if m.live.unsaid() || m.signsIn() {
		return nil
	}
	if m.signing != nil {
		return m.leaveSignIn() // by another road
	}
	step := m.guided.next(m.live.state)
	switch {
	case step.Message:
		m.offerMessage()
	case step.Done && step.SignIn != nil:
		m.noteProblem(step)
		m.hangUp() // it asks on, though we have stopped: a QUIT would be taken for an answer
	case step.Line == smtp.QUIT:
		m.noteProblem(step)
		m.line().Offer(step.Line, m.now())
		m.showResult()
	case m.signInDue(step):
		return m.openSignIn("")
	case step.Answer, len(step.Secrets) > 0:
		m.offerSecret(step)
	case step.Line != "" && step.Line != m.guided.offered:
		m.offerLine(step.Line)
	}
	return nil
}

// next is the step of the plan, after what an open line has to forget first.
func (g *guided) next(state smtp.State) script.Step {
	g.reset = g.reset && state.HasSender
	g.byHand = g.byHand && state.InPayload()
	if g.reset && state.Outstanding() == 0 {
		return script.Step{Line: smtp.RSET}
	}
	return g.plan.Next(state)
}

// offerMessage offers the message, unless the user types one.
func (m *Model) offerMessage() {
	const message = "message"
	if m.guided.offered != message && !m.guided.byHand && !m.live.pouring() {
		m.guided.offered = message
		m.line().OfferBody(m.messageLabel(), m.now())
		m.say("message-ready")
	}
}

// offerLine offers a line, and sends it where the guide goes on by itself: its
// own untouched offer, never typed text.
func (m *Model) offerLine(text string) {
	m.guided.offered = text
	line := m.line()
	line.Offer(text, m.now())
	if m.guided.questions.Stepping() || m.guided.paused || !line.Offered() || line.Value() != text {
		return
	}
	line.Offer("", m.now())
	m.send(session.Line{Text: text})
}

// offerSecret offers a step of a sign-in under a label, as nobody may see it;
// it goes out by itself as any line does.
func (m *Model) offerSecret(step script.Step) {
	label := m.secretLabel(step)
	if m.guided.offered == label {
		return
	}
	m.guided.offered, m.guided.secret = label, step
	line := m.line()
	line.OfferBody(label, m.now())
	if m.guided.questions.Stepping() || m.guided.paused || !line.Token() || line.Value() != label {
		return
	}
	line.Offer("", m.now())
	m.sendSecret()
}

// secretLabel stands for a step of a sign-in: which it is, and nothing of it.
func (m *Model) secretLabel(step script.Step) string {
	way, begins := strings.CutPrefix(step.Line, smtp.AUTH+" ")
	if !begins {
		return m.text("secret-answer")
	}
	way, _, _ = strings.Cut(way, " ")
	return m.text("secret-label", "{way}", way)
}

// sendSecret sends the step of a sign-in that was offered.
func (m *Model) sendSecret() {
	if m.guided.talks() && m.live.talking() {
		m.guided.offered = ""
		m.send(m.guided.secret.Outgoing())
	}
}

// offerAnew offers again what the plan wants, when its offer was taken away.
func (m *Model) offerAnew() tea.Cmd {
	m.guided.offered = ""
	return m.goOn()
}

// leave notes that the user has said a line of their own: the plan picks up
// from where that leads. One that is text of a message makes it the user's.
func (g *guided) leave(state smtp.State) {
	if !g.talks() {
		return
	}
	g.offered = ""
	g.byHand = g.byHand || state.InPayload()
}

// replan makes the plan anew for another conversation.
func (m *Model) replan(target probe.Target) {
	if !m.guided.talks() {
		return
	}
	plan, _ := m.guided.questions.Plan()
	plan.Size, plan.EightBit = m.guided.plan.Size, m.guided.plan.EightBit
	plan.TLS = m.policyFor(target, plan.TLS)
	m.guided.plan, m.guided.offered, m.guided.reset, m.guided.byHand = plan, "", false, false
	m.line().Offer("", m.now())
}

// clearPrompt empties the prompt; what is offered goes too.
func (m *Model) clearPrompt() {
	m.prompt.SetValue("")
	m.prompt.Offer("", m.now())
}
