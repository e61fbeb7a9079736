package session

import "io"

// ID names one Outgoing of a session, from 1 upwards. The zero value is none.
type ID uint64

// Outgoing is what can be sent: a Line or a Body. Everything that reaches the
// wire is one of them and goes through Send.
type Outgoing interface{ outgoing() }

// Line is one line, without line end.
type Line struct {
	Text string
	// Now sends it although answers are outstanding.
	Now bool
}

// Body is a message, ready for the wire: line ends are CRLF, leading dots are
// doubled, and it ends at the beginning of a line (session/message does so).
// The line that ends it is sent by the session. The source is read in a
// goroutine of its own; one that has a Close is closed when the message is
// over, which also ends a read that waits.
type Body struct {
	Source io.Reader
	Length int64 // bytes of the source if known, else -1; for progress only
}

func (Line) outgoing() {}
func (Body) outgoing() {}
