package arrival

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/imap"
	"ehlo/session/script"
)

// Next returns what is to be said in the given state, at the given time.
func (p Plan) Next(state imap.State, now time.Time) Step {
	switch {
	case state.Outstanding() > 0:
		return Step{}
	case !state.Greeted, state.Over, p.left:
		return done()
	case state.SecretNext():
		return Step{Step: p.signing.answer()}
	case p.lost, p.refused:
		return say(imap.Logout)
	case !state.SignedIn && state.Capabilities == nil:
		return say(imap.Capability)
	case !state.SignedIn && p.wantsTLS(state):
		return say(imap.StartTLS)
	case !state.Secure && p.TLS == script.StartTLS: // behind PREAUTH it cannot be had (RFC 9051 section 11.1)
		return Step{Step: script.Step{Line: imap.Logout, Problem: session.WhyTLSMissing}}
	case p.signing.problem != nil:
		return Step{Step: p.signing.ends(script.Step{Line: imap.Logout})}
	case state.SignedIn:
		return p.look(state, now)
	}
	return Step{Step: p.signing.first}
}

func say(line string) Step { return Step{Step: script.Step{Line: line}} }

func done() Step { return Step{Step: script.Step{Done: true}} }

// look is what is said once we are in.
func (p Plan) look(state imap.State, now time.Time) Step {
	switch {
	case p.Over(now), p.noList:
		return say(imap.Logout)
	case state.Capabilities == nil: // they may be others behind the sign-in
		return say(imap.Capability)
	case !p.listed && p.extended(state):
		return say(`LIST "" "*" RETURN (SPECIAL-USE)`) // RFC 6154 section 2
	case !p.listed:
		return say(`LIST "" "*"`)
	case p.at >= len(p.places) && now.Before(p.again):
		return Step{Pause: p.again.Sub(now)}
	case p.at >= len(p.places):
		return p.into(p.places[0], toOpen)
	}
	return p.into(p.places[p.at], p.stage)
}

// late reports whether the last round takes too long. The first is never cut.
func (p Plan) late(now time.Time) bool {
	return p.Rounds > 0 && p.at < len(p.places) && p.stage == toOpen && now.After(p.deadline().Add(maxPause))
}

// extended reports whether LIST tells what a folder is for when asked (RFC 6154
// section 2, RFC 9051 section 6.3.9).
func (p Plan) extended(state imap.State) bool {
	return !p.plain && (state.Offers("IMAP4REV2") || state.Offers("SPECIAL-USE") && state.Offers("LIST-EXTENDED"))
}

// maxHeader is how much of a header is asked for, in bytes, and maxFetch of how
// many messages that a search has found: the last ones.
const (
	maxHeader = 128 << 10
	maxFetch  = 5
)

// into is what is said in one folder. Nothing in it is changed: it is opened
// for reading, and what is read stays unread (RFC 3501 sections 6.3.2 and 6.4.5).
func (p Plan) into(place Place, stage step) Step {
	what := fmt.Sprintf("(UID INTERNALDATE BODY.PEEK[HEADER]<0.%d>)", maxHeader)
	switch stage {
	case toSearch:
		return say("UID SEARCH HEADER Message-ID " + imap.Quote(p.id()))
	case toFetch:
		if p.id() == "" {
			return say("FETCH * " + what)
		}
		return say("UID FETCH " + set(p.found) + " " + what)
	}
	return say("EXAMINE " + imap.Quote(place.Raw))
}

// set writes numbers as a sequence set (RFC 3501 section 9).
func set(numbers []uint32) string {
	var words []string
	for _, n := range numbers {
		words = append(words, strconv.FormatUint(uint64(n), 10))
	}
	return strings.Join(words, ",")
}

// patience is the pause after so many rounds: short at first, when mail mostly
// comes.
func patience(rounds int) time.Duration {
	return min(time.Duration(1+rounds)*time.Second, maxPause)
}

const maxPause = 10 * time.Second
