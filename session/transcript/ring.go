package transcript

import "slices"

// ring is where chunks lie in a journal that does not grow for ever: when the
// end of its room is reached, the next one takes the place of the oldest.
type ring struct {
	start, limit int64 // the room
	next         int64 // where the next chunk goes
	placed       []placed
}

// placed is a chunk that lies in the journal; they are oldest first.
type placed struct {
	serial      int
	offset, end int64
}

func newRing(start, limit int64) ring { return ring{start: start, limit: limit, next: start} }

// room finds the place of a chunk of size bytes, and tells the serial up to
// which chunks have to go for it, -1 for none.
func (r *ring) room(size int) (at place, gone int) {
	gone = -1
	if r.next+int64(size) > r.limit && r.next > r.start {
		gone = r.leave(gone, func(p placed) bool { return p.offset >= r.next })
		r.next = r.start
	}
	end := r.next + int64(size)
	gone = r.leave(gone, func(p placed) bool { return p.offset < end && p.end > r.next })
	return place{r.next, size}, gone
}

// leave takes the oldest out while they have to go.
func (r *ring) leave(gone int, goes func(placed) bool) int {
	n := 0
	for n < len(r.placed) && goes(r.placed[n]) {
		gone = r.placed[n].serial
		n++
	}
	r.placed = slices.Delete(r.placed, 0, n)
	return gone
}

// take makes a place that room found the one of a chunk.
func (r *ring) take(serial int, at place) {
	r.next = at.offset + int64(at.size)
	r.placed = append(r.placed, placed{serial, at.offset, r.next})
}
