package imap

import (
	"slices"
	"strings"

	"ehlo/session"
)

// State is where an IMAP conversation stands. It is a value: the folds return
// a new one. What it tells was said on the wire, by whoever typed it.
type State struct {
	awaiting  []pending
	said      int // lines that have gone out
	open      open
	fresh     bool // capabilities were told since the sign-in began
	refusedAt int  // the rung whose answer was a no, counted from 1; 0 none

	Greeted      bool
	Capabilities []string // upper case; nil when they are not known, or not any more
	Secure       bool     // TLS is on
	SignedIn     bool
	Over         bool // it has said goodbye

	Folders []Folder // of the last LIST, at most MaxFolders
	More    int      // folders beyond them, counted
	Folder  string   // the one that is open, as the server writes it; "" none
	Exists  int      // messages in it
	Found   []uint32 // of the last SEARCH, at most MaxFound
	Fetched []Message
}

// Bounds on what a State keeps.
const (
	MaxFolders = 1000
	MaxFound   = 1000
	MaxFetched = 16
	maxOffers  = 200 // capabilities
)

// pending is a command whose answer is not whole, with its tag.
type pending struct {
	tag     string
	command session.Command
}

// open is a command that the server has asked to go on with: what the next
// line is a part of.
type open struct {
	what part
	tag  string
	verb string
}

type part uint8

const (
	nothing    part = iota
	challenged      // an answer to a challenge is due (RFC 3501 section 6.2.2)
	unfinished      // the bytes of a literal are due (RFC 3501 section 7.5)
	idling          // DONE is due, some time (RFC 2177)
)

// Awaiting returns the oldest command whose answer is not whole.
func (s State) Awaiting() (session.Command, bool) {
	if len(s.awaiting) == 0 {
		return session.Command{}, false
	}
	return s.awaiting[0].command, true
}

// Outstanding counts the answers still to come.
func (s State) Outstanding() int { return len(s.awaiting) }

// SecretNext reports whether the next line typed is a secret: an answer to a
// challenge, or what LOGIN sends as a literal.
func (s State) SecretNext() bool {
	return s.open.what == challenged || s.open.what == unfinished && s.open.verb == Login
}

// InPayload reports false: a message is nowhere a line of its own here.
func (s State) InPayload() bool { return false }

// signingIn reports whether the answer to an AUTHENTICATE is still to come.
func (s State) signingIn() bool {
	return slices.ContainsFunc(s.awaiting, func(p pending) bool { return p.command.Verb == Authenticate })
}

// Encrypted forgets what was offered before TLS (RFC 3501 section 6.2.1).
func (s State) Encrypted() session.State {
	s.Capabilities, s.Secure, s.refusedAt = nil, true, 0
	return s
}

// Offers reports whether a capability was told, in whatever case.
func (s State) Offers(name string) bool {
	return slices.Contains(s.Capabilities, strings.ToUpper(name))
}

// Mechanisms returns the ways of signing in that the server offers, upper case
// (RFC 3501 section 6.1.1: AUTH=).
func (s State) Mechanisms() (names []string) {
	for _, capability := range s.Capabilities {
		if name, ok := strings.CutPrefix(capability, "AUTH="); ok && name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Sent folds a command that has gone out.
func (s State) Sent(command session.Command) session.State {
	s.said++
	s.refusedAt = 0
	tag, _, _ := strings.Cut(command.Line, " ")
	if s.open.what == idling && command.Verb != Done {
		s.open = open{}
	}
	if s.open.what != nothing {
		tag = s.open.tag
	}
	before := s.open
	s.open = open{}
	if command.Answers == 0 { // the rest of the command follows at once
		s.open = open{unfinished, tag, command.Verb}
		return s
	}
	s.awaiting = append(slices.Clone(s.awaiting), pending{tag, command})
	if before.what == nothing {
		s = s.begun(command)
	}
	return s
}

// begun forgets what the answer to a command is going to tell anew.
func (s State) begun(command session.Command) State {
	switch command.Verb {
	case List:
		s.Folders, s.More = nil, 0
	case Select, Examine: // RFC 3501 section 6.3.1: none is open until the yes
		s.Folder, s.Exists, s.Found, s.Fetched = "", 0, nil, nil
	case Search, UIDSearch:
		s.Found = nil
	case Fetch, UIDFetch:
		s.Fetched = nil
	case Login, Authenticate:
		s.fresh = false
	}
	return s
}

// Heard folds a whole response: data, leave to go on, or the answer to a
// command, known by its tag. A line that is none of these answers the oldest.
// What stands before a command that was answered has no answer any more.
func (s State) Heard(reply session.Reply) session.State {
	s.Over = s.Over || reply.Closing
	switch reply.Class {
	case session.Data:
		return s.told(reply)
	case session.GoOn:
		return s.askedOn()
	}
	at := 0
	if reply.Tag != "" {
		at = slices.IndexFunc(s.awaiting, func(p pending) bool { return p.tag == reply.Tag })
	}
	if at < 0 || at >= len(s.awaiting) {
		return s
	}
	to := s.awaiting[at].command
	s.awaiting = s.awaiting[at+1:]
	return s.answered(to, reply)
}

// askedOn folds a "+": the literal that waits for it goes out by itself, all
// else is the next line.
func (s State) askedOn() State {
	if len(s.awaiting) == 0 {
		return s
	}
	first := s.awaiting[0]
	n, _ := countAt(first.command.Line)
	var what part
	switch {
	case strings.Contains(first.command.Line, literalMark):
		return s
	case first.command.Verb == Authenticate:
		what = challenged
	case first.command.Verb == Idle:
		what = idling
	case n >= 0:
		what = unfinished
	}
	s.awaiting = s.awaiting[1:]
	s.open = open{what, first.tag, first.command.Verb}
	return s
}

// answered folds the answer to a known command.
func (s State) answered(to session.Command, reply session.Reply) State {
	yes := reply.Class == session.Yes
	if rung, known := rungOf(to.Verb); reply.Class.Refusal() && known {
		s.refusedAt = rung + 1
	}
	s = s.toldBy(reply)
	switch to.Verb {
	case "":
		s.Greeted = yes
		s.SignedIn = reply.Word == "PREAUTH"
	case Login, Authenticate:
		s.SignedIn = s.SignedIn || yes
		if yes && !s.fresh { // RFC 3501 section 6.2.3: they may be others now
			s.Capabilities = nil
		}
	case Select, Examine:
		if yes {
			s.Folder = ArgumentText(to.Arg)
		}
	case Close, Unselect:
		if yes {
			s.Folder, s.Exists = "", 0
		}
	case Logout:
		s.Over = s.Over || yes
	}
	return s
}
