//go:build !linux

package practice

import (
	"net"
	"net/netip"
)

// neverAnswer finds a port of loopback that stays silent: a listener that
// accepts nothing. The system takes the call, so it looks like a server that
// does not greet; a full queue would be answered with a refusal on Windows.
func neverAnswer() (netip.AddrPort, func() error, error) {
	ln, err := net.Listen("tcp", anyPort)
	if err != nil {
		return netip.AddrPort{}, nil, err
	}
	return addrOf(ln.Addr()), ln.Close, nil
}
