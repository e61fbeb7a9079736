package session

import (
	"context"
	"io"
	"sync"
)

// maxPending is how many heard lines wait for the one who asks by Next; beyond
// it the owner takes nothing more from the reader, the reader from the socket,
// and TCP slows the server down.
const maxPending = 8192

// maxPendingBytes is the same bound for lines that are long.
const maxPendingBytes = 8 << 20

// sink is the one road of events out of a session.
type sink struct {
	mu      sync.Mutex
	pending []Event
	lines   int
	bytes   int // of heard lines and replies
	ended   bool
	more    chan struct{} // rung when there is something to take
	room    chan struct{} // rung when something was taken
}

func newSink() sink {
	return sink{more: make(chan struct{}, 1), room: make(chan struct{}, 1)}
}

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// put adds an event. It never blocks: the owner asks full before it lets the
// server add more.
func (s *sink) put(event Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(s.pending, event)
	switch event := event.(type) {
	case Answered:
		s.bytes += int(min(event.Reply.Bytes, MaxReplyBytes))
	case Ended:
		s.ended = true
	}
	ring(s.more)
}

// heard adds lines that are so many bytes together.
func (s *sink) heard(event Heard, size int) {
	s.mu.Lock()
	s.lines += event.Len()
	s.bytes += size
	s.mu.Unlock()
	s.put(event)
}

func (s *sink) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines >= maxPending || s.bytes >= maxPendingBytes
}

func (s *sink) take() (events []Event, ended bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	events, s.pending = s.pending, nil
	s.lines, s.bytes = 0, 0
	ring(s.room)
	if s.ended {
		ring(s.more) // for others that wait
	}
	return events, s.ended
}

func (s *sink) next(ctx context.Context) ([]Event, error) {
	for {
		events, ended := s.take()
		switch {
		case len(events) > 0:
			return events, nil
		case ended:
			return nil, io.EOF
		}
		select {
		case <-s.more:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
