package session

import (
	"io"
	"slices"
)

// ID names one Outgoing of a session, from 1 upwards. The zero value is none.
type ID uint64

// Outgoing is what can be sent: a Line, a Group of lines, or a Body. Everything
// that reaches the wire is one of them and goes through Send.
type Outgoing interface{ outgoing() }

// Line is one line, without line end.
type Line struct {
	Text string
	// Now sends it although answers are outstanding.
	Now bool
	// Secrets are what is secret in the sign-in that Text is of, where its writer
	// knows: they are hidden in every form, whatever the server makes of them, and
	// nothing else is but Text itself. nil leaves it to Parse and to guessing.
	Secrets []Secret
}

// Group is lines that are to go out in one write (PIPELINING, RFC 2920). Each
// has an ID of its own: Send returns that of the last, and those of the others
// are the numbers just before it. Where the Dialect does not let one line
// follow another in a group, and behind one that was withdrawn, a new write
// begins, in lock-step. Whether the server offers it is for the caller to ask.
type Group []Line

// Body is a message, ready for the wire: line ends are CRLF, leading dots are
// doubled, and it ends at the beginning of a line (session/message does so).
// The line that ends it is sent by the session. The source is read in a
// goroutine of its own; one that has a Close is closed when the message is
// over, which also ends a read that waits.
type Body struct {
	Source io.Reader
	Length int64 // bytes of the source if known, else -1; for progress only
}

func (Line) outgoing()  {}
func (Group) outgoing() {}
func (Body) outgoing()  {}

// read reads a line in the light of the State it meets. One that its writer
// calls secret as a whole stays so, whatever it is taken for: a password that
// was typed ahead, and the sign-in it was for was refused.
func (l Line) read(dialect Dialect, state State) Command {
	command := dialect.Parse(l.Text, state)
	if l.secret() && !slices.Contains(command.Secrets, l.Text) {
		command.Secrets = []string{l.Text}
		if command.Effect != EffectText {
			command.Verb, command.Arg = Unreadable, l.Text
		}
	}
	return command
}

// secret reports whether all of a line is one.
func (l Line) secret() bool {
	return slices.ContainsFunc(l.Secrets, func(s Secret) bool { return !s.Empty() && s.Reveal() == l.Text })
}

// pieces are what a queue holds of an Outgoing: a Group is one piece a line.
func pieces(out Outgoing) []Outgoing {
	group, ok := out.(Group)
	if !ok {
		return []Outgoing{out}
	}
	list := make([]Outgoing, 0, len(group))
	for _, line := range group {
		list = append(list, line)
	}
	return list
}

// endsALine reports whether a line would become two on the wire.
func endsALine(out Outgoing) bool {
	return slices.ContainsFunc(pieces(out), func(piece Outgoing) bool {
		line, ok := piece.(Line)
		return ok && holdsLineEnd(line.Text)
	})
}
