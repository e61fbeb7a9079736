package ui

import (
	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
)

// identify says what the server is by all that it has shown so far: its
// greeting first, then its list.
func (l *live) identify(event session.Answered) {
	switch {
	case event.Unasked:
		return
	case event.To.Verb == "" && event.To.Line == "":
		l.greeted = event.Reply
	case event.To.Verb != smtp.EHLO && event.To.Verb != smtp.LHLO:
		return
	}
	l.identity = explain.Identify(l.greeted, l.offers, l.target.Host)
}

// patience is how long the server is likely to wait for the next line.
func (l *live) patience() explain.Patience { return explain.PatienceOf(l.identity) }

// idleNote warns that the server may soon hang up, "" while it is early.
func (m *Model) idleNote() string {
	if !m.live.idle() || m.live.connected.IsZero() {
		return ""
	}
	patience := m.live.patience()
	if m.now().Sub(m.live.last) < patience.Wait*4/5 {
		return ""
	}
	return m.text("idle", "{say}", patience.Say)
}
