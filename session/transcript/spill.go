package transcript

import (
	"io"
	"slices"
	"sync"
	"time"

	"ehlo/session"
)

// Journal is where chunks go: a file.
type Journal interface {
	io.ReaderAt
	io.WriterAt
}

// JournalHead is how many bytes at the beginning of a journal are left to who
// made it.
const JournalHead = 64

const (
	// maxBehind is how many chunks may wait for the journal before Room does.
	maxBehind = 8
	// farewell is how long Close waits for a journal that is slow.
	farewell = time.Second
)

// spill is the way of chunks to the journal. Its fields are guarded by the
// mutex of the transcript, but for the ring, which is the writer's.
type spill struct {
	journal Journal
	ring    ring
	queue   []job
	moved   *sync.Cond // the queue has changed
	closed  bool
	done    chan struct{}
}

// job is a full chunk, or the tail: the chunk that is open, as it was then.
type job struct {
	chunk *chunk
	tail  []byte
}

// SpillTo sends full chunks to a journal of at most limit bytes from now on,
// in a goroutine that Close ends; the oldest are dropped for room. When the
// journal cannot be written, an Unkept note says so, once.
func (t *Transcript) SpillTo(journal Journal, limit int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.spill != nil || t.read.journal != nil {
		return
	}
	s := &spill{
		journal: journal, ring: newRing(JournalHead, limit), moved: sync.NewCond(&t.mu), done: make(chan struct{}),
	}
	t.spill, t.read.journal = s, journal
	for _, c := range t.chunks[:max(0, len(t.chunks)-1)] {
		s.add(job{chunk: c})
	}
	go t.write(s)
}

func (s *spill) add(j job) {
	if n := len(s.queue); n > 1 && s.queue[n-1].tail != nil {
		s.queue = s.queue[:n-1] // a newer one takes its place; the first may be in the writer's hands
	}
	s.queue = append(s.queue, j)
	s.moved.Broadcast()
}

// Flush sends the chunk that is open on its way to the journal, too, so that a
// crash loses no more than what came after it. It costs nothing when nothing
// was added since the last time, and may be put off when much is.
func (t *Transcript) Flush() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.spill == nil || !t.told || len(t.spill.queue) > 1 {
		return
	}
	t.told = false
	c := t.chunks[len(t.chunks)-1]
	t.spill.add(job{c, append(encode(nil, c.serial, c.first, c.body), c.body.text...)})
}

// Room waits while the journal is far behind. Who appends what a server says
// as fast as it can calls it in between: so a slow disk slows the server down,
// and memory stays as it is.
func (t *Transcript) Room() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for s := t.spill; s != nil && t.spill == s && !s.closed && len(s.queue) > maxBehind; {
		s.moved.Wait()
	}
}

// Close ends the writing of the journal, when all that was added is written or
// after a second. The transcript stays as it is, what lies in the journal
// apart.
func (t *Transcript) Close() {
	t.Flush()
	t.mu.Lock()
	s := t.spill
	if s != nil {
		s.closed = true
		s.moved.Broadcast()
	}
	t.mu.Unlock()
	if s == nil {
		return
	}
	enough := time.NewTimer(farewell)
	defer enough.Stop()
	select {
	case <-s.done:
	case <-enough.C:
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spill = nil
}

// write is the goroutine that writes.
func (t *Transcript) write(s *spill) {
	defer close(s.done)
	var buffer []byte
	for {
		j, ok := t.nextJob(s)
		if !ok {
			return
		}
		head, text := j.tail, []byte(nil)
		if head == nil {
			buffer = encode(buffer, j.chunk.serial, j.chunk.first, j.chunk.body)
			head, text = buffer, j.chunk.body.text
		}
		at, gone := s.ring.room(len(head) + len(text))
		t.forget(gone)
		err := s.put(at.offset, head, text)
		if err == nil && j.tail == nil {
			s.ring.take(j.chunk.serial, at)
		}
		if !t.wrote(s, j, at, err) {
			return
		}
	}
}

// put writes a chunk: its text, then what makes it a chunk.
func (s *spill) put(offset int64, head, text []byte) error {
	if len(text) > 0 {
		if _, err := s.journal.WriteAt(text, offset+int64(len(head))); err != nil {
			return err
		}
	}
	_, err := s.journal.WriteAt(head, offset)
	return err
}

// nextJob waits for something to write.
func (t *Transcript) nextJob(s *spill) (job, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(s.queue) == 0 && !s.closed {
		s.moved.Wait()
	}
	if len(s.queue) == 0 {
		return job{}, false
	}
	return s.queue[0], true
}

// forget drops chunks whose place in the journal is given to others, up to a
// serial.
func (t *Transcript) forget(serial int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.chunks) > 1 && t.chunks[0].serial <= serial {
		t.drop()
	}
}

// wrote takes the outcome of a write, and reports whether to go on.
func (t *Transcript) wrote(s *spill, j job, at place, err error) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.queue = slices.Delete(s.queue, 0, 1)
	s.moved.Broadcast()
	switch {
	case err != nil:
		t.spill, s.queue = nil, nil
		now := time.Now()
		t.addEvent(record{at: now.UnixNano()}, KindNote, Unkept{session.Stamp{At: now}, err.Error()})
		return false
	case j.tail == nil:
		j.chunk.place = at
		t.evict()
	}
	return true
}
