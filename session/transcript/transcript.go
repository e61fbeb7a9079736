// Package transcript keeps what a conversation has come to, line by line, so
// that a screen can show any part of it at once, however long it is.
//
//	session events --Append--> entries --At(i)--> the rows that are visible
//	                             |  ^
//	                             v  |
//	                            journal
//
// Entries are only added, never moved: their index stays, from the first to
// the last. They lie in chunks of some 4096 lines or 256 KiB. A chunk that is
// full never changes again; it goes to the journal, where there is one, and
// its memory is given back. What becomes known later, the class of a reply of
// a million lines, is kept beside the chunk as a patch. So memory does not
// grow with what was said: a chunk in the journal takes some hundred bytes.
//
//	store.go   how entries are added to chunks
//	code.go    a chunk as bytes: head, records, facts, text
//	facts.go   the events among the entries, as they are written
//	value.go   a value as bytes
//	spill.go   chunks on their way to the journal
//	ring.go    where in the journal they lie; the oldest are dropped for room
//	read.go    and the way back, a few chunks at a time
//	recover.go what the journal of a run that was killed still holds
//	seek.go    the next entry of one side, the next refusal
//	search.go  words and patterns, in all of it
//
// Without a journal the newest MaxBytes are kept and the oldest dropped.
//
// Text is kept as it came, hidden secrets apart: events are redacted before
// they get here. Who shows it has to make it safe.
package transcript

import (
	"sync"

	"ehlo/session"
)

// MaxBytes bounds the memory of a Transcript without a journal, in bytes, to
// one chunk more.
const MaxBytes = 24 << 20

// Transcript is the entries of one or more conversations, in order. The zero
// value is empty, ready, and without a journal. Its methods are safe for
// concurrent use; entries are in the order of the calls to Append.
type Transcript struct {
	mu      sync.Mutex
	chunks  []*chunk // oldest first; the last one is open
	near    *chunk   // the last one that was asked for
	serial  int      // of the next chunk
	dropped int
	length  int
	used    int  // bytes of the chunks in memory
	told    bool // something was added since the last Flush

	talk  talk
	spill *spill // nil: no journal
	read  reading
}

// Len returns how many entries there have been. Indexes go from Dropped to
// Len-1.
func (t *Transcript) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.length
}

// Dropped returns how many of the oldest entries are no longer kept.
func (t *Transcript) Dropped() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.dropped
}

// Bytes returns the memory in use for entries, journalled ones apart.
func (t *Transcript) Bytes() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.used
}

// At returns the entry with the index i, in the same time wherever it lies in
// memory; the zero Entry when it is not kept. One that lies in the journal is
// read back, with its neighbours; when that takes longer than a frame can wait
// its Kind is KindAway, and a later call has it.
func (t *Transcript) At(i int) Entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.chunk(i)
	if c == nil {
		return Entry{}
	}
	b := t.body(c)
	switch {
	case b == nil && c.lost:
		return Entry{Kind: KindLost}
	case b == nil:
		return Entry{Kind: KindAway}
	}
	return c.entry(b, i-c.first)
}

// Span returns the entries that make up the reply to which the entry i
// belongs: from first up to, but not including, end. Notes may stand among
// them. It looks at no more lines than a reply keeps, and none that lie in the
// journal only; an entry that the server did not say spans itself.
func (t *Transcript) Span(i int) (first, end int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, ok := t.record(i)
	if !ok || r.kind() != KindHeard {
		return i, i + 1
	}
	serial, begun := r.serial, r.flags&FirstLine != 0
	first, end = i, i+1
	for at := i - 1; at >= max(t.dropped, i-session.MaxReplyLines) && !begun; at-- {
		if r, _ := t.record(at); r.kind() == KindHeard && r.serial == serial {
			first, begun = at, r.flags&FirstLine != 0
		}
	}
	for at := i + 1; at < min(t.length, i+session.MaxReplyLines); at++ {
		r, _ := t.record(at)
		if r.kind() == KindHeard && r.serial == serial {
			end = at + 1
		} else if r.kind() != KindNote {
			break
		}
	}
	return first, end
}
