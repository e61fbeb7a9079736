// Package postbox is the mailbox of practice: an IMAP server of ours that shows
// what a practice mail server took, in the folders where that filed it.
//
//	mailbox := postbox.New(mail)
//	if err := mailbox.Start(ctx); err != nil {
//		return err
//	}
//	defer mailbox.Close()
//
// It answers any command at any time: those that read as RFC 3501 section 6 has
// them, those that would change something with a no, for the mailbox is for
// reading. It listens on loopback alone, in clear text with STARTTLS and with
// TLS from the start, and shares no code with the client side.
//
//	capability        RFC         what the server does
//	AUTH=PLAIN, LOGIN 4616        any name and password, or the scenario's users
//	SASL-IR           4959        takes the first answer beside AUTHENTICATE
//	LITERAL+          7888        waits for no leave
//	SPECIAL-USE       6154        says which folder is for junk
//	LIST-EXTENDED     5258        as far as SPECIAL-USE needs it
//	UNSELECT, ID      3691, 2971
package postbox

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"

	"ehlo/session/practice"
)

// Server shows the mail of a practice server. It is made by New. Its fields
// are read when a conversation begins and may be set before the first.
type Server struct {
	Idle    time.Duration // how long a client may say nothing; 0 is 30 minutes (RFC 3501 section 5.4)
	MaxOpen int           // conversations at the same time; 0 is 100

	mail *practice.Server

	mu        sync.Mutex
	listeners [2]net.Listener // in clear text, and with TLS
	open      map[net.Conn]struct{}
	closed    bool
	waiting   sync.WaitGroup
}

// New returns a server for what mail takes. It does no IO.
func New(mail *practice.Server) *Server {
	return &Server{mail: mail, open: make(map[net.Conn]struct{})}
}

const (
	defaultIdle    = 30 * time.Minute
	defaultMaxOpen = 100
	anyPort        = "127.0.0.1:0"
)

// ErrClosed is returned by Start once the server has been closed.
var ErrClosed = errors.New("the practice mailbox is closed")

// Start listens on loopback and returns. The server ends when the context does,
// or with Close.
func (s *Server) Start(ctx context.Context) error {
	for i := range s.listeners {
		ln, err := net.Listen("tcp", anyPort)
		if err != nil {
			_ = s.Close()
			return err
		}
		if !s.listen(i, ln) {
			_ = ln.Close()
			return ErrClosed
		}
	}
	context.AfterFunc(ctx, s.shut)
	return nil
}

func (s *Server) listen(which int, ln net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.listeners[which] = ln
	s.waiting.Go(func() { s.accept(ln, which == 1) })
	return true
}

// retryAccept is the pause after a call that could not be taken.
const retryAccept = 50 * time.Millisecond

func (s *Server) accept(ln net.Listener, encrypted bool) {
	for {
		conn, err := ln.Accept()
		switch {
		case err == nil:
			s.waiting.Go(func() { s.serve(conn, encrypted) })
		case errors.Is(err, net.ErrClosed):
			return
		default:
			time.Sleep(retryAccept)
		}
	}
}

// Serve talks over a connection that is there already, such as one end of a
// net.Pipe, until the conversation ends, and closes it. Start is not needed.
func (s *Server) Serve(conn net.Conn) { s.serve(conn, false) }

// serve holds one conversation.
func (s *Server) serve(conn net.Conn, encrypted bool) {
	defer conn.Close()
	if !s.enter(conn) {
		return
	}
	defer s.leave(conn)
	t := s.newTalk(conn)
	if encrypted && !t.encrypt() {
		return
	}
	t.hold()
	_ = t.wire.flush()
	_ = t.wire.conn.Close() // with TLS this says goodbye properly
}

func (s *Server) enter(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := s.MaxOpen
	if limit <= 0 {
		limit = defaultMaxOpen
	}
	if s.closed || len(s.open) >= limit {
		return false
	}
	s.open[conn] = struct{}{}
	return true
}

func (s *Server) leave(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
}

// Addr returns where it listens in clear text; the zero AddrPort before Start.
func (s *Server) Addr() netip.AddrPort { return s.addr(0) }

// AddrTLS returns where it begins with TLS; the zero AddrPort before Start.
func (s *Server) AddrTLS() netip.AddrPort { return s.addr(1) }

func (s *Server) addr(which int) netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listeners[which] == nil {
		return netip.AddrPort{}
	}
	addr, _ := s.listeners[which].Addr().(*net.TCPAddr)
	return addr.AddrPort()
}

// Close ends the server: no more calls, every conversation cut off. It returns
// when the last goroutine has ended. A second Close does nothing.
func (s *Server) Close() error {
	s.shut()
	s.waiting.Wait()
	return nil
}

// shut closes everything and waits for nothing.
func (s *Server) shut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, ln := range s.listeners {
		if ln != nil {
			_ = ln.Close()
		}
	}
	for conn := range s.open {
		_ = conn.Close()
	}
}
