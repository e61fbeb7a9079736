package imap

import "ehlo/session"

// The rungs of the ladder, in their order.
const (
	rungConnect = iota
	rungTLS
	rungSignIn
	rungFolder
	rungSearch
	rungRead
)

var rungNames = [...]string{"CONNECT", "TLS", "SIGN IN", "FOLDER", "SEARCH", "READ"}

// Ladder tells how far the conversation has come. The rung under way stays the
// place while its answer is awaited or after it was refused.
func (s State) Ladder() session.Ladder {
	at := s.rung()
	ladder := session.Ladder{Rungs: make([]session.Rung, len(rungNames)), At: at, Refused: s.refusedAt > 0}
	for i, name := range rungNames {
		ladder.Rungs[i].Name = name
		switch {
		case i == rungTLS && s.Secure:
			ladder.Rungs[i].Step = session.Done
		case i >= at:
		case i == rungTLS, i == rungSearch && len(s.Found) == 0:
			ladder.Rungs[i].Step = session.Skipped
		default:
			ladder.Rungs[i].Step = session.Done
		}
	}
	return ladder
}

// rung returns the stage to be taken next.
func (s State) rung() int {
	if to, ok := s.Awaiting(); ok && s.Greeted {
		if rung, known := rungOf(to.Verb); known {
			return rung
		}
	}
	switch {
	case s.refusedAt > 0:
		return s.refusedAt - 1
	case !s.Greeted:
		return rungConnect
	case !s.SignedIn:
		return rungSignIn
	case s.Folder == "":
		return rungFolder
	case len(s.Found) == 0:
		return rungSearch
	}
	return rungRead
}

// rungOf returns the rung on which a command stands while it is awaited.
func rungOf(verb string) (rung int, known bool) {
	switch verb {
	case "":
		return rungConnect, true
	case StartTLS:
		return rungTLS, true
	case Login, Authenticate:
		return rungSignIn, true
	case Select, Examine:
		return rungFolder, true
	case Search, UIDSearch:
		return rungSearch, true
	case Fetch, UIDFetch:
		return rungRead, true
	}
	return 0, false
}
