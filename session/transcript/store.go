package transcript

import (
	"slices"
	"unsafe"

	"ehlo/session"
)

const (
	blockRecords = 4096
	pageBytes    = 256 << 10
	recordBytes  = int(unsafe.Sizeof(record{}))
	// eventBytes is what an event kept for a note is counted as, what it
	// points to apart.
	eventBytes = 512
)

// page holds the text of entries that follow one another, and is dropped with
// them.
type page struct {
	text   []byte
	first  int // index of its first entry
	event  int // number of its first event
	weight int // bytes of text and events
}

// record returns the record of a kept entry.
func (t *Transcript) record(i int) *record {
	i -= t.first
	return &t.blocks[i/blockRecords][i%blockRecords]
}

// addLine keeps a line of text.
func (t *Transcript) addLine(r record, kind Kind, text string) {
	p := t.page(len(text))
	r.page = uint32(t.gone + len(t.pages) - 1)
	if p.text == nil && len(t.pages) > 1 { // the first one grows: most talks are short
		p.text = make([]byte, 0, max(pageBytes, len(text)))
	}
	r.offset, r.length = uint32(len(p.text)), uint32(len(text))
	p.text = append(p.text, text...)
	t.add(r, kind, len(text))
}

// addEvent keeps an event of which a note or a message tells.
func (t *Transcript) addEvent(r record, kind Kind, event session.Event) {
	t.page(0)
	r.offset = uint32(t.past + len(t.events))
	t.events = append(t.events, event)
	t.add(r, kind, weight(event))
}

// setEvent puts a later event in the place of an earlier one.
func (t *Transcript) setEvent(i int, event session.Event) {
	at := int(t.record(i).offset) - t.past
	more := weight(event) - weight(t.events[at])
	t.events[at] = event
	t.pages[len(t.pages)-1].weight += more // counted where the growth is now
	t.used += more
}

// page returns the page that takes n bytes of text more.
func (t *Transcript) page(n int) *page {
	if last := len(t.pages) - 1; last >= 0 && t.pages[last].weight < pageBytes && len(t.pages[last].text)+n <= pageBytes {
		return &t.pages[last]
	}
	t.seal()
	t.pages = append(t.pages, page{first: t.length, event: t.past + len(t.events)})
	return &t.pages[len(t.pages)-1]
}

// seal gives back what the last page has too much.
func (t *Transcript) seal() {
	if last := len(t.pages) - 1; last >= 0 {
		text := t.pages[last].text
		if cap(text)-len(text) > len(text)/16 {
			t.pages[last].text = append(make([]byte, 0, len(text)), text...)
		}
	}
}

func (t *Transcript) add(r record, kind Kind, size int) {
	r.what = uint8(kind)
	if t.length-t.first == len(t.blocks)*blockRecords {
		var block []record
		if len(t.blocks) > 0 {
			block = make([]record, 0, blockRecords)
		}
		t.blocks = append(t.blocks, block)
	}
	last := len(t.blocks) - 1
	t.blocks[last] = append(t.blocks[last], r)
	t.length++
	t.pages[len(t.pages)-1].weight += size
	t.used += size + recordBytes
	for t.used > MaxBytes && len(t.pages) > 1 {
		t.drop()
	}
}

// drop forgets the oldest page, its entries and its events.
func (t *Transcript) drop() {
	old, next := t.pages[0], t.pages[1]
	t.used -= old.weight + (next.first-t.dropped)*recordBytes
	t.dropped = next.first
	t.pages = slices.Delete(t.pages, 0, 1)
	t.gone++
	t.events = slices.Delete(t.events, 0, next.event-t.past)
	t.past = next.event
	for t.dropped-t.first >= blockRecords {
		t.blocks = slices.Delete(t.blocks, 0, 1)
		t.first += blockRecords
	}
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
