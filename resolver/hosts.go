package resolver

import (
	"bufio"
	"io"
	"net/netip"
	"os"
	"strings"
)

// maxHostsFile bounds how much of a hosts file is read.
const maxHostsFile = 1 << 20

// withoutDNS returns a host that needs no question: an address, or localhost
// and names below it (RFC 6761 section 6.3).
func withoutDNS(name Name, options Options) (Host, bool) {
	host := Host{Name: name.ASCII, Source: FromLiteral}
	addrs := []netip.Addr{name.Address}
	if !name.Address.IsValid() {
		if name.ASCII != "localhost" && !strings.HasSuffix(name.ASCII, ".localhost") {
			return Host{}, false
		}
		host.Source = FromRule
		addrs = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}
	}
	for _, addr := range addrs {
		if options.wanted(addr) {
			host.Addresses = append(host.Addresses, addr)
		}
	}
	return host, true
}

// inHostsFile looks a host up in the hosts file. A file that cannot be read
// knows no host.
func (r *Resolver) inHostsFile(name Name) (Host, bool) {
	path := r.options.HostsFile
	if path == "" {
		path = hostsFile()
	}
	file, err := os.Open(path)
	if err != nil {
		return Host{}, false
	}
	defer file.Close()
	host := Host{Name: name.ASCII, Source: FromHosts}
	for _, addr := range readHosts(io.LimitReader(file, maxHostsFile), name.ASCII) {
		if r.options.wanted(addr) && len(host.Addresses) < MaxAddresses {
			host.Addresses = append(host.Addresses, addr)
		}
	}
	return host, len(host.Addresses) > 0
}

// readHosts returns the addresses of a name in a hosts file: lines of an
// address and its names, a "#" begins a comment.
func readHosts(file io.Reader, name string) []netip.Addr {
	var addrs []netip.Addr
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(text)
		if len(fields) < 2 || !names(fields[1:], name) {
			continue
		}
		if addr, err := netip.ParseAddr(fields[0]); err == nil {
			addrs = append(addrs, addr.Unmap())
		}
	}
	return addrs
}

func names(fields []string, name string) bool {
	for _, field := range fields {
		if strings.EqualFold(strings.TrimSuffix(field, "."), name) {
			return true
		}
	}
	return false
}
