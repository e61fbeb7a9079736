package probe

import (
	"ehlo/session"
	"ehlo/session/certificate"
)

// trouble words an error beneath a talk: of encryption in plain words, else as
// the system has it.
func trouble(cause *session.Cause) string {
	if cause.Why == session.WhyTLSFailed {
		return certificate.Trouble(cause.Err)
	}
	return cause.Err.Error()
}
