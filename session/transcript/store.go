package transcript

import (
	"slices"
	"sort"
	"unsafe"

	"ehlo/session"
)

const (
	recordBytes = int(unsafe.Sizeof(record{}))
	endBytes    = int(unsafe.Sizeof(uint32(0)))
	// eventBytes is what an event kept for a note is counted as, what it
	// points to apart.
	eventBytes = 512
)

// chunk returns the chunk of an entry, nil when it is not kept.
func (t *Transcript) chunk(i int) *chunk {
	if i < t.dropped || i >= t.length {
		return nil
	}
	if c := t.near; c != nil && i >= c.first && i < c.first+c.count {
		return c
	}
	after := sort.Search(len(t.chunks), func(n int) bool { return t.chunks[n].first > i })
	t.near = t.chunks[after-1]
	return t.near
}

// record returns the record of an entry that is in memory.
func (t *Transcript) record(i int) (record, bool) {
	c := t.chunk(i)
	if c == nil || c.body == nil {
		return record{}, false
	}
	return c.record(c.body, i-c.first), true
}

// open returns the chunk that takes n bytes more.
func (t *Transcript) open(n int) *chunk {
	last := len(t.chunks) - 1
	if last >= 0 && t.chunks[last].takes(n) {
		return t.chunks[last]
	}
	c := &chunk{serial: t.serial, first: t.length, body: &body{}}
	if last >= 0 { // the first one grows: most talks are short
		t.seal(t.chunks[last])
		c.body = t.read.room(n)
	}
	t.serial++
	t.chunks = append(t.chunks, c)
	return c
}

func (c *chunk) takes(n int) bool {
	return c.count < chunkRecords && c.weight < chunkBytes+chunkRecords*(recordBytes+endBytes) && len(c.body.text)+n <= chunkBytes
}

// seal closes a full chunk: it goes to the journal; where there is none it gives
// back what it has too much.
func (t *Transcript) seal(c *chunk) {
	t.read.keep(c)
	if t.spill != nil {
		t.spill.add(job{chunk: c})
		return
	}
	c.body.text = slices.Clip(slices.Clone(c.body.text))
	c.body.ends = slices.Clip(slices.Clone(c.body.ends))
	c.body.records = slices.Clip(slices.Clone(c.body.records))
}

// share adds a record, unless the last one is the same: then that is of the
// next entry too.
func (b *body) share(r record) {
	if last := len(b.records) - 1; last >= 0 {
		if r.first = b.records[last].first; r == b.records[last] {
			return
		}
	}
	r.first = uint32(len(b.ends))
	b.records = append(b.records, r)
}

// takeLines adds lines that have a record in common, as many as the chunk takes,
// the first one whatever it is, and returns their size in bytes.
func (c *chunk) takeLines(lines []session.HeardLine) (n, size int) {
	b, first := c.body, &lines[0]
	for i := range lines[:max(1, min(len(lines), chunkRecords-c.count))] {
		line := &lines[i]
		more := len(line.Text) + len(lineEnd)
		if i > 0 && (first.First || line.First || line.Cut != first.Cut || line.Flaws != first.Flaws || len(b.text)+more > chunkBytes) {
			break
		}
		b.text = append(append(b.text, line.Text...), lineEnd...)
		b.ends = append(b.ends, uint32(len(b.text)))
		n, size = n+1, size+more
	}
	return n, size
}

// takeBlock adds lines of a block, which begin and end in its text as told, as
// many as the chunk takes, and one at least.
func (c *chunk) takeBlock(text []byte, from int, ends []uint32) (n int) {
	b := c.body
	room := from + chunkBytes - len(b.text)
	n = min(len(ends), chunkRecords-c.count)
	if int(ends[n-1]) > room {
		n = max(1, sort.Search(n, func(i int) bool { return int(ends[i]) > room }))
	}
	for _, end := range ends[:n] {
		b.ends = append(b.ends, uint32(int(end)-from+len(b.text)))
	}
	b.text = append(b.text, text[from:ends[n-1]]...)
	return n
}

// addLine keeps a line of text.
func (t *Transcript) addLine(r record, kind Kind, text string) {
	c := t.open(len(text) + len(lineEnd))
	t.add(c, r, kind, text, 0)
}

// addEvent keeps an event of which a note or a message tells.
func (t *Transcript) addEvent(r record, kind Kind, event session.Event) {
	event = stripped(event)
	c := t.open(len(lineEnd))
	r.serial = uint32(len(c.body.events))
	c.body.events = append(c.body.events, event)
	t.add(c, r, kind, "", weight(event))
}

// add keeps an entry of ours, which has a record of its own.
func (t *Transcript) add(c *chunk, r record, kind Kind, text string, more int) {
	b := c.body
	r.what, r.first = uint8(kind), uint32(len(b.ends))
	b.records = append(b.records, r)
	b.text = append(append(b.text, text...), lineEnd...)
	b.ends = append(b.ends, uint32(len(b.text)))
	if kind != KindNote {
		c.sent++
	}
	t.added(c, 1, len(text)+len(lineEnd)+more)
	t.bound()
}

// added counts n entries of so many bytes, and a record of them.
func (t *Transcript) added(c *chunk, n, size int) {
	size += recordBytes + n*endBytes
	c.count += n
	c.weight += size
	t.used += size
	t.length += n
}

// bound drops the oldest where there is no journal and memory would grow.
func (t *Transcript) bound() {
	for t.spill == nil && t.used > MaxBytes && len(t.chunks) > 1 {
		t.drop()
	}
}

// setEvent puts a later event in the place of an earlier one.
func (t *Transcript) setEvent(i int, event session.Event, took uint32, timed bool) {
	event = stripped(event)
	c := t.chunk(i)
	if c != t.chunks[len(t.chunks)-1] {
		t.patch(c, patch{entry: i, event: event, took: took, timed: timed})
		return
	}
	r := &c.body.records[c.body.find(i-c.first)]
	more := weight(event) - weight(c.body.events[r.serial])
	c.body.events[r.serial] = event
	c.weight += more
	t.used += more
	if timed {
		r.setTook(took)
	}
}

// patch tells a full chunk what became known, and the journal with the chunk
// that is open now.
func (t *Transcript) patch(c *chunk, p patch) {
	c.learn(p)
	if t.spill != nil {
		b := t.chunks[len(t.chunks)-1].body
		b.patches = append(b.patches, told{c.serial, p})
	}
}

// drop forgets the oldest chunk.
func (t *Transcript) drop() {
	old := t.chunks[0]
	t.read.forget(old)
	if old.body != nil {
		t.used -= old.weight
		old.body = nil
	}
	t.dropped = old.first + old.count
	t.chunks = slices.Delete(t.chunks, 0, 1)
	t.near = nil
}

// weight is about how much memory an event holds on to.
func weight(event session.Event) int {
	n := eventBytes
	switch e := event.(type) {
	case session.BodyEnded:
		n += len(e.Head)
	case session.Returned:
		for _, line := range e.Lines {
			n += len(line) + 16
		}
	}
	return n
}
