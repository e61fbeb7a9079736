// Package session holds one conversation with a server, whatever protocol it
// speaks, and tells everything that happens as events.
//
// A Session owns the socket in one goroutine. A second goroutine reads for it
// by permit: one permit reads one whole reply, and the owner gives the next.
// So before a STARTTLS is answered nobody reads ahead, and what arrives in
// clear text after the answer is noticed. Lines to be said are queued by Send,
// which never blocks, and go out in lock-step: one line, one write, when every
// answer before it is whole; a Group is one write for several.
//
//	s := session.New(smtp.Dialect{}, session.Options{})
//	s.Dial(session.Target{Host: "mx.example.org", Addr: addr})
//	for {
//		events, err := s.Next(ctx)
//		...
//	}
//
// What the events tell is already redacted: a secret exists only on the wire.
// The package knows no protocol but through Dialect, no DNS, and no screen.
package session

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
)

// Session is one conversation, from the first byte to the last. Make it with
// New, begin it with Dial or Start, follow it with Next, end it with Close.
// Its methods are safe for concurrent use.
type Session struct {
	dialect Dialect
	options Options
	queue   queue
	events  sink
	ctx     context.Context
	cancel  context.CancelFunc
	conn    atomic.Pointer[net.Conn] // for Close alone: deadlines may be set from outside
	closing atomic.Bool
	begin   sync.Once
	done    chan struct{}
}

// New returns a Session that has not begun. It does no IO.
func New(dialect Dialect, options Options) *Session {
	ctx, cancel := context.WithCancel(context.Background())
	return &Session{
		dialect: dialect,
		options: options.withDefaults(),
		queue:   newQueue(),
		events:  newSink(),
		ctx:     ctx,
		cancel:  cancel,
		done:    make(chan struct{}),
	}
}

// Dial begins the conversation by connecting to target and returns at once;
// what comes of it is told by events. A second call, or one after Start, does
// nothing.
func (s *Session) Dial(target Target) {
	s.begin.Do(func() { go newOwner(s, target).converse(nil) })
}

// Start begins the conversation on a connection that stands already: one end
// of a net.Pipe, a socket from a proxy. Session closes it, at once when it had
// begun or was closed already.
func (s *Session) Start(conn net.Conn, target Target) {
	begun := true
	s.begin.Do(func() {
		begun = false
		go newOwner(s, target).converse(conn)
	})
	if begun {
		conn.Close()
	}
}

// Send queues what is to be said and returns at once. It goes out when every
// answer before it is whole. The ID names it in events; 0 means that nothing was
// queued: the conversation is over, or the line holds a CR, LF or NUL and would
// be two on the wire.
func (s *Session) Send(out Outgoing) ID { return s.queue.add(out) }

// Withdraw takes back what was queued and has not gone out, and reports
// whether it was still there.
func (s *Session) Withdraw(id ID) (Outgoing, bool) { return s.queue.remove(id) }

// StopWaiting gives up the wait that is under way: for a connection, a
// greeting or a handshake it ends the conversation; for an answer it lets the
// next line go out, and an answer that still comes is told as late. While a
// message is being sent it does nothing: only Close ends that.
func (s *Session) StopWaiting() {
	if s.queue.stopWaiting() {
		s.cancel()
	}
}

// Next returns the events since the last call, in order, and waits for the
// first of them. After the last event, Ended, it returns io.EOF.
func (s *Session) Next(ctx context.Context) ([]Event, error) { return s.events.next(ctx) }

// Close hangs up, wherever the conversation stands, and returns at once; Ended
// follows as an event. Inside a message it leaves the final dot unsaid, so
// that the server does not take half of it.
func (s *Session) Close() {
	s.closing.Store(true)
	s.begin.Do(func() { go newOwner(s, Target{}).finish(nil) })
	s.cancel()
	if conn := s.conn.Load(); conn != nil {
		(*conn).SetDeadline(longAgo)
	}
}

// Done is closed when the conversation is over and its goroutines have ended,
// but for one that waits for the source of a message (see Body).
func (s *Session) Done() <-chan struct{} { return s.done }
