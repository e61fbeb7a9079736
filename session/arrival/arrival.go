// Package arrival looks for a message in a mailbox, and reads out of its header
// how it came there. Both are pure: the look-up is a script over the State of
// an IMAP conversation, as session/script is over SMTP.
//
//	plan := arrival.Plan{SignIn: who, MessageID: id, Wait: 2 * time.Minute}
//	step := plan.Next(state, now)              // a line, a pause, or the end
//	plan = plan.Heard(to, reply, state, now)   // what the server said to it
//	reading := arrival.Read(plan.Found.Header) // hops, checks, marks of filters
//
// It signs in, lists the folders, and opens one after the other for reading
// alone: the inbox, then those for junk, then the others, within bounds. What
// it does not find it looks for again, until the time is over.
//
//	plan.go     what is said next
//	heard.go    what came of it
//	signin.go   the way in
//	kind.go     which folder is for junk, by attribute (RFC 6154) or name
//	reading.go  a header as hops (RFC 5321 section 4.4), checks (RFC 8601), marks
package arrival

import (
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/imap"
	"ehlo/session/script"
)

// Plan is the search for one message in one mailbox. It is a value; Heard and
// Encrypted return a new one.
type Plan struct {
	SignIn    script.SignIn // who; Wanted does not matter
	TLS       script.Policy // "" is Auto
	MessageID string        // with < > or without; "" takes the newest
	Since     time.Time     // without a MessageID: what was filed before does not count
	Wait      time.Duration // how long to look again for what is not there; 0 looks once

	// Found is the message; nil as long as it was not seen.
	Found *Found
	// Rounds counts how often all folders were looked through.
	Rounds int
	// Begun is when the looking began; the zero time before.
	Begun time.Time

	layer    *session.Encryption
	signing  signing
	noTLS    bool // STARTTLS was refused
	plain    bool // LIST has no extended form here
	listed   bool
	noList   bool // no LIST at all
	refused  bool // the sign-in was refused
	left     bool // LOGOUT was answered
	lost     bool // CAPABILITY was refused
	places   []Place
	at       int  // of places; all of them: the round is over
	stage    step // in that place
	found    []uint32
	newest   *Found    // of this round, without a MessageID
	inVain   bool      // a round ended when the time was over
	again    time.Time // when the next round begins
	examined int
}

// step is how far the look into one folder has come.
type step uint8

const (
	toOpen step = iota
	toSearch
	toFetch
)

// Found is a message that was looked for.
type Found struct {
	Place  Place
	Filed  time.Time // INTERNALDATE, to the second; the zero time when it was not told
	Seen   time.Time // when we saw it
	Header string    // the first 128 KiB
}

// Step is what the plan wants next. With a Pause there is nothing to say before
// it is over, but for what the server says meanwhile.
type Step struct {
	script.Step
	Pause time.Duration
}

// Over reports whether the looking came to its end: the message was found, or
// the time is over. A talk that broke before it tells nothing.
func (p Plan) Over(now time.Time) bool { return p.Found != nil || p.inVain || p.late(now) }

// Left is how much of the time for looking is left; all of it before it began.
func (p Plan) Left(now time.Time) time.Duration {
	if p.Begun.IsZero() {
		return p.Wait
	}
	return max(0, p.deadline().Sub(now))
}

func (p Plan) deadline() time.Time { return p.Begun.Add(p.Wait) }

// Places returns the folders that are looked through, in their order; nil
// before the server has listed them.
func (p Plan) Places() []Place { return p.places }

// Encrypted notes what is known of the TLS layer: what was offered before it
// does not count (RFC 3501 section 6.2.1).
func (p Plan) Encrypted(layer session.Encryption) Plan {
	p.layer, p.signing = &layer, signing{}
	return p
}

// id is the Message-ID without its brackets.
func (p Plan) id() string { return bareID(p.MessageID) }

func bareID(text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "<"), ">")
}

// wantsTLS reports whether STARTTLS is to be said now.
func (p Plan) wantsTLS(state imap.State) bool {
	return !state.Secure && !p.noTLS && p.TLS != script.None && state.Offers(imap.StartTLS)
}
