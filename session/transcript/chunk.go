package transcript

import (
	"sort"

	"ehlo/session"
)

// A chunk is full with so many entries, or bytes of text and events.
const (
	chunkRecords = 4096
	chunkBytes   = 256 << 10
)

// chunk is entries that follow one another, and what is known of them without
// a look at them.
type chunk struct {
	serial   int // counted from 0
	first    int // index of its first entry
	count    int
	sent     int // entries of our side
	heard    int // and of the server's
	refusals int // first lines of replies that said no
	weight   int // bytes of its body in memory
	body     *body
	place    place // in the journal
	lost     bool  // the journal does not give it back
	patches  []patch
}

// body is the entries themselves. That of a full chunk never changes.
type body struct {
	records []record // oldest first
	ends    []uint32 // of each entry, in text, its line end included
	text    []byte   // of each entry, and a line end
	events  []session.Event
	patches []told // to entries before this chunk, told while it was open
}

// place is where a chunk lies in the journal. The zero place is nowhere.
type place struct {
	offset int64
	size   int
}

// patch is what became known of entries when their chunk was full already: the
// class of a reply, the answer to a line, a later event of a note.
type patch struct {
	entry  int    // index; wholeReply: every line of a reply
	serial uint32 // of the reply
	class  session.Class
	took   uint32 // microseconds
	timed  bool
	event  session.Event
}

// told is a patch as the journal has it.
type told struct {
	chunk int // serial
	patch patch
}

const wholeReply = -1

// lineEnd stands behind the text of each entry, as on the wire: so what was
// heard is kept in one piece.
const lineEnd = "\r\n"

// find returns the number of the record of an entry.
func (b *body) find(at int) int {
	return sort.Search(len(b.records), func(n int) bool { return int(b.records[n].first) > at }) - 1
}

// span is how many entries a record is of.
func (b *body) span(n int) int {
	if n+1 < len(b.records) {
		return int(b.records[n+1].first - b.records[n].first)
	}
	return len(b.ends) - int(b.records[n].first)
}

// offset is where the text of an entry begins; of the one behind the last, where
// all text ends.
func (b *body) offset(at int) int {
	if at == 0 {
		return 0
	}
	return int(b.ends[at-1])
}

func (b *body) textOf(at int) []byte { return b.text[b.offset(at) : int(b.ends[at])-len(lineEnd)] }

// record returns the record of an entry with all that is known of it.
func (c *chunk) record(b *body, at int) record {
	r := b.records[b.find(at)]
	for i := range c.patches {
		c.patches[i].apply(&r, c.first+at)
	}
	return r
}

func (p *patch) apply(r *record, index int) {
	switch {
	case p.entry == wholeReply:
		if r.kind() == KindHeard && r.serial == p.serial {
			r.setClass(p.class)
		}
	case p.entry != index:
	case p.event != nil:
		if p.timed {
			r.setTook(p.took)
		}
	default:
		r.serial = p.serial
		r.setTook(p.took)
		r.setClass(p.class)
	}
}

// event returns the event of a note or a message, the latest.
func (c *chunk) event(b *body, at int, r record) session.Event {
	event := b.events[r.serial]
	for _, p := range c.patches {
		if p.entry == c.first+at && p.event != nil {
			event = p.event
		}
	}
	return event
}

// learn adds a patch, in place of an earlier one for the same entry.
func (c *chunk) learn(p patch) {
	for i, earlier := range c.patches {
		if p.entry != wholeReply && earlier.entry == p.entry {
			p.timed = p.timed || earlier.timed
			c.patches[i] = p
			return
		}
	}
	c.patches = append(c.patches, p)
}
