package smtp

import "ehlo/session"

// GoesOn reports whether a reply to a command is the one with which a talk goes
// on: 354 after DATA, a 2xx or the next challenge after AUTH, a 2xx after
// anything else (RFC 5321 section 4.3.2). A 250 after DATA is none: what
// follows would not be taken for a message.
func GoesOn(to session.Command, reply session.Reply) bool {
	switch to.Verb {
	case DATA:
		return reply.Class == session.GoOn
	case AUTH:
		return reply.Class == session.Yes || reply.Class == session.GoOn
	}
	return reply.Class == session.Yes
}
