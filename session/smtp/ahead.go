package smtp

import (
	"strings"

	"ehlo/session"
)

// Ahead returns the State that a line will meet which is said behind queued:
// lines that have not gone out yet, secrets replaced. Every answer that is
// still to come is taken for one with which the talk goes on. What a hello will
// list nobody knows yet: Knows then reports false.
func (s State) Ahead(queued ...string) State {
	s = s.settled()
	dialect := Dialect{LMTP: s.lmtp}
	for _, line := range queued {
		s = s.Sent(dialect.Parse(line, s).Shown()).(State).settled()
	}
	return s
}

// settled answers everything that is outstanding as hoped for.
func (s State) settled() State {
	for {
		to, waits := s.Awaiting()
		if !waits {
			return s
		}
		s = s.Heard(hoped(to)).(State)
		switch {
		case to.Effect == session.EffectUpgrade:
			s = s.Encrypted().(State)
		case to.Verb == AUTH:
			s.guessing = !wholeSignIn(to) // how many lines it takes is for the server to say
		case to.Verb == EHLO || to.Verb == LHLO:
			s.unheard = true
		}
	}
}

// hoped is the answer to a command with which a talk goes on (see GoesOn).
func hoped(to session.Command) session.Reply {
	if to.Verb == DATA {
		return session.Reply{Class: session.GoOn}
	}
	return session.Reply{Class: session.Yes}
}

// wholeSignIn reports whether an AUTH brings all that its method wants (RFC 4616,
// RFC 7628).
func wholeSignIn(to session.Command) bool {
	method, response, _ := cutBlank(strings.ToUpper(to.Arg))
	return beginsWith(to.Line, AUTH+" ") && response != "" && contains([]string{"PLAIN", "XOAUTH2", "OAUTHBEARER"}, method)
}

// SecretMayFollow reports whether the next line may be a part of a sign-in that
// Ahead has hoped for: nobody knows yet whether the server asks for it.
func (s State) SecretMayFollow() bool { return s.guessing }

// Knows reports whether a server has told what it offers: a hello was answered,
// not only hoped for.
func (s State) Knows() bool { return s.Hello != "" && !s.unheard }

// lacks reports whether a server has told what it offers and this is not in it.
func (s State) lacks(keyword string) bool { return s.Knows() && !s.Extensions.Offers(keyword) }
