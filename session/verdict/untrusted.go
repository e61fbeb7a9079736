package verdict

import "ehlo/session"

// untrusted tells two ends of a handshake from one that simply failed: the layer
// stood and its certificate was not good enough for what was asked, or text came
// in clear where encryption had to begin (RFC 3207 section 4.2, CVE-2011-0411).
func untrusted(found finding, stage Stage, try *Try) finding {
	switch {
	case session.Why(stage.Cause) == session.WhyClearText:
		found.words = "kind:clear-before-tls"
	case session.Why(stage.Cause) == session.WhyTLSFailed && try.TLS != nil && !try.TLS.Trusted && try.TLS.Reason != "":
		found.words, found.text = "kind:not-trusted", try.TLS.Reason
	}
	return found
}
