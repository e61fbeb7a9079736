// Package transcript keeps what a conversation has come to, line by line, so
// that a screen can show any part of it at once, however long it is.
//
//	session events --Append--> entries --At(i)--> the rows that are visible
//
// An entry is small: 32 bytes and its text, which lies with that of its
// neighbours in one page of memory. A million short lines take some 100 MB.
// Entries are only added, never moved: their index stays, from the first to
// the last. When MaxBytes is reached the oldest are dropped, a page at a time.
//
// Text is kept as it came, hidden secrets apart: events are redacted before
// they get here. Who shows it has to make it safe. A Transcript does no IO and
// is for one goroutine.
package transcript

import "ehlo/session"

// MaxBytes bounds the memory of a Transcript, in bytes, to one page more.
const MaxBytes = 116 << 20

// Transcript is the entries of one or more conversations, in order. The zero
// value is empty and ready.
type Transcript struct {
	blocks  [][]record // blockRecords each; the first may be one whose beginning was dropped
	first   int        // index of the first record of the first block
	pages   []page
	gone    int // pages dropped, so that a record can name its page for good
	events  []session.Event
	past    int // events dropped
	dropped int
	length  int
	used    int // bytes, as MaxBytes counts them

	talk talk
}

// Len returns how many entries there have been. Indexes go from Dropped to
// Len-1.
func (t *Transcript) Len() int { return t.length }

// Dropped returns how many of the oldest entries are no longer kept.
func (t *Transcript) Dropped() int { return t.dropped }

// Bytes returns the memory in use, at most MaxBytes and a page.
func (t *Transcript) Bytes() int { return t.used }

// At returns the entry with the index i, in constant time; the zero Entry when
// it is not kept.
func (t *Transcript) At(i int) Entry {
	if i < t.dropped || i >= t.length {
		return Entry{}
	}
	return t.entry(t.record(i))
}

// Span returns the entries that make up the reply to which the entry i
// belongs: from first up to, but not including, end. Notes may stand among
// them. It looks at no more lines than a reply keeps; an entry that the server
// did not say spans itself.
func (t *Transcript) Span(i int) (first, end int) {
	if i < t.dropped || i >= t.length || t.record(i).kind() != KindHeard {
		return i, i + 1
	}
	serial := t.record(i).serial
	first, end = i, i+1
	for at := i - 1; at >= max(t.dropped, i-session.MaxReplyLines) && t.record(first).flags&FirstLine == 0; at-- {
		if r := t.record(at); r.kind() == KindHeard && r.serial == serial {
			first = at
		}
	}
	for at := i + 1; at < min(t.length, i+session.MaxReplyLines); at++ {
		r := t.record(at)
		if r.kind() == KindHeard && r.serial == serial {
			end = at + 1
		} else if r.kind() != KindNote {
			break
		}
	}
	return first, end
}
