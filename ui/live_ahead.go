package ui

import (
	"slices"

	"ehlo/session"
	"ehlo/session/smtp"
)

// ahead is the state that a line typed now will meet: behind every line that
// waits, each answered as hoped for. It is folded once, until something
// happens.
func (l *live) ahead() smtp.State {
	if l.met == nil {
		state := l.state
		if l.pouring() {
			state = state.Ahead(smtp.End)
		}
		for _, waiting := range l.pending {
			state = state.Ahead(waiting.shown)
		}
		state = state.Ahead()
		l.met = &state
	}
	return *l.met
}

// asLine is a text as it is handed over to meet a state. One that is a secret
// there stays one, should the server be elsewhere by then.
func (l *live) asLine(text string, state smtp.State) session.Line {
	line := session.Line{Text: text}
	if slices.Equal(smtp.Dialect{LMTP: l.target.LMTP}.Parse(text, state).Secrets, []string{text}) {
		line.Secrets = []session.Secret{session.NewSecret(text)}
	}
	return line
}

// hold notes a line that was handed over, until it has gone out.
func (l *live) hold(id session.ID, line session.Line) {
	if id == 0 {
		return
	}
	ahead := l.ahead()
	command := smtp.Dialect{LMTP: l.target.LMTP}.Parse(line.Text, ahead).Shown()
	shown := command.Line
	if line.Secrets != nil && shown == line.Text && command.Verb != smtp.AUTH {
		shown = session.Hidden // it was handed over as a secret, and does not look like one
	}
	l.pending = append(l.pending, pending{id, shown})
	ahead = ahead.Ahead(shown)
	l.met = &ahead
}

// drop forgets a line that has gone out or was taken back.
func (l *live) drop(id session.ID) {
	l.pending = slices.DeleteFunc(l.pending, func(p pending) bool { return p.id == id })
	l.met = nil
}
