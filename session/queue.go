package session

import (
	"strings"
	"sync"
	"unicode/utf8"
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
	id     ID
	out    Outgoing
	joined bool // to the line before it, in one write
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
	list := pieces(out)
	for i, piece := range list {
		q.lastID++
		q.waiting = append(q.waiting, queued{q.lastID, piece, i > 0})
	}
	if len(list) == 0 {
		return 0
	}
	q.ring()
	return q.lastID
}

func holdsLineEnd(text string) bool { return LineEnd(text) > 0 }

// LineEnd returns which character of a text, from 1, keeps it from being one line
// on the wire: CR, LF or NUL (RFC 5321 section 4.1.1); 0 when none does.
func LineEnd(text string) (place int) {
	at := strings.IndexAny(text, "\r\n\x00")
	if at < 0 {
		return 0
	}
	return utf8.RuneCountInString(text[:at]) + 1
}

func (q *queue) remove(id ID) (Outgoing, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, item := range q.waiting {
		if item.id == id {
			q.drop(i)
			return item.out, true
		}
	}
	return nil, false
}

// drop takes the item at i out. What was joined to it stands alone.
func (q *queue) drop(i int) {
	if i+1 < len(q.waiting) {
		q.waiting[i+1].joined = false
	}
	q.waiting = append(q.waiting[:i:i], q.waiting[i+1:]...)
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
			q.drop(i)
			return item, true
		}
	}
	return queued{}, false
}

// takeJoined removes the first item if it is joined to the line that was taken
// before it and may be said in the same write.
func (q *queue) takeJoined(may func(text string) bool) (queued, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 || !q.waiting[0].joined {
		return queued{}, false
	}
	item := q.waiting[0]
	line, isLine := item.out.(Line)
	if !isLine || !may(line.Text) {
		return queued{}, false
	}
	q.waiting = q.waiting[1:]
	return item, true
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
