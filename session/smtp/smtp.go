// Package smtp is the dialect of SMTP, ESMTP and LMTP: how a line is read, how
// a reply is framed, and how both are folded into a State.
//
//	subject               source
//	commands, replies     RFC 5321 sections 4.1 and 4.2
//	enhanced status codes RFC 3463, RFC 2034
//	extensions            RFC 5321 section 4.1.1.1
//	STARTTLS              RFC 3207
//	AUTH                  RFC 4954
//	LMTP                  RFC 2033
//
// It has no IO and no state of its own; session.Session brings both.
package smtp

import (
	"ehlo/session"
)

// Dialect speaks SMTP, or LMTP when told so. The zero value is SMTP.
type Dialect struct {
	LMTP bool // LHLO in place of EHLO, one answer a recipient after the dot
}

// Name returns "smtp" or "lmtp".
func (d Dialect) Name() string {
	if d.LMTP {
		return "lmtp"
	}
	return "smtp"
}

// ServerFirst reports true: a server greets (RFC 5321 section 3.1).
func (d Dialect) ServerFirst() bool { return true }

// Start returns the State in which the greeting is awaited.
func (d Dialect) Start() session.State {
	return State{lmtp: d.LMTP, awaiting: []session.Command{{}}}
}

// Encode returns the line with CRLF, a leading dot doubled inside a message
// (RFC 5321 section 4.5.2). Nothing is ever held back.
func (d Dialect) Encode(command session.Command) (first, rest []byte) {
	first = make([]byte, 0, len(command.Line)+3)
	if command.Effect == session.EffectText && len(command.Line) > 0 && command.Line[0] == '.' {
		first = append(first, '.')
	}
	first = append(first, command.Line...)
	return append(first, '\r', '\n'), nil
}

// Frame returns a collector for one reply.
func (d Dialect) Frame(session.State) session.Framer { return &framer{} }
