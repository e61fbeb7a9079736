package transcript

import (
	"io"
	"slices"
	"time"
)

const (
	// maxResident is how many full chunks stay in memory that lie in the
	// journal too: the newest, and those that were read back.
	maxResident = 8
	// maxPending is how many chunks are read back at a time.
	maxPending = 4
	// patience is how long a call waits for a chunk: half a frame.
	patience = 8 * time.Millisecond
)

// reading is the way back from the journal.
type reading struct {
	journal  Journal
	resident []*chunk // full chunks in memory, the one not used for longest first
	pending  map[*chunk]chan *body
	slow     bool // a call waited in vain: the next ones do not wait

	searches int     // that look at the bodies of full chunks now
	spare    []*body // empty, with room for a chunk: those of a flood are used again
}

// body returns the entries of a chunk, nil when they are not at hand.
func (t *Transcript) body(c *chunk) *body {
	if c.body == nil && !c.lost && t.read.journal != nil {
		t.fetch(c)
	}
	if c.body != nil {
		t.read.touch(c)
	}
	return c.body
}

// fetch reads a chunk back, if that is quick.
func (t *Transcript) fetch(c *chunk) {
	coming, under := t.read.pending[c]
	if !under {
		if len(t.read.pending) >= maxPending {
			return
		}
		coming = t.ask(c)
	}
	select {
	case b := <-coming:
		t.came(c, b)
		return
	default:
	}
	if t.read.slow {
		return
	}
	enough := time.NewTimer(patience)
	defer enough.Stop()
	select {
	case b := <-coming:
		t.came(c, b)
	case <-enough.C:
		t.read.slow = true
	}
}

// ask begins to read a chunk.
func (t *Transcript) ask(c *chunk) chan *body {
	coming := make(chan *body, 1)
	if t.read.pending == nil {
		t.read.pending = make(map[*chunk]chan *body)
	}
	t.read.pending[c] = coming
	journal, at, serial := t.read.journal, c.place, c.serial
	go func() {
		data := make([]byte, at.size)
		b, err := readChunk(journal, at, serial, data)
		if err != nil {
			b = nil
		}
		coming <- b
	}()
	return coming
}

// readChunk reads a chunk into data.
func readChunk(journal io.ReaderAt, at place, serial int, data []byte) (*body, error) {
	if _, err := journal.ReadAt(data, at.offset); err != nil {
		return nil, err
	}
	parts, err := split(data)
	if err == nil && parts.serial != serial {
		err = errDamaged
	}
	if err != nil {
		return nil, err
	}
	return parts.body()
}

// came takes what was read; nil is a chunk that cannot be read.
func (t *Transcript) came(c *chunk, b *body) {
	delete(t.read.pending, c)
	t.read.slow = false
	if b == nil || len(b.ends) != c.count {
		c.lost = true
		return
	}
	c.body = b
	t.used += c.weight
	t.read.keep(c)
	t.evict()
}

// keep counts a full chunk among those in memory.
func (r *reading) keep(c *chunk) { r.resident = append(r.resident, c) }

func (r *reading) forget(c *chunk) {
	if i := slices.Index(r.resident, c); i >= 0 {
		r.resident = slices.Delete(r.resident, i, i+1)
	}
	delete(r.pending, c)
}

// touch makes a chunk the one that was used last.
func (r *reading) touch(c *chunk) {
	last := len(r.resident) - 1
	if r.journal == nil || last < 0 || r.resident[last] == c {
		return
	}
	if i := slices.Index(r.resident, c); i >= 0 {
		copy(r.resident[i:], r.resident[i+1:])
		r.resident[last] = c
	}
}

// evict gives the memory of chunks back that lie in the journal and were not
// used for longest.
func (t *Transcript) evict() {
	for over := len(t.read.resident) - maxResident; over > 0; over-- {
		i := slices.IndexFunc(t.read.resident, func(c *chunk) bool { return c.place.size > 0 })
		if i < 0 {
			return
		}
		c := t.read.resident[i]
		t.read.resident = slices.Delete(t.read.resident, i, i+1)
		t.read.spend(c.body)
		c.body = nil
		t.used -= c.weight
	}
}

// maxSpare is how many empty bodies are kept for chunks to come: as many as may
// wait for the journal, which takes them all at times.
const maxSpare = maxBehind

// spend keeps the room of a body that nobody looks at any more.
func (r *reading) spend(b *body) {
	whole := cap(b.ends) == chunkRecords && cap(b.text) == chunkBytes
	if r.searches == 0 && whole && len(r.spare) < maxSpare {
		*b = body{records: b.records[:0], ends: b.ends[:0], text: b.text[:0]}
		r.spare = append(r.spare, b)
	}
}

// room returns an empty body with room for a chunk that begins with n bytes.
func (r *reading) room(n int) *body {
	if last := len(r.spare) - 1; last >= 0 && n <= chunkBytes {
		b := r.spare[last]
		r.spare = r.spare[:last]
		return b
	}
	return &body{ends: make([]uint32, 0, chunkRecords), text: make([]byte, 0, max(chunkBytes, n))}
}
