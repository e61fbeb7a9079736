package transcript

import (
	"time"

	"ehlo/session"
)

// Kind says what an entry is.
type Kind uint8

// The kinds of entry. KindNone, the zero value, is an entry that is not kept.
const (
	KindNone  Kind = iota
	KindSent       // a line of ours
	KindHeard      // a line of the server
	KindNote       // something that happened: a stage, a wait given up, the end
	KindBody       // a message, folded into one entry
	KindAway       // not read back from the journal yet
	KindLost       // the journal no longer gives it back
)

// Flag is a set of marks on an entry.
type Flag uint8

// The marks.
const (
	FirstLine Flag = 1 << iota // the first line of its reply
	Unasked                    // heard while nothing was outstanding
	Late                       // heard after its wait was given up
	Whole                      // Class is known: the reply is whole
	Timed                      // Took is known
	Stuffed                    // a line of a message whose leading dot was doubled
)

// Entry is one row of a conversation, before it is wrapped.
type Entry struct {
	Kind Kind
	At   time.Time
	// Text is the line without its end, raw, secrets replaced; "" for notes
	// and messages.
	Text  string
	Flags Flag
	Flaws session.Flaw // of a line heard
	Cut   int          // bytes of a line heard that were not kept
	// Reply numbers the reply a line heard belongs to, from 1; of a line sent
	// it is the last reply to it, 0 while there is none.
	Reply uint32
	// Class is that of the whole reply, on lines heard and on the line sent;
	// where several replies answer one line, the worst.
	Class session.Class
	// Took is how long the answer to a line sent took, or a stage, to the
	// microsecond and at most some 71 minutes.
	Took time.Duration
	// Event is what a note or a message tells: Began and then Passed of a
	// stage; BodyBegan, BodyMoved, BodyEnded; Overdue, GaveUp, Returned, Ended,
	// Unkept, Recalled. It is without State.
	Event session.Event
}

// Refused reports whether the entry is the first line of a reply that said no,
// for now or for good.
func (e Entry) Refused() bool {
	return e.Kind == KindHeard && e.Flags&(FirstLine|Whole) == FirstLine|Whole && e.Class.Refusal()
}

// record is an Entry as it is kept, its text apart, in 24 bytes; and those that
// follow it, where they are the same in all this: lines heard together.
type record struct {
	at     int64  // Unix time in nanoseconds
	first  uint32 // the entry, counted in its chunk
	serial uint32 // of the reply; of a note or a message: the number of its event in the chunk
	extra  uint32 // microseconds it took; of a line heard: bytes cut off
	flaws  session.Flaw
	what   uint8 // Kind, and Class above it
	flags  Flag
}

const classShift = 4

func (r *record) kind() Kind           { return Kind(r.what & (1<<classShift - 1)) }
func (r *record) class() session.Class { return session.Class(r.what >> classShift) }

func (r *record) setClass(c session.Class) {
	r.what = uint8(r.kind()) | uint8(c)<<classShift
	r.flags |= Whole
}

func (r *record) setTook(micros uint32) {
	r.extra = micros
	r.flags |= Timed
}

func (r *record) refused() bool {
	return r.kind() == KindHeard && r.flags&(FirstLine|Whole) == FirstLine|Whole && r.class().Refusal()
}

// clamp keeps a number within what a record has room for.
func clamp(n int64) uint32 { return uint32(min(max(n, 0), 1<<32-1)) }

// entry makes the entry of a record.
func (c *chunk) entry(b *body, at int) Entry {
	r := c.record(b, at)
	e := Entry{
		Kind: r.kind(), At: time.Unix(0, r.at), Flags: r.flags, Flaws: r.flaws,
		Reply: r.serial, Class: r.class(),
	}
	if e.Kind == KindHeard {
		e.Cut = int(r.extra)
	} else {
		e.Took = time.Duration(r.extra) * time.Microsecond
	}
	switch e.Kind {
	case KindNote, KindBody:
		e.Reply, e.Event = 0, c.event(b, at, r)
	case KindSent, KindHeard:
		e.Text = string(b.textOf(at))
	}
	return e
}
