package ui

import (
	"net/netip"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/headline"
)

// comeBack is when to ask again, after a server has asked us to. The zero value
// is no such time.
type comeBack struct {
	line string         // what was asked
	of   netip.AddrPort // which server
	at   time.Time
	told bool // that it is time
}

// noteComeBack starts the timer at an answer that asks us to come back, and
// ends it at any other answer to the same line.
func (m *Model) noteComeBack(event session.Answered) {
	if wait, asked := explain.ComeBack(event.Reply, event.To); asked {
		m.comeBack = comeBack{line: event.To.Line, of: m.live.target.Addr, at: m.now().Add(wait)}
	} else if event.To.Line == m.comeBack.line {
		m.comeBack = comeBack{}
	}
}

// comesBack reports whether the server that the screen is about has asked so.
func (m *Model) comesBack() bool {
	return m.comeBack.line != "" && m.live != nil && m.live.target.Addr == m.comeBack.of
}

// untilThen puts the time to ask again into a verdict that says not now.
func (m *Model) untilThen(v headline.Verdict) headline.Verdict {
	left := m.comeBack.at.Sub(m.now())
	switch {
	case !m.comesBack() || v.Word != "NOT NOW":
	case left > 0:
		v.Next = m.text("comeback-next", "{at}", m.comeBack.at.Format("15:04"), "{left}", headline.Minutes(left+time.Second-1))
	default:
		v.Next = m.text("comeback-due")
	}
	return v
}

// tellComeBack says once that it is time, whatever the screen is about then.
func (m *Model) tellComeBack() {
	if m.comesBack() && !m.comeBack.told && !m.now().Before(m.comeBack.at) {
		m.comeBack.told = true
		m.note = m.text("comeback-due")
	}
}

// repeat asks once more what was asked last: on the open line, else after
// another call, which says first what led there.
func (m *Model) repeat() tea.Cmd {
	line := m.lastAsked()
	switch {
	case m.live == nil || line == "" || m.guided.talks():
		m.note = m.text("repeat-nothing")
	case m.live.ended:
		return m.callAgain()
	case !m.live.idle():
		m.note = m.text("repeat-busy")
	case m.whyNot(line) != "":
		m.note = m.text("repeat-not", "{why}", m.whyNot(line))
	default:
		m.send(session.Line{Text: line})
		m.show(PaneTalk)
	}
	return nil
}

// lastAsked is the sender or recipient that was asked about last, "" where there
// is none. A message is not repeated by a key.
func (m *Model) lastAsked() string {
	if m.live == nil {
		return ""
	}
	steps := m.live.path.steps
	for i := len(steps) - 1; i >= 0; i-- {
		if verb := steps[i].verb; verb == smtp.RCPT || verb == smtp.MAIL {
			return steps[i].line
		}
	}
	return ""
}
