package resolver

import (
	"cmp"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"golang.org/x/sys/windows"
)

// maxAdapters bounds the table of network adapters, in bytes.
const maxAdapters = 1 << 20

// readSystem asks Windows for the DNS servers of the network adapters that are
// up, those of the adapter used first before the others.
func readSystem() (system, error) {
	adapters, err := adapters()
	if err != nil {
		return system{}, err
	}
	slices.SortStableFunc(adapters, func(a, b *windows.IpAdapterAddresses) int {
		return cmp.Compare(a.Ipv4Metric, b.Ipv4Metric)
	})
	var known system
	for _, adapter := range adapters {
		known.add(adapter)
	}
	if len(known.servers) == 0 {
		return known, errors.New("no network adapter that is up has one")
	}
	return known, nil
}

// adapters returns the network adapters of the computer.
func adapters() ([]*windows.IpAdapterAddresses, error) {
	const flags = windows.GAA_FLAG_SKIP_UNICAST | windows.GAA_FLAG_SKIP_ANYCAST | windows.GAA_FLAG_SKIP_MULTICAST
	for size := uint32(15 << 10); size <= maxAdapters; {
		table := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&table[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, flags, 0, first, &size)
		if errors.Is(err, windows.ERROR_BUFFER_OVERFLOW) {
			continue // size has been set to what is needed
		}
		if err != nil {
			return nil, os.NewSyscallError("GetAdaptersAddresses", err)
		}
		var list []*windows.IpAdapterAddresses
		for adapter := first; adapter != nil; adapter = adapter.Next {
			list = append(list, adapter)
		}
		return list, nil
	}
	return nil, errors.New("the table of network adapters is too long")
}

// add takes the servers and the domain of an adapter that is up.
func (s *system) add(adapter *windows.IpAdapterAddresses) {
	if adapter.OperStatus != windows.IfOperStatusUp {
		return
	}
	before := len(s.servers)
	for server := adapter.FirstDnsServerAddress; server != nil; server = server.Next {
		addr, ok := netip.AddrFromSlice(server.Address.IP())
		if !ok || unconfigured(addr.Unmap()) {
			continue
		}
		where := netip.AddrPortFrom(addr.Unmap(), Port)
		if !slices.Contains(s.servers, where) {
			s.servers = append(s.servers, where)
		}
	}
	if domain := windows.UTF16PtrToString(adapter.DnsSuffix); domain != "" && len(s.servers) > before {
		s.search = append(s.search, domain)
	}
}

// unconfigured reports whether an address is one of fec0:0:0:ffff::1 to 3,
// which Windows lists where no server is set.
func unconfigured(addr netip.Addr) bool {
	return netip.MustParsePrefix("fec0:0:0:ffff::/64").Contains(addr)
}

func hostsFile() string {
	return filepath.Join(os.Getenv("SystemRoot"), "System32", "drivers", "etc", "hosts")
}
