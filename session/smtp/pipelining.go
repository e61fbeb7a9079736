package smtp

import "ehlo/session"

// Joins reports whether next may follow before in one write: before must be a
// command that changes nothing the others depend on, and next one that RFC 2920
// section 3.1 names. So a group never goes on behind EHLO, DATA or QUIT, and
// STARTTLS and AUTH are always alone.
func (d Dialect) Joins(before, next session.Command) bool {
	return anywhere(before.Verb) && (anywhere(next.Verb) || last(next.Verb))
}

// anywhere tells the commands that may stand anywhere in a group.
func anywhere(verb string) bool {
	switch verb {
	case RSET, MAIL, RCPT, "SEND", "SOML", "SAML":
		return true
	}
	return false
}

// last tells those that may only end one.
func last(verb string) bool {
	switch verb {
	case EHLO, DATA, VRFY, EXPN, "TURN", QUIT, NOOP:
		return true
	}
	return false
}
