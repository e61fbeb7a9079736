// Package imap is the dialect of IMAP: how a line is read and gets its tag, how
// a response is framed, literals counted, and how both are folded into a State.
//
//	subject                   source
//	commands, responses       RFC 3501 sections 6 and 7, RFC 9051 likewise
//	tags                      RFC 3501 section 2.2.1
//	literals                  RFC 3501 section 4.3; the {n+} of RFC 7888
//	STARTTLS                  RFC 3501 section 6.2.1
//	LOGIN, AUTHENTICATE       RFC 3501 sections 6.2.3 and 6.2.2; SASL-IR of RFC 4959
//	LIST with SPECIAL-USE     RFC 3501 section 7.2.2, RFC 6154
//	SEARCH, ESEARCH           RFC 3501 section 7.2.5, RFC 4731
//	response codes            RFC 5530
//	names of folders          RFC 3501 section 5.1.3
//
// A response is one Reply. What begins with "*" is of the class Data and
// answers nothing; it is folded into the State until the line with the tag
// says yes or no. It has no IO and no state of its own; session.Session brings
// both.
package imap

import (
	"strings"

	"ehlo/session"
)

// Dialect speaks IMAP4rev1, and IMAP4rev2 as far as it is the same. The zero
// value is ready.
type Dialect struct{}

// Name returns "imap".
func (Dialect) Name() string { return "imap" }

// ServerFirst reports true: a server greets (RFC 3501 section 7.1).
func (Dialect) ServerFirst() bool { return true }

// Start returns the State in which the greeting is awaited.
func (Dialect) Start() session.State { return State{awaiting: []pending{{}}} }

// Encode returns the line with CRLF. Where Parse made a literal of a string,
// the line goes out as far as its count, and the rest waits for the "+" (RFC
// 3501 section 7.5).
func (Dialect) Encode(command session.Command) (first, rest []byte) {
	line := command.Line + "\r\n"
	if at := strings.Index(command.Line, literalMark); at >= 0 {
		at += len(literalMark)
		return []byte(line[:at]), []byte(line[at:])
	}
	return []byte(line), nil
}

// Joins reports false: an IMAP server takes several commands at once, but what
// one answer means for the next line is only known when it is there.
func (Dialect) Joins(_, _ session.Command) bool { return false }

// Frame returns a collector for one response.
func (Dialect) Frame(state session.State) session.Framer {
	s, _ := state.(State)
	to, waits := s.Awaiting()
	return &framer{greeting: waits && to.Verb == ""}
}
