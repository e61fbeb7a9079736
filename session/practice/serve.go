package practice

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"
)

const (
	defaultIdle    = 5 * time.Minute // RFC 5321 section 4.5.3.2.7
	defaultMaxOpen = 100
	handshakeTime  = 30 * time.Second
)

// Serve talks over a connection that is there already, such as one end of a
// net.Pipe, until the conversation ends, and closes it. Start is not needed.
func (s *Server) Serve(conn net.Conn) {
	s.mu.Lock()
	if s.done.Err() == nil {
		s.waiting.Add(1)
		defer s.waiting.Done()
	}
	s.mu.Unlock()
	s.serve(conn, false)
}

// serve holds one conversation. The caller counts it among the waiting.
func (s *Server) serve(conn net.Conn, encrypted bool) {
	defer conn.Close()
	t := s.newTalk(conn)
	switch s.enter(conn) {
	case errCrowded:
		t.crowded()
		return
	case errOver:
		return
	}
	defer s.leave(conn)
	if encrypted && !t.encrypt() {
		return
	}
	t.hold()
	_ = t.wire.flush()
	_ = t.wire.conn.Close() // with TLS this says goodbye properly
}

var (
	errCrowded = errors.New("too many conversations")
	errOver    = errors.New("the server is closed")
)

// enter counts a conversation in, or tells why it cannot be held.
func (s *Server) enter(conn net.Conn) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.done.Err() != nil:
		return errOver
	case len(s.open) >= positive(s.MaxOpen, defaultMaxOpen):
		return errCrowded
	}
	s.open[conn] = struct{}{}
	return nil
}

func (s *Server) leave(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
}

func positive[N int | time.Duration](value, otherwise N) N {
	if value > 0 {
		return value
	}
	return otherwise
}

// encrypt puts TLS over the connection; false when that failed.
func (t *talk) encrypt() bool {
	config, err := t.server.identity.config(t.play.certified())
	if err != nil {
		return false
	}
	if t.offersMechanism("EXTERNAL") {
		config.ClientAuth = tls.RequestClientCert
	}
	ctx, cancel := context.WithTimeout(t.server.done, handshakeTime)
	defer cancel()
	conn := tls.Server(t.wire.conn, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		return false
	}
	t.wire = newWire(conn)
	t.encrypted = true
	return true
}
