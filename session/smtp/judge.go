package smtp

import (
	"strings"

	"ehlo/session"
)

// DoubtKind names what is odd about a line, by which its words are known.
type DoubtKind string

// The doubts. The first five are held (Doubt.Hold).
const (
	DoubtSpaceInName DoubtKind = "space-in-name" // EHLO Jean-Marc here
	DoubtNoBrackets  DoubtKind = "no-brackets"   // RCPT TO:a@b
	DoubtNoVerb      DoubtKind = "no-verb"       // the first word is none: "MAILFROM:<a@b>"
	DoubtNoEmptyLine DoubtKind = "no-empty-line" // the dot, and no empty line came before
	DoubtNoFrom      DoubtKind = "no-from"       // the dot, and the header names no sender

	DoubtUnknown    DoubtKind = "unknown"      // a verb nobody knows; Better is one like it
	DoubtBareDot    DoubtKind = "bare-dot"     // a dot outside a message
	DoubtEarly      DoubtKind = "early"        // Word comes first
	DoubtAlready    DoubtKind = "already"      // it was said, and holds
	DoubtNotOffered DoubtKind = "not-offered"  // a verb, parameter or method, Word
	DoubtTooBig     DoubtKind = "too-big"      // SIZE= over what is announced
	DoubtInClear    DoubtKind = "in-clear"     // a sign-in without encryption
	DoubtNoName     DoubtKind = "no-name"      // EHLO alone
	DoubtMailAsName DoubtKind = "mail-as-name" // EHLO a@b
	DoubtColon      DoubtKind = "colon"        // MAIL FROM <a@b>
	DoubtBlank      DoubtKind = "blank"        // MAIL FROM: <a@b>
	DoubtNoDomain   DoubtKind = "no-domain"    // RCPT TO:<anna>
	DoubtEightBit   DoubtKind = "eight-bit"    // bytes over 127, and Word is not offered
	DoubtUnsaid     DoubtKind = "unsaid"       // bytes over 127, and MAIL did not say Word
	DoubtLong       DoubtKind = "long"         // more bytes than Limit in Word
	DoubtNoHeader   DoubtKind = "no-header"    // no header field, and no empty line came before
)

// Doubt is one thing odd about a line. It never forbids.
type Doubt struct {
	Kind   DoubtKind
	Word   string // what it is about: a parameter, a verb
	Limit  int    // of DoubtLong, in octets
	Better string // the line that is meant, as far as it can be told; "" when it cannot
	Mends  bool   // Better is one; it may be the empty line
	Hold   bool   // worth a second Enter; all else goes out at the first
}

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

// mendedBy adds the line that is meant, unless that is none, or as odd.
func (d Doubt) mendedBy(better string) Doubt {
	verb, arg := split(better)
	switch {
	case better == "":
		return d
	case (verb == MAIL || verb == RCPT) && !spell(verb, arg).brackets:
		return d
	case (verb == EHLO || verb == HELO || verb == LHLO) && strings.ContainsAny(arg, " \t"):
		return d
	}
	d.Better, d.Mends = better, true
	return d
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
	if !s.Greeted {
		return nil
	}
	switch turn, first := s.TurnOf(verb); turn {
	case TooEarly:
		doubts = append(doubts, Doubt{Kind: DoubtEarly, Word: first})
	case Already:
		doubts = append(doubts, Doubt{Kind: DoubtAlready, Word: verb})
	case NotOffered:
		doubts = append(doubts, Doubt{Kind: DoubtNotOffered, Word: verb})
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

// JudgeTyped is Judge for a line that is still being typed: what the next
// letters may yet put right is passed over.
func (s State) JudgeTyped(line string) (doubts []Doubt) {
	for _, doubt := range s.Judge(line) {
		if !s.early(doubt, line) {
			doubts = append(doubts, doubt)
		}
	}
	return doubts
}

// early reports whether it is too early for a doubt.
func (s State) early(doubt Doubt, line string) bool {
	verb, arg := split(line)
	open := !strings.HasSuffix(line, " ") // the last word may grow
	switch doubt.Kind {
	case DoubtNoName:
		return true
	case DoubtUnknown:
		return open && arg == "" && begins(verb)
	case DoubtNoVerb:
		return strings.TrimLeft(line, " \t") == ""
	case DoubtNoBrackets:
		as := spell(verb, arg)
		return as.path == "" || open && strings.HasPrefix(pathWord(verb), strings.ToUpper(arg)) || strings.Contains(arg, "<")
	case DoubtNotOffered:
		return open && arg != "" && !strings.Contains(arg[strings.LastIndexAny(arg, " \t")+1:], "=") && len(s.ParamsFor(line)) > 0
	case DoubtNoHeader:
		return !strings.ContainsAny(line, ": \t")
	}
	return false
}

// begins reports whether some verb begins so.
func begins(word string) bool {
	for _, verb := range verbs {
		if strings.HasPrefix(verb, word) {
			return true
		}
	}
	return false
}

// DoubtKinds returns every kind, for who has to have words for each.
func DoubtKinds() []DoubtKind {
	return []DoubtKind{
		DoubtSpaceInName, DoubtNoBrackets, DoubtNoVerb, DoubtNoEmptyLine, DoubtNoFrom,
		DoubtUnknown, DoubtBareDot, DoubtEarly, DoubtAlready, DoubtNotOffered, DoubtTooBig, DoubtInClear,
		DoubtNoName, DoubtMailAsName, DoubtColon, DoubtBlank, DoubtNoDomain, DoubtEightBit, DoubtUnsaid,
		DoubtLong, DoubtNoHeader,
	}
}
