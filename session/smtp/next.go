package smtp

// Next returns the verbs that a server in this state takes, the one that
// usually comes next first (RFC 5321 section 4.1.4). Inside a message it is
// the End alone.
func (s State) Next() []string {
	switch {
	case s.payload:
		return []string{End}
	case !s.Greeted:
		return nil
	case s.Hello == "" && s.lmtp:
		return []string{LHLO, NOOP, QUIT}
	case s.Hello == "":
		return []string{EHLO, HELO, NOOP, QUIT}
	case s.Taken() > 0:
		return []string{DATA, RCPT, RSET, NOOP, QUIT}
	case s.HasSender:
		return []string{RCPT, RSET, NOOP, QUIT}
	}
	return s.betweenMessages()
}

// betweenMessages is what may be said when no message is under way: after one
// was taken, most are done.
func (s State) betweenMessages() (verbs []string) {
	if s.Accepted > 0 {
		verbs = append(verbs, QUIT, MAIL)
	} else {
		verbs = append(verbs, MAIL)
	}
	if !s.Secure && s.Extensions.Offers(STARTTLS) {
		verbs = append(verbs, STARTTLS)
	}
	if !s.SignedIn && s.Extensions.Offers(AUTH) {
		verbs = append(verbs, AUTH)
	}
	verbs = append(verbs, VRFY, HELP, NOOP)
	if s.Accepted == 0 {
		verbs = append(verbs, QUIT)
	}
	return verbs
}
