package resolver

import (
	"context"
	"time"

	"github.com/miekg/dns"
)

// sent is a question that is under way on a line.
type sent struct {
	lines  *lines
	line   *line
	server Server
	query  *dns.Msg
	begun  time.Time
	took   time.Duration // until it was heard, good when it is
	heard  chan heard    // has room for the one outcome
}

// heard is how a question ended: with a message that answers it, or not.
type heard struct {
	m   *dns.Msg
	err error
}

// wait returns the message that answers a question, or why there is none.
func (s *sent) wait(ctx context.Context) (*dns.Msg, error) {
	select {
	case got := <-s.heard:
		return got.m, got.err
	case <-ctx.Done():
		s.abandon()
		return nil, context.Cause(ctx)
	}
}

// soon reports whether it is known by then how a question ended.
func (s *sent) soon(ctx context.Context, patience time.Duration) (got heard, known bool) {
	select {
	case got = <-s.heard:
		return got, true
	default:
	}
	enough := time.NewTimer(patience - time.Since(s.begun))
	defer enough.Stop()
	select {
	case got = <-s.heard:
		return got, true
	case <-enough.C:
	case <-ctx.Done():
	}
	return heard{}, false
}

// abandon gives a question up. An answer may still come, so its line carries
// no other.
func (s *sent) abandon() {
	if s.line == nil {
		return // it never came so far
	}
	s.lines.mu.Lock()
	defer s.lines.mu.Unlock()
	if s.line.waiting[s.query.Id] == s {
		delete(s.line.waiting, s.query.Id)
	}
	s.line.over = true
	s.lines.settle(s.line)
}
