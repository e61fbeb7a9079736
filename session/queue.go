package session

import (
	"strings"
	"sync"
)

// queue holds what waits to be said, in the order in which Send was called,
// and carries the two wishes of the user to the owner: stop waiting, and look.
type queue struct {
	mu       sync.Mutex
	lastID   ID
	waiting  []queued
	ended    bool
	reaching bool // connecting, greeting or handshake: stopping means ending
	stop     bool // the user has asked to stop waiting
	wake     chan struct{}
}

type queued struct {
	id  ID
	out Outgoing
}

func newQueue() queue { return queue{wake: make(chan struct{}, 1), reaching: true} }

func (q *queue) ring() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *queue) add(out Outgoing) ID {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended || endsALine(out) {
		return 0
	}
	q.lastID++
	q.waiting = append(q.waiting, queued{q.lastID, out})
	q.ring()
	return q.lastID
}

// endsALine reports whether a line would become two on the wire.
func endsALine(out Outgoing) bool {
	line, ok := out.(Line)
	return ok && strings.ContainsAny(line.Text, "\r\n\x00")
}

func (q *queue) remove(id ID) (Outgoing, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, item := range q.waiting {
		if item.id == id {
			q.waiting = append(q.waiting[:i:i], q.waiting[i+1:]...)
			return item.out, true
		}
	}
	return nil, false
}

// take removes the first item that may go: any when free, else only a line
// that is to be sent now, wherever it stands.
func (q *queue) take(free bool) (queued, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, item := range q.waiting {
		line, isLine := item.out.(Line)
		switch {
		case free:
			q.waiting = q.waiting[1:]
			return item, true
		case isLine && line.Now:
			q.waiting = append(q.waiting[:i:i], q.waiting[i+1:]...)
			return item, true
		}
	}
	return queued{}, false
}

// stopWaiting notes the wish and reports whether it means ending.
func (q *queue) stopWaiting() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stop = true
	q.ring()
	return q.reaching
}

// stopAsked reports and clears the wish to stop waiting.
func (q *queue) stopAsked() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	asked := q.stop
	q.stop = false
	return asked
}

func (q *queue) setReaching(reaching bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.reaching = reaching
	q.stop = false
}

// end refuses what comes from now on and returns what was never said.
func (q *queue) end() []queued {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	left := q.waiting
	q.waiting = nil
	return left
}
