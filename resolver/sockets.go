package resolver

import (
	"context"
	"net"
	"sync"
	"time"
)

// A UDP socket that has answered is asked again a few times: opening one costs
// more than the question. It carries one question at a time, and soon makes
// room for one with another port, so that ports stay hard to guess (RFC 5452
// section 9.2).
const (
	maxUses  = 16
	maxIdle  = 128             // sockets kept, over all servers
	keepIdle = 2 * time.Second // the way to a server may change
)

// sockets are those that wait for a further question. The zero value has none.
type sockets struct {
	mu   sync.Mutex
	idle []*socket // that used last is last
}

// socket is a connection to a DNS server.
type socket struct {
	net.Conn
	network, address string
	uses             int
	since            time.Time // it has been idle
	buffer           [4096]byte
}

// open takes an idle socket or opens one.
func (s *sockets) open(ctx context.Context, dial func(context.Context, string, string) (net.Conn, error), network, address string) (*socket, error) {
	if network == "udp" {
		if kept := s.take(address); kept != nil {
			return kept, nil
		}
	}
	conn, err := dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &socket{Conn: conn, network: network, address: address}, nil
}

// take returns an idle socket to a server, nil when there is none, and closes
// those that were idle for too long.
func (s *sockets) take(address string) *socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := 0
	for old < len(s.idle) && time.Since(s.idle[old].since) > keepIdle {
		s.idle[old].Close()
		old++
	}
	s.idle = append(s.idle[:0], s.idle[old:]...)
	for i := len(s.idle) - 1; i >= 0; i-- {
		if kept := s.idle[i]; kept.address == address {
			s.idle = append(s.idle[:i], s.idle[i+1:]...)
			return kept
		}
	}
	return nil
}

// release takes a socket back. It is closed unless it has answered, has not
// been used too often, and is a UDP socket of the system.
func (s *sockets) release(used *socket, answered bool) {
	used.uses++
	_, system := used.Conn.(*net.UDPConn)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !answered || !system || used.uses >= maxUses || len(s.idle) >= maxIdle {
		used.Close()
		return
	}
	used.since = time.Now()
	s.idle = append(s.idle, used)
}
