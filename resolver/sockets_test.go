package resolver

import (
	"context"
	"net"
	"testing"
	"time"
)

// listening opens a UDP port that nobody reads, and counts the sockets that are
// opened to it.
func listening(t *testing.T) (address string, opened *int, dial func(context.Context, string, string) (net.Conn, error)) {
	t.Helper()
	packets, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { packets.Close() })
	opened = new(int)
	return packets.LocalAddr().String(), opened, func(ctx context.Context, network, address string) (net.Conn, error) {
		*opened++
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

func TestSocketsAskedAgain(t *testing.T) {
	address, opened, dial := listening(t)
	var s sockets
	for range 2 * maxUses {
		conn, err := s.open(t.Context(), dial, "udp", address)
		if err != nil {
			t.Fatal(err)
		}
		s.release(conn, true)
	}
	if *opened != 2 || len(s.idle) != 0 {
		t.Errorf("%d opened, %d idle", *opened, len(s.idle))
	}
}

// A socket that brought no answer may still bring it later: it is not used for
// another question. Nor is one that was idle for long, or leads elsewhere.
func TestSocketsClosed(t *testing.T) {
	address, opened, dial := listening(t)
	other, _, _ := listening(t)
	var s sockets
	open := func(address string) *socket {
		conn, err := s.open(t.Context(), dial, "udp", address)
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	s.release(open(address), false)
	if len(s.idle) != 0 {
		t.Error("a socket without an answer was kept")
	}
	s.release(open(address), true)
	s.idle[0].since = time.Now().Add(-2 * keepIdle)
	fresh := open(address)
	if fresh.uses != 0 || len(s.idle) != 0 {
		t.Error("an old socket was used again")
	}
	s.release(fresh, true)
	if elsewhere := open(other); elsewhere.address != other {
		t.Error("a socket to another server was used")
	}
	if *opened != 4 || len(s.idle) != 1 {
		t.Errorf("%d opened, %d idle", *opened, len(s.idle))
	}
	s.idle[0].Close()
}
