package route

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"testing"

	"ehlo/session/verdict"
)

// largest is the largest route that a resolver keeps: 100 servers with 64
// addresses each.
func largest() verdict.Route {
	var found verdict.Route
	for i := range 100 {
		host := verdict.Host{Name: fmt.Sprintf("mx%d.example.org", i), Preference: i}
		for j := range 64 {
			var four [4]byte
			binary.BigEndian.PutUint32(four[:], uint32(10<<24|i<<8|j))
			host.Addresses = append(host.Addresses, netip.AddrFrom4(four))
		}
		found.Hosts = append(found.Hosts, host)
	}
	return found
}

// BenchmarkFrame is a key and the frame after it, on the largest route.
func BenchmarkFrame(b *testing.B) {
	m := pane(80, 14, largest())
	for b.Loop() {
		m.Down()
		_ = m.View()
	}
}
