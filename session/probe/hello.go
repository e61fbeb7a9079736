package probe

import (
	"net"
	"net/netip"
	"os"
	"strings"
)

// HelloName is the name to give after EHLO: the full name of this computer,
// or, when it knows no name with a dot in it, the address from which it would
// reach addr, as an address literal (RFC 5321 section 4.1.4). Nothing is sent.
// Without an address it is "localhost".
func HelloName(addr netip.AddrPort) string {
	if name, ok := fullName(); ok {
		return name
	}
	local, _ := LocalAddress(addr)
	return nameless(local)
}

// helloName is the same for a connection that stands, whose own end is known.
func helloName(local netip.Addr) string {
	if name, ok := fullName(); ok {
		return name
	}
	return nameless(local.Unmap().WithZone(""))
}

// fullName is the name of this computer, if it knows one with a dot in it.
func fullName() (string, bool) {
	name, err := os.Hostname()
	name = strings.Trim(name, ".")
	return name, err == nil && strings.Contains(name, ".")
}

// nameless is what a computer without a name is called.
func nameless(local netip.Addr) string {
	if !local.IsValid() {
		return "localhost"
	}
	return literal(local)
}

// LocalAddress is the address of this computer from which it would reach addr
// directly. Nothing is sent.
func LocalAddress(addr netip.AddrPort) (netip.Addr, bool) {
	if !addr.IsValid() {
		return netip.Addr{}, false
	}
	return localAddress(addr)
}

// localAddress is our address on the way to addr. A connected UDP socket asks
// the system for the way without sending a packet.
func localAddress(addr netip.AddrPort) (netip.Addr, bool) {
	conn, err := net.Dial("udp", addr.String())
	if err != nil {
		return netip.Addr{}, false
	}
	defer conn.Close()
	local, ok := conn.LocalAddr().(*net.UDPAddr)
	if !ok {
		return netip.Addr{}, false
	}
	return local.AddrPort().Addr().Unmap().WithZone(""), true
}

func literal(addr netip.Addr) string {
	if addr.Is6() {
		return "[IPv6:" + addr.String() + "]"
	}
	return "[" + addr.String() + "]"
}
