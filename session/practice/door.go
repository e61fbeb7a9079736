package practice

import (
	"net"
	"net/netip"
)

// refuse finds a port of loopback where a call is refused, and keeps it so: the
// port is the near end of a connection of ours, so nobody else can listen
// there, and nothing listens.
func refuse() (netip.AddrPort, func() error, error) {
	ln, err := net.Listen("tcp", anyPort)
	if err != nil {
		return netip.AddrPort{}, nil, err
	}
	near, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		_ = ln.Close()
		return netip.AddrPort{}, nil, err
	}
	closer := func() error {
		_ = near.Close()
		return ln.Close()
	}
	return addrOf(near.LocalAddr()), closer, nil
}
