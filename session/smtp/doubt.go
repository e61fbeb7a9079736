package smtp

import "strings"

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
	DoubtTurnedAway DoubtKind = "turned-away"  // anything but QUIT, after a greeting that was a no
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

// DoubtKinds returns every kind, for who has to have words for each.
func DoubtKinds() []DoubtKind {
	return []DoubtKind{
		DoubtSpaceInName, DoubtNoBrackets, DoubtNoVerb, DoubtNoEmptyLine, DoubtNoFrom,
		DoubtUnknown, DoubtBareDot, DoubtEarly, DoubtAlready, DoubtNotOffered, DoubtTurnedAway, DoubtTooBig, DoubtInClear,
		DoubtNoName, DoubtMailAsName, DoubtColon, DoubtBlank, DoubtNoDomain, DoubtEightBit, DoubtUnsaid,
		DoubtLong, DoubtNoHeader,
	}
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
