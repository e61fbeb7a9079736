package smtp

import (
	"strings"

	"ehlo/session"
)

// Judge looks at a line before it goes out, in the light of the State it will
// meet, and tells all that is odd about it, what is to be held first. Testing
// wrong input is legitimate: what is odd may be meant. A line that is secret is
// not looked at.
func (s State) Judge(line string) []Doubt {
	switch {
	case s.payload:
		return s.judgeText(line)
	case s.challenged:
		return nil
	}
	verb, arg := split(line)
	if s.guessing && !known(verb) {
		return nil
	}
	if line == End {
		return []Doubt{{Kind: DoubtBareDot}}
	}
	return append(s.judgeForm(line, verb, arg), s.judgeSense(line, verb, arg)...)
}

// judgeForm looks for what the grammar says (RFC 5321 section 4.1.2).
func (s State) judgeForm(line, verb, arg string) []Doubt {
	switch {
	case verb == session.Unreadable && arg == "":
		return nil
	case verb == session.Unreadable:
		return []Doubt{Doubt{Kind: DoubtNoVerb, Hold: true}.mendedBy(repaired(line))}
	case verb == EHLO || verb == HELO || verb == LHLO:
		return judgeName(arg)
	case verb == MAIL || verb == RCPT:
		return judgePath(verb, arg)
	case !known(verb) && !registered(verb):
		return []Doubt{Doubt{Kind: DoubtUnknown, Word: verb}.mendedBy(meant(line, verb))}
	}
	return nil
}

// judgeName looks at our own name: a domain or an address literal (RFC 5321
// section 4.1.1.1). Which name would be better the State does not know.
func judgeName(arg string) []Doubt {
	switch {
	case arg == "":
		return []Doubt{{Kind: DoubtNoName}}
	case strings.ContainsAny(arg, " \t"):
		return []Doubt{{Kind: DoubtSpaceInName, Word: arg, Hold: true}}
	case strings.Contains(arg, "@"):
		return []Doubt{{Kind: DoubtMailAsName, Word: arg}}
	}
	return nil
}

// judgeSense looks for what the server will not like although it is well
// written.
func (s State) judgeSense(line, verb, arg string) (doubts []Doubt) {
	if !s.Greeted && !s.TurnedAway {
		return nil
	}
	switch turn, first := s.TurnOf(verb); turn {
	case TooEarly:
		doubts = append(doubts, Doubt{Kind: DoubtEarly, Word: first})
	case Already:
		doubts = append(doubts, Doubt{Kind: DoubtAlready, Word: verb})
	case NotOffered:
		doubts = append(doubts, Doubt{Kind: DoubtNotOffered, Word: verb})
	case OnlyQuit:
		return []Doubt{{Kind: DoubtTurnedAway}}
	case InTurn:
		doubts = append(doubts, s.judgeOffer(verb, arg)...)
	}
	if eightBit(line) && s.lacks("SMTPUTF8") && verb != AUTH {
		doubts = append(doubts, Doubt{Kind: DoubtEightBit, Word: "SMTPUTF8"})
	}
	return append(doubts, judgeLength(line, verb, arg)...)
}

// judgeOffer holds parameters and methods against what the server offers.
func (s State) judgeOffer(verb, arg string) (doubts []Doubt) {
	switch verb {
	case AUTH:
		return s.judgeMethod(arg)
	case MAIL, RCPT:
	default:
		return nil
	}
	for _, param := range strings.Fields(spell(verb, arg).rest) {
		if keyword := keywordOf(verb, param); keyword == "" || s.lacks(keyword) {
			doubts = append(doubts, Doubt{Kind: DoubtNotOffered, Word: keyOf(param)})
		} else if keyword == "SIZE" && s.tooBig(param) {
			doubts = append(doubts, Doubt{Kind: DoubtTooBig, Word: param})
		}
	}
	return doubts
}

// judgeMethod looks at a sign-in: a method that is listed, and a line that
// nobody reads on the way (RFC 4954 section 4).
func (s State) judgeMethod(arg string) (doubts []Doubt) {
	method, _, _ := cutBlank(strings.ToUpper(arg))
	if method != "" && s.Knows() && !contains(s.Extensions.Mechanisms(), method) {
		doubts = append(doubts, Doubt{Kind: DoubtNotOffered, Word: AUTH + " " + method})
	}
	if !s.Secure && (method == "PLAIN" || method == "LOGIN" || method == "XOAUTH2" || method == "OAUTHBEARER") {
		doubts = append(doubts, Doubt{Kind: DoubtInClear, Word: method})
	}
	return doubts
}
