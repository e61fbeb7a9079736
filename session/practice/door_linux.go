package practice

import (
	"errors"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// fillCalls bounds the calls that fill a queue of length 0: Linux takes one
// more than it is asked for.
const fillCalls = 8

// fillWait is how long a call may take until the queue counts as full. A call
// on loopback that is taken is taken at once.
const fillWait = 100 * time.Millisecond

// neverAnswer finds a port of loopback where a call gets no answer at all: a
// listener that accepts nothing, whose queue is full.
func neverAnswer() (netip.AddrPort, func() error, error) {
	ln, err := net.Listen("tcp", anyPort)
	if err != nil {
		return netip.AddrPort{}, nil, err
	}
	held := []func() error{ln.Close}
	closer := func() error { return closeAll(held) }
	if err := shorten(ln.(*net.TCPListener)); err != nil {
		return netip.AddrPort{}, nil, errors.Join(err, closer())
	}
	for range fillCalls {
		conn, err := net.DialTimeout("tcp", ln.Addr().String(), fillWait)
		if err != nil {
			break
		}
		held = append(held, conn.Close)
	}
	return addrOf(ln.Addr()), closer, nil
}

// shorten sets the queue of a listener to length 0.
func shorten(ln *net.TCPListener) error {
	raw, err := ln.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = raw.Control(func(fd uintptr) { failed = syscall.Listen(int(fd), 0) })
	return errors.Join(err, failed)
}

func closeAll(closers []func() error) error {
	var all error
	for _, closer := range closers {
		all = errors.Join(all, closer())
	}
	return all
}
