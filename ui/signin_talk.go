package ui

import (
	"encoding/base64"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/sanitize"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/smtp"
	"ehlo/ui/prompt"
)

// askWho asks for the user name, where the way wants one.
func (m *Model) askWho() tea.Cmd {
	user, _ := signin.Wants(m.signing.choice.Way)
	if !user {
		return m.askPassword()
	}
	m.askLine("signin-user", func(m *Model, sent prompt.Submit) tea.Cmd {
		m.signing.user = strings.TrimSpace(sent.Line)
		if m.signing.user == "" {
			return m.askWho()
		}
		return m.askPassword()
	})
	m.prompt.SetValue(m.signing.user)
	return nil
}

// askPassword asks for what is secret. One from the flags stands ready.
func (m *Model) askPassword() tea.Cmd {
	known := m.config.SignIn.Who.Password
	_, wanted := signin.Wants(m.signing.choice.Way)
	if !wanted {
		return m.beginSignIn(session.Secret{})
	}
	words := "signin-password"
	if strings.Contains(m.signing.choice.Way, "OAUTH") {
		words = "signin-token"
	}
	m.askLine(words, func(m *Model, sent prompt.Submit) tea.Cmd {
		switch {
		case sent.Body:
			return m.beginSignIn(known)
		case sent.Line == "":
			return m.askPassword()
		}
		return m.beginSignIn(session.NewSecret(sent.Line))
	})
	m.ask.secret = true
	m.prompt.SetSecret(m.secretLine)
	if !known.Empty() {
		m.prompt.OfferBody(m.text("signin-known"), m.now())
	}
	return nil
}

// askLine asks for a line of the sign-in.
func (m *Model) askLine(words string, take func(*Model, prompt.Submit) tea.Cmd) {
	m.put(words, nil, "{way}", m.signing.choice.Way, "{user}", sanitize.Text(m.signing.user))
	m.ask.take, m.ask.signs = take, true
}

// beginSignIn says AUTH.
func (m *Model) beginSignIn(password session.Secret) tea.Cmd {
	s := m.signing
	plan, err := script.NewSignOn(s.choice, signin.Credentials{User: s.user, Password: password})
	if problem, failed := err.(*signin.Problem); failed {
		return m.signInEnds(problem)
	}
	if err != nil || !m.live.idle() || m.live.session != s.of {
		return m.leaveSignIn() // the talk has moved on meanwhile
	}
	s.plan, s.on = plan, true
	m.show(PaneTalk)
	m.say("signin-going", "{way}", s.choice.Way)
	m.send(plan.Command().Outgoing())
	return nil
}

// followSignIn goes on after an answer to AUTH, or to one of its lines.
func (m *Model) followSignIn(event session.Answered) {
	s := m.signing
	if s == nil || !s.on || event.To.Verb != smtp.AUTH || event.Unasked {
		return
	}
	if s.byHand {
		m.followByHand(event)
		return
	}
	s.plan = s.plan.Heard(event.Reply)
	step := s.plan.Next(m.live.state)
	switch {
	case !step.Done:
		m.say("signin-going", "{way}", s.choice.Way)
		m.send(step.Outgoing())
		return
	case step.SignIn != nil:
		m.signInEnds(step.SignIn)
	}
	m.signing = nil
	if m.live.state.SecretNext() {
		m.hangUp() // it asks on, though we have stopped
	}
}

// followByHand shows what the server asks, in words.
func (m *Model) followByHand(event session.Answered) {
	if !m.live.state.SecretNext() {
		m.signing = nil
		return
	}
	asked := sanitize.Text(smtp.Challenge(event.Reply))
	key := "signin-challenge"
	if asked == "" {
		key = "signin-challenge-empty"
	}
	if m.signing.facts.Way == signin.Plain {
		key = "signin-challenge-plain"
	}
	m.say(key, "{challenge}", asked)
}

// inBase64 is an answer of the user as it goes over the wire: a "*" alone stops
// the sign-in (RFC 4954 section 4). In PLAIN \0 stands for the NUL between its
// parts (RFC 4616 section 2), which no keyboard has.
func (s *signOn) inBase64(answer string) session.Line {
	if answer == "*" {
		return session.Line{Text: answer}
	}
	parts := []string{answer}
	if s.facts.Way == signin.Plain {
		answer = strings.ReplaceAll(answer, `\0`, "\x00")
		parts = strings.Split(answer, "\x00")
	}
	line := session.Line{Text: base64.StdEncoding.EncodeToString([]byte(answer))}
	for _, part := range append(parts, line.Text) {
		line.Secrets = append(line.Secrets, session.NewSecret(part))
	}
	return line
}

// answersByHand reports whether a line that is typed now answers the server and
// is put into base64 here.
func (m *Model) answersByHand() bool {
	return m.signing != nil && m.signing.byHand && m.live.talking() && m.live.session == m.signing.of && m.live.state.SecretNext()
}

// signInEnds tells why there is no sign-in.
func (m *Model) signInEnds(problem *signin.Problem) tea.Cmd {
	m.live.collector.StopSignIn(problem)
	m.verdict = m.judged()
	if m.guided != nil {
		m.guided.paused = true
	}
	m.verdict.Sentence, m.verdict.Next = sanitize.Text(problem.Error()), problem.Next()
	return m.leaveSignIn()
}

// sendAnswer says what the user has answered to the server's question. Nothing
// of it is kept in the prompt.
func (m *Model) sendAnswer(sent prompt.Submit) tea.Cmd {
	m.prompt.DropPasted()
	m.send(m.signing.inBase64(sent.Line))
	m.show(PaneTalk)
	return nil
}

// submission is where people who have an account hand their mail over (RFC 6409
// section 3.1), and submissions the same in TLS (RFC 8314 section 7.3).
const submission, submissions = 587, 465

// signInDue reports whether the guide is to ask for a sign-in before a step: at
// the doors for people who have an account, or where the
// flags want one, before a message begins.
func (m *Model) signInDue(step script.Step) bool {
	state := m.live.state
	if m.guided.unsigned || m.guided.plan.SignIn.Wanted || state.SignedIn || state.HasSender || !strings.HasPrefix(step.Line, smtp.MAIL) {
		return false
	}
	asked := m.config.SignIn.Way != "" || m.config.SignIn.Who.User != ""
	port := m.live.target.Addr.Port()
	return len(state.Extensions.Mechanisms()) > 0 && (asked || m.guided.wanted || port == submission || port == submissions)
}

// actionSignIn is what can be done after a no for want of a sign-in.
const actionSignIn script.Action = "sign-in"

// signInThenSend goes on with the same answers behind a sign-in, on the line
// that is open.
func (m *Model) signInThenSend() tea.Cmd {
	m.guided.finished, m.guided.paused, m.guided.unsigned, m.guided.wanted = false, false, false, true
	m.replan(m.live.target)
	m.planEncrypted()
	return m.goOn()
}
