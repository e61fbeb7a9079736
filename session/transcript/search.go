package transcript

import (
	"bytes"
	"context"
	"math"
	"sort"

	"ehlo/session"
)

// Search is a pattern and where it was found. Make it with NewSearch; its
// methods are for one goroutine, which need not be the one of the screen.
type Search struct {
	of      *Transcript
	pattern Pattern
	counts  map[int]int // hits in a full chunk, by its serial
	buffer  []byte      // of chunks that are read for the search alone
	folded  []byte
}

// NewSearch prepares to look for a pattern in all that is kept.
func (t *Transcript) NewSearch(p Pattern) *Search {
	return &Search{of: t, pattern: p, counts: make(map[int]int)}
}

// Hit is an entry that holds the pattern, and how many do.
type Hit struct {
	Entry   int
	Number  int  // of the hit among all, from 1
	Total   int  // 0: nothing was found
	Wrapped bool // the search went on at the other end
}

// Next finds the hit nearest to the entry from, after it or, when back is set,
// before it, from itself not included, and counts all. The second search for
// the same pattern looks only at what is new. The error is that of ctx: a
// search ends at once when it is cancelled.
func (s *Search) Next(ctx context.Context, from int, back bool) (Hit, error) {
	chunks := s.of.all()
	var hit Hit
	for _, c := range chunks {
		if err := ctx.Err(); err != nil {
			return Hit{}, err
		}
		hit.Total += s.count(c)
	}
	if hit.Total == 0 {
		return hit, nil
	}
	hit.Entry, hit.Wrapped = s.nearest(chunks, from, back)
	for _, c := range chunks {
		if c.end > hit.Entry {
			hit.Number += 1 + sort.SearchInts(s.hits(c), hit.Entry)
			break
		}
		hit.Number += s.count(c)
	}
	return hit, nil
}

// look is a chunk as a search sees it: the body does not change while the
// search has it.
type look struct {
	*chunk
	end  int // index after its last entry
	open bool
}

// all are the chunks that are kept.
func (t *Transcript) all() []look {
	t.mu.Lock()
	defer t.mu.Unlock()
	looks := make([]look, len(t.chunks))
	for i, c := range t.chunks {
		looks[i] = look{c, c.first + c.count, false}
	}
	if last := len(looks) - 1; last >= 0 {
		looks[last].end, looks[last].open = math.MaxInt, true
	}
	return looks
}

// count is how many entries of a chunk hold the pattern.
func (s *Search) count(c look) int {
	if n, known := s.counts[c.serial]; known {
		return n
	}
	n := len(s.hits(c))
	if !c.open {
		s.counts[c.serial] = n
	}
	return n
}

// nearest finds the hit nearest to an entry, when there is one.
func (s *Search) nearest(chunks []look, from int, back bool) (entry int, wrapped bool) {
	order := make([]look, 0, 2*len(chunks))
	order = append(append(order, chunks...), chunks...)
	if !back {
		for i, c := range order {
			wrapped = i >= len(chunks)
			if hits := s.some(c); wrapped && len(hits) > 0 {
				return hits[0], true
			} else if at := sort.SearchInts(hits, from+1); at < len(hits) {
				return hits[at], false
			}
		}
		return from, true
	}
	for i := len(order) - 1; i >= 0; i-- {
		hits := s.some(order[i])
		wrapped = i < len(chunks)
		if wrapped && len(hits) > 0 {
			return hits[len(hits)-1], true
		} else if at := sort.SearchInts(hits, from); at > 0 {
			return hits[at-1], false
		}
	}
	return from, true
}

// some are the hits of a chunk that has any.
func (s *Search) some(c look) []int {
	if s.count(c) == 0 {
		return nil
	}
	return s.hits(c)
}

