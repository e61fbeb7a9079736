// Package explain tells what a mail conversation means: a reply, a line, a
// command, a banner, an extension, a stage that did not work. It does no IO,
// knows no colours, and never judges more than the words of the server allow.
//
// All it says stands as data in words/en, read at first use, file by file, and
// the patterns of replies and banners are compiled one by one when a reply
// looks like them. So a program that explains nothing pays nothing.
//
// A reply is explained by the first of these that knows it:
//
//	pattern    a known wording of a provider or a mail server
//	stage      what the answer means to the command before it
//	enhanced   the enhanced status code (RFC 3463), X standing for the class
//	code       the reply code (RFC 5321 section 4.2.3)
//	digit      its first digit, or the class in a protocol without codes
//
// The stage also corrects: of what may mean two things it says which, a wording
// that speaks of an address is no answer about the recipient when it meets MAIL,
// and a code 5.7.x never says that an address does not exist. A yes is "taken",
// no more.
//
// Everything returned is safe to show: what it quotes of others has passed
// sanitize.
package explain

import "ehlo/session"

// The ways a Meaning may have been found.
const (
	ByPattern  = "pattern"
	ByStage    = "stage"
	ByEnhanced = "enhanced"
	ByCode     = "code"
	ByDigit    = "digit"
	ByOutcome  = "outcome"
)

// Meaning is what something said, or something that happened, comes to.
type Meaning struct {
	Text     string // one or two short sentences; never empty
	Who      string // who acts: a key for Who and WhoShort; never empty
	Next     string // what to do next
	Kind     string // the kind of refusal a pattern knows: "address", "greylist"; else ""
	Provider string // whose wording the pattern is; "" where none matched
	Source   string // how it was found: ByPattern ... ByOutcome
}

// Reply explains an answer to the command it answers; the zero Command stands
// for the greeting. There is always a sentence.
func Reply(reply session.Reply, to session.Command) Meaning {
	if reply.Class == session.Unclear && reply.Flaws&session.FlawMixedCodes != 0 {
		return stages().TwoCodes.meaning(ByCode)
	}
	heard := listen(reply, to)
	wording, known := heard.pattern()
	if wording != nil && !heard.nameless() && !heard.aboutSender(known.Kind) && !heard.vague(wording) {
		return known
	}
	meaning, ok := heard.staged()
	if !ok {
		meaning = heard.general()
	}
	if wording != nil {
		meaning.Kind, meaning.Provider = known.Kind, known.Provider
	}
	return meaning
}
