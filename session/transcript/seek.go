package transcript

// Side is which entries are asked for.
type Side uint8

// The sides. All is the zero value.
const (
	All      Side = iota
	Ours          // lines sent, and messages
	Theirs        // lines heard
	Refusals      // the first lines of replies that said no
)

// Seek returns the entry of a side that is nearest to i, i itself included:
// before it when step is under 0, else after it; false when there is none.
// Chunks that hold none are passed by without a look, so it costs little
// however far it is. When a chunk on the way is still being read back, the
// nearest entry that is known to be kept stands for it.
func (t *Transcript) Seek(i, step int, side Side) (int, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i >= t.dropped && i < t.length {
		c := t.chunk(i)
		if c.holds(side) {
			if found, ok := t.seekIn(c, i, step, side); ok {
				return found, true
			}
		}
		if step < 0 {
			i = c.first - 1
		} else {
			i = c.first + c.count
		}
	}
	return 0, false
}

// holds reports whether a chunk has entries of a side.
func (c *chunk) holds(side Side) bool {
	switch side {
	case Ours:
		return c.sent > 0
	case Theirs:
		return c.heard > 0
	case Refusals:
		return c.refusals > 0
	}
	return true
}

// seekIn looks for an entry in a chunk.
func (t *Transcript) seekIn(c *chunk, i, step int, side Side) (int, bool) {
	b := t.body(c)
	if b == nil {
		return i, true
	}
	by := 1
	if step < 0 {
		by = -1
	}
	for at := i - c.first; at >= 0 && at < c.count; at += by {
		r := c.record(b, at)
		if r.of(side) {
			return c.first + at, true
		}
	}
	return 0, false
}

func (r *record) of(side Side) bool {
	switch side {
	case Ours:
		return r.kind() == KindSent || r.kind() == KindBody
	case Theirs:
		return r.kind() == KindHeard
	case Refusals:
		return r.refused()
	}
	return true
}