// hits are the entries of a chunk that hold the pattern. Those of a chunk that
// cannot be read are not found.
func (s *Search) hits(c look) (hits []int) {
	b, release := s.bodyOf(c)
	defer release()
	if b == nil {
		return nil
	}
	if s.pattern.expr != nil {
		hits = s.hitsByLine(c, b)
	} else {
		hits = s.hitsByWord(c, b)
	}
	if len(b.events) > 0 {
		hits = s.withMessages(c, b, hits)
	}
	return hits
}

// bodyOf returns the entries of a chunk, from memory or from the journal, nil
// when they cannot be had or hold no hit. The chunk that is open stays as it is
// until it is released.
func (s *Search) bodyOf(c look) (b *body, release func()) {
	t := s.of
	t.mu.Lock()
	if c.open {
		return c.body, t.mu.Unlock
	}
	b, at, journal := c.body, c.place, t.read.journal
	t.read.searches++
	t.mu.Unlock()
	if b == nil && at.size > 0 && journal != nil {
		b = s.readChunk(journal, c.serial, at)
	}
	return b, t.looked
}

// looked tells that a search looks at a body no more.
func (t *Transcript) looked() {
	t.mu.Lock()
	t.read.searches--
	t.mu.Unlock()
}

// readChunk reads a chunk into the buffer of the search. Its records are only
// read when its text, looked at as a whole, holds something.
func (s *Search) readChunk(journal Journal, serial int, at place) *body {
	if cap(s.buffer) < at.size {
		s.buffer = make([]byte, at.size+at.size/8)
	}
	data := s.buffer[:at.size]
	if _, err := journal.ReadAt(data, at.offset); err != nil {
		return nil
	}
	parts, err := split(data)
	if err != nil || parts.serial != serial {
		return nil
	}
	if len(parts.facts) == 0 && s.pattern.expr == nil && !bytes.Contains(s.fold(parts.text), s.pattern.word) {
		return nil
	}
	b, err := parts.body()
	if err != nil {
		return nil
	}
	return b
}

// fold is a text as the word is compared with it.
func (s *Search) fold(text []byte) []byte {
	if !s.pattern.fold {
		return text
	}
	s.folded = lower(s.folded[:0], text)
	return s.folded
}

// hitsByLine looks at line after line.
func (s *Search) hitsByLine(c look, b *body) (hits []int) {
	for n := range b.records {
		r := &b.records[n]
		if kind := r.kind(); kind != KindSent && kind != KindHeard {
			continue
		}
		for at := int(r.first); at < int(r.first)+b.span(n); at++ {
			if s.pattern.expr.Match(b.textOf(at)) {
				hits = append(hits, c.first+at)
			}
		}
	}
	return hits
}

// hitsByWord looks at the text as a whole; lines are told apart only where
// something was found.
func (s *Search) hitsByWord(c look, b *body) (hits []int) {
	text := s.fold(b.text)
	at := 0
	for from := 0; from < len(text) && len(s.pattern.word) > 0; {
		found := bytes.Index(text[from:], s.pattern.word)
		if found < 0 {
			break
		}
		found += from
		rest := b.ends[at:]
		at += sort.Search(len(rest), func(i int) bool { return int(rest[i]) > found })
		end := int(b.ends[at]) - len(lineEnd)
		if found+len(s.pattern.word) <= end {
			hits = append(hits, c.first+at)
			from = end
		} else {
			from = found + 1 // from one line into the next
		}
	}
	return hits
}

// withMessages adds the messages whose text, as far as it is kept, holds the
// pattern.
func (s *Search) withMessages(c look, b *body, hits []int) []int {
	if !c.open {
		s.of.mu.Lock() // for what became known later
		defer s.of.mu.Unlock()
	}
	for _, r := range b.records {
		if r.kind() != KindBody {
			continue
		}
		i := int(r.first)
		if e, ok := c.event(b, i, r).(session.BodyEnded); ok && s.pattern.Matches(e.Head) {
			hits = append(hits, c.first+i)
		}
	}
	sort.Ints(hits)
	return hits
}
