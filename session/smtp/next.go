package smtp

import "slices"

// Next returns the verbs that a server in this state takes, the one that
// usually comes next first (RFC 5321 section 4.1.4). Inside a message it is
// the End alone, and QUIT after a greeting that was a no (section 3.1).
func (s State) Next() []string {
	switch {
	case s.payload:
		return []string{End}
	case s.TurnedAway:
		return []string{QUIT}
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

// Turn tells why it is not a verb's turn.
type Turn uint8

// The turns. InTurn is the zero value: it may be said.
const (
	InTurn     Turn = iota
	TooEarly        // another verb comes before it
	Already         // it was said, and holds
	NotOffered      // the server does not list it
	OnlyQuit        // it turned us away at its greeting (RFC 5321 section 3.1)
)

// TurnOf reports whether a verb may be said now, and if not, why; first is the
// verb that comes before it (RFC 5321 section 4.1.4, RFC 3207 section 4.1,
// RFC 4954 section 4). A verb that it does not know may be said at any time.
func (s State) TurnOf(verb string) (turn Turn, first string) {
	switch {
	case s.TurnedAway && verb != QUIT:
		return OnlyQuit, ""
	case s.payload || !s.Greeted:
		return InTurn, ""
	}
	if keyword := offeredBy(verb); keyword != "" && s.lacks(keyword) {
		return NotOffered, ""
	}
	switch {
	case !needsHello(verb):
		return InTurn, ""
	case s.Hello == "" && s.lmtp:
		return TooEarly, LHLO
	case s.Hello == "":
		return TooEarly, EHLO
	case verb == STARTTLS && s.Secure, verb == AUTH && s.SignedIn && !s.guessing:
		return Already, ""
	}
	return s.turnInMessage(verb)
}

// turnInMessage is the turn of a verb that has to do with a message under way.
func (s State) turnInMessage(verb string) (turn Turn, first string) {
	switch verb {
	case RCPT:
		if !s.HasSender {
			return TooEarly, MAIL
		}
	case DATA, "BDAT", "BURL":
		switch {
		case !s.HasSender:
			return TooEarly, MAIL
		case s.Taken() == 0:
			return TooEarly, RCPT
		}
	default:
		if s.HasSender {
			return TooEarly, RSET
		}
	}
	return InTurn, ""
}

// Barred reports whether a verb can only be refused, because the server has
// refused what comes before it: us at its greeting, our hello, the sender, or
// every recipient. Such a no says nothing new.
func (s State) Barred(verb string) bool {
	turn, first := s.TurnOf(verb)
	switch {
	case turn == OnlyQuit:
		return true
	case turn != TooEarly:
		return false
	case first == s.HelloVerb():
		return s.noHello
	case first == MAIL:
		return s.noSender
	}
	return first == RCPT && len(s.Recipients) > 0
}

// needsHello tells the verbs that have a place in the order.
func needsHello(verb string) bool {
	return slices.Contains([]string{MAIL, RCPT, DATA, "BDAT", "BURL", STARTTLS, AUTH, "SEND", "SOML", "SAML", "ETRN", "ATRN"}, verb)
}

// offeredBy is the keyword without which a server does not take a verb, "" for
// one of the protocol itself.
func offeredBy(verb string) string {
	switch verb {
	case STARTTLS, AUTH, "ETRN", "ATRN", "TURN", "XCLIENT", "XFORWARD", "BURL", "SEND", "SOML", "SAML", "VERB", "ONEX":
		return verb
	case "BDAT":
		return "CHUNKING"
	}
	return ""
}

// HelloVerb is the verb by which a client names itself here.
func (s State) HelloVerb() string {
	if s.lmtp {
		return LHLO
	}
	return EHLO
}
