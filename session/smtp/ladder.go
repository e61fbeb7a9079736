package smtp

import "ehlo/session"

// The rungs of the ladder, in their order.
const (
	rungConnect = iota
	rungHello
	rungTLS
	rungSignIn
	rungFrom
	rungTo
	rungData
	rungSent
)

var rungNames = [...]string{"CONNECT", "HELLO", "TLS", "SIGN IN", "FROM", "TO", "DATA", "SENT"}

// Ladder tells how far the conversation has come. The rung under way stays the
// place while its answer is awaited or after it was refused.
func (s State) Ladder() session.Ladder {
	at := s.rung()
	ladder := session.Ladder{Rungs: make([]session.Rung, len(rungNames)), At: at, Refused: s.refusedAt > 0 || s.TurnedAway}
	for i, name := range rungNames {
		ladder.Rungs[i].Name = name
		switch {
		case i > at && (i != rungTLS || !s.Secure):
		case i == at && at != rungSent:
		case s.skipped(i):
			ladder.Rungs[i].Step = session.Skipped
		default:
			ladder.Rungs[i].Step = session.Done
		}
	}
	return ladder
}

// skipped reports whether a rung below the place was passed by.
func (s State) skipped(rung int) bool {
	switch rung {
	case rungHello:
		return s.Hello == ""
	case rungTLS:
		return !s.Secure
	case rungSignIn:
		return !s.SignedIn
	}
	return false
}

// rung returns the stage to be taken next.
func (s State) rung() int {
	if s.TurnedAway {
		return rungConnect
	}
	if to, ok := s.Awaiting(); ok && s.Greeted {
		if rung, known := rungOf(to.Verb); known {
			return rung
		}
	}
	switch {
	case s.refusedAt > 0:
		return s.refusedRung()
	case !s.Greeted:
		return rungConnect
	case s.Hello == "":
		return rungHello
	case s.challenged:
		return rungSignIn
	case s.payload, s.Taken() > 0:
		return rungData
	case s.HasSender:
		return rungTo
	case s.Accepted > 0:
		return rungSent
	}
	return rungFrom
}

// refusedRung is where a refused command leaves the talk: on its own rung, or on
// the first one before it that was never taken.
func (s State) refusedRung() int {
	at := s.refusedAt - 1
	switch {
	case at > rungHello && s.Hello == "" && at != rungSent:
		return rungHello
	case at > rungFrom && at < rungSent && !s.HasSender:
		return rungFrom
	case at == rungData && s.Taken() == 0:
		return rungTo
	}
	return at
}

// rungOf returns the rung on which a command stands while it is awaited.
func rungOf(verb string) (rung int, known bool) {
	switch verb {
	case EHLO, HELO, LHLO:
		return rungHello, true
	case STARTTLS:
		return rungTLS, true
	case AUTH:
		return rungSignIn, true
	case MAIL:
		return rungFrom, true
	case RCPT:
		return rungTo, true
	case DATA:
		return rungData, true
	case End:
		return rungSent, true
	}
	return 0, false
}
