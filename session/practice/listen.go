package practice

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"
)

// door is an open port: its number on paper and where it is on loopback.
type door struct {
	Port
	addr     netip.AddrPort
	listener net.Listener // nil where nobody takes calls
	closer   func() error
}

// anyPort is where servers listen: loopback, a port of the system's choice.
const anyPort = "127.0.0.1:0"

// ErrClosed is returned by Start once the server has been closed.
var ErrClosed = errors.New("the practice server is closed")

// Start opens the scenario's ports on loopback and returns. The server ends
// when the context does, or with Close.
func (s *Server) Start(ctx context.Context) error { return s.StartOn(ctx, nil) }

// StartOn is Start with a listener for the first port that listens; the server
// closes it. With nil it opens one itself.
func (s *Server) StartOn(ctx context.Context, given net.Listener) error {
	if s.scenario.encrypts() {
		if _, err := s.identity.config(s.scenario.certified()); err != nil {
			return fmt.Errorf("practice certificate: %w", err)
		}
	}
	for _, port := range s.scenario.ports() {
		d, err := s.openDoor(port, given)
		if err != nil {
			_ = s.Close()
			return fmt.Errorf("practice port %d: %w", port.Number, err)
		}
		if d.listener != nil {
			given = nil
		}
		if !s.keepDoor(d) {
			_ = d.closer()
			return ErrClosed
		}
	}
	unhook := context.AfterFunc(ctx, s.shut)
	context.AfterFunc(s.done, func() { unhook() })
	return nil
}

func (s *Server) openDoor(port Port, given net.Listener) (door, error) {
	d := door{Port: port}
	var err error
	switch port.Door {
	case DoorRefuse:
		d.addr, d.closer, err = refuse()
	case DoorNeverAnswer:
		d.addr, d.closer, err = neverAnswer()
	default:
		if given == nil {
			given, err = net.Listen("tcp", anyPort)
		}
		if err == nil {
			d.addr, d.listener, d.closer = addrOf(given.Addr()), given, given.Close
		}
	}
	return d, err
}

// keepDoor remembers an open port and takes its calls; false when the server
// was closed meanwhile.
func (s *Server) keepDoor(d door) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done.Err() != nil {
		return false
	}
	s.doors = append(s.doors, d)
	if d.listener != nil {
		s.waiting.Go(func() { s.accept(d.listener, d.Door == DoorTLS) })
	}
	return true
}

// accept takes calls until the listener is closed.
func (s *Server) accept(ln net.Listener, encrypted bool) {
	for {
		conn, err := ln.Accept()
		if err == nil {
			s.waiting.Go(func() { s.serve(conn, encrypted) })
			continue
		}
		if errors.Is(err, net.ErrClosed) || s.pause(retryAccept) != nil {
			return
		}
	}
}

// retryAccept is the pause after a call that could not be taken (too many open
// files), so that the loop does not spin.
const retryAccept = 50 * time.Millisecond

// Addr returns where the first port is on loopback; the zero AddrPort before
// Start.
func (s *Server) Addr() netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.doors) == 0 {
		return netip.AddrPort{}
	}
	return s.doors[0].addr
}

// AddrOf returns where a port of the scenario, by its number on paper, is on
// loopback; false when the scenario has no such port or before Start.
func (s *Server) AddrOf(number int) (netip.AddrPort, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.doors {
		if d.Number == number {
			return d.addr, true
		}
	}
	return netip.AddrPort{}, false
}

// AddrAt returns where a call to a paper address leads on loopback; false when
// the scenario has no such port or before Start.
func (s *Server) AddrAt(paper netip.AddrPort) (netip.AddrPort, bool) {
	port, ok := s.scenario.PortAt(paper)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.doors {
		if ok && d.Port == port {
			return d.addr, true
		}
	}
	return netip.AddrPort{}, false
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
	s.stop()
	for _, d := range s.doors {
		_ = d.closer()
	}
	for conn := range s.open {
		_ = conn.Close()
	}
}

// pause waits, or returns why the server ended meanwhile.
func (s *Server) pause(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-s.done.Done():
		return s.done.Err()
	}
}

func addrOf(addr net.Addr) netip.AddrPort {
	if tcp, ok := addr.(*net.TCPAddr); ok {
		return tcp.AddrPort()
	}
	return netip.AddrPort{}
}
