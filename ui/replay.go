package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/smtp"
)

// replay says the lines of a talk that broke off again, on a new connection, by
// the one road and in lock-step: each when the answer before is whole. It stops
// at a sign-in and before a message, which only a person begins, and at the
// first answer of another class.
type replay struct {
	of     *session.Session
	steps  []step
	at     int    // the step to be said next
	said   bool   // the step before it is not answered yet
	stop   step   // where a person has to go on; zero: nowhere
	broken string // the line that was never answered, offered at the end
	asking bool   // it waits for the sign-in
	rest   []step // what follows the sign-in
}

// replayable counts the lines that would be said again after another call.
func (m *Model) replayable() int {
	if m.live == nil || m.guided.talks() {
		return 0
	}
	steps, _ := m.live.path.again()
	return len(steps)
}

// callAgain calls the same server and says the same lines again. A guided send
// knows by itself what to say.
func (m *Model) callAgain() tea.Cmd {
	was, target := m.live.path, m.live.target
	guided := m.guided.talks()
	m.leave()
	cmd := m.call(target)
	steps, stop := was.again()
	if guided || len(steps) == 0 && stop == (step{}) {
		return cmd
	}
	m.replay = &replay{of: m.live.session, steps: steps, stop: stop, rest: was.steps[min(len(steps)+1, len(was.steps)):]}
	switch was.broken.Verb {
	case smtp.AUTH, smtp.End: // a secret; a message that may have been taken
	default:
		m.replay.broken = was.broken.Line
	}
	return cmd
}

// replayOn says the next line, when the server has answered all before.
func (m *Model) replayOn() {
	r := m.replay
	switch {
	case r == nil || m.live == nil || r.of != m.live.session:
		m.replay = nil
	case m.live.ended:
		m.stopReplay("replay-ended")
	case r.asking || r.said || m.menu == menuBreak || !m.live.idle() || m.live.stage != "":
	case r.at < len(r.steps):
		m.sayAgain(r)
	default:
		m.replayed(r)
	}
}

func (m *Model) sayAgain(r *replay) {
	line := r.steps[r.at].line
	r.at, r.said = r.at+1, true
	m.note = m.text("replay-at", "{n}", fmt.Sprint(r.at), "{all}", fmt.Sprint(len(r.steps)))
	if !m.send(session.Line{Text: line}) {
		m.stopReplay("replay-ended")
	}
}

// replayed is the end of what can be said without asking.
func (m *Model) replayed(r *replay) {
	switch {
	case r.stop.verb == smtp.AUTH:
		r.asking = true
		m.note = m.text("replay-auth")
		m.line().Offer(r.stop.line, m.now())
		return
	case r.stop.verb != "":
		m.note = m.text("replay-message", "{lines}", m.lines(r.at))
		m.line().Offer(r.stop.line, m.now())
	default:
		m.note = m.text("replay-done", "{lines}", m.lines(r.at))
		if r.broken != "" {
			m.note = m.text("replay-broken", "{lines}", m.lines(r.at))
			m.line().Offer(r.broken, m.now())
		}
	}
	m.replay = nil
}

// followReplay holds what happens against what happened before.
func (m *Model) followReplay(event session.Event) {
	r := m.replay
	if r == nil || m.live == nil || r.of != m.live.session {
		return
	}
	switch event := event.(type) {
	case session.Said:
		if !r.said && event.Command.Verb != smtp.AUTH {
			m.stopReplay("replay-left") // the user goes another way
		}
	case session.GaveUp:
		m.stopReplay("replay-left")
	case session.Answered:
		if !event.Unasked && !event.Late {
			m.holdReplay(r, event)
		}
	}
}

// holdReplay stops at the first answer of another class, and says where.
func (m *Model) holdReplay(r *replay, event session.Answered) {
	switch {
	case event.To.Verb == "" && event.Reply.Class != session.Yes:
		m.stopReplay("replay-greeting", "{now}", fmt.Sprint(event.Reply.Code))
	case r.asking && event.To.Verb == smtp.AUTH && event.Reply.Class == session.Yes:
		signedIn := path{steps: r.rest}
		next := &replay{of: r.of, broken: r.broken, rest: nil}
		next.steps, next.stop = signedIn.again()
		m.replay = next
	case r.said && r.at > 0:
		r.said = false
		was := r.steps[r.at-1]
		if event.Reply.Class != was.class {
			m.stopReplay("replay-differs", "{line}", verbWords(event.To), "{then}", fmt.Sprint(was.code), "{now}", fmt.Sprint(event.Reply.Code))
		}
	}
}

// stopReplay ends it and says why.
func (m *Model) stopReplay(why string, fill ...string) {
	m.replay = nil
	m.note = m.text(why, fill...)
}

// brokeOff reports whether the talk ended otherwise than we wanted, on the
// address that is chosen, and there are lines to be said again.
func (m *Model) brokeOff() bool {
	if m.live == nil || !m.live.ended || !m.live.broke || m.replayable() == 0 {
		return false
	}
	_, chosen := m.route.Chosen()
	return !chosen.IsValid() || chosen == m.live.target.Addr.Addr()
}

// tellAgain says what Enter does after a talk that broke off. Where a message
// may have been taken nothing is proposed.
func (m *Model) tellAgain(cause *session.Cause) {
	m.live.broke = cause != nil && !m.live.left && cause.Why != session.WhyAfterData
	if m.brokeOff() {
		m.verdict.Next = m.text("again-next", "{lines}", m.lines(m.replayable()))
	}
}

// lines words a number of lines: "line", "3 lines".
func (m *Model) lines(n int) string {
	if n == 1 {
		return m.text("one-line")
	}
	return m.text("n-lines", "{n}", fmt.Sprint(n))
}
