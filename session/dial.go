package session

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"syscall"
)

// connect opens the connection and reports success.
func (o *owner) connect() bool {
	o.begin(StageConnect)
	ctx, cancel := o.within(o.options.Timeouts.Connect)
	defer cancel()
	conn, err := o.options.Reach(ctx, o.target.Addr)
	if err != nil {
		o.end(&Cause{Why: whyNotReached(err), Stage: StageConnect, Err: err})
		return false
	}
	o.adopt(conn)
	o.passed(StageConnect, nil)
	return true
}

// whyNotReached tells the causes apart for which a connection fails. An RST
// is a refusal, an ICMP message says that no way leads there, nothing at all
// is no answer.
func whyNotReached(err error) Why {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return WhyStopped
	case errors.Is(err, syscall.ECONNREFUSED) || errno(err) == wsaRefused:
		return WhyRefused
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH),
		errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM),
		errno(err) == wsaNetUnreachable, errno(err) == wsaHostUnreachable:
		return WhyUnreachable
	case errors.Is(err, syscall.ECONNRESET):
		return WhyClosedEarly
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return WhyNoAnswer
	}
	return WhyUnreachable
}

// Windows reports its own numbers, which package syscall does not name alike.
const (
	wsaNetUnreachable  = 10051
	wsaRefused         = 10061
	wsaHostUnreachable = 10065
)

func errno(err error) uintptr {
	var number syscall.Errno
	if errors.As(err, &number) {
		return uintptr(number)
	}
	return 0
}

func addrPort(addr net.Addr) netip.AddrPort {
	if tcp, ok := addr.(*net.TCPAddr); ok {
		return tcp.AddrPort()
	}
	return netip.AddrPort{}
}
