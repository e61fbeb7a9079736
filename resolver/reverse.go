package resolver

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/miekg/dns"
)

const (
	maxReverse = 8               // names kept of one address
	nameWait   = 2 * time.Second // for the name of a DNS server
)

// Reverse is what DNS says about an address: its names, and whether they lead
// back to it. No Names is an answer: the address has none.
type Reverse struct {
	Address netip.Addr
	Names   []ReverseName // as they came, at most 8
	TTL     time.Duration
	Server  Server
	Took    time.Duration // of the question for names
}

// ReverseName is one name of an address.
type ReverseName struct {
	Name string
	// Confirmed tells that the address of the name is the one it was found
	// by; many mail servers ask for that.
	Confirmed bool
	// Failure tells why that is not known; nil when it is.
	Failure *Error
}

// Confirmed reports whether some name leads back to the address.
func (r Reverse) Confirmed() bool {
	return slices.ContainsFunc(r.Names, func(n ReverseName) bool { return n.Confirmed })
}

// Reverse finds the names of an address (PTR, RFC 1035 section 3.5) and asks
// for the addresses of each. The error is an *Error; that there is no name is
// none.
func (r *Resolver) Reverse(ctx context.Context, addr netip.Addr) (Reverse, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Overall)
	defer cancel()
	addr = addr.Unmap().WithZone("")
	found, err := r.names(ctx, addr)
	var wg sync.WaitGroup
	for i := range found.Names {
		wg.Go(func() { r.confirm(ctx, addr, &found.Names[i]) })
	}
	wg.Wait()
	return found, err
}

// ServerName finds the name of a DNS server, by the address it is shown as.
// "" means that it has none or that it was not to be had within two seconds: a
// name is an ornament, and nobody should wait for it.
func (r *Resolver) ServerName(ctx context.Context, server Server) string {
	ctx, cancel := context.WithTimeout(ctx, nameWait)
	defer cancel()
	found, err := r.names(ctx, server.Shown.Unmap().WithZone(""))
	if err != nil || len(found.Names) == 0 {
		return ""
	}
	return found.Names[0].Name
}

// names asks for the PTR records of an address.
func (r *Resolver) names(ctx context.Context, addr netip.Addr) (Reverse, error) {
	found := Reverse{Address: addr}
	zone, err := dns.ReverseAddr(addr.String())
	if err != nil {
		return found, &Error{Kind: BadName, Name: addr.String(), Err: err}
	}
	got, err := r.lookup(ctx, question{name: plain(zone), kind: dns.TypePTR}, nil)
	if err != nil {
		return found, err
	}
	found.TTL, found.Server, found.Took = got.ttl(), got.server, got.took
	for _, record := range got.records[:min(len(got.records), maxReverse)] {
		if ptr, ok := record.(*dns.PTR); ok && plain(ptr.Ptr) != "" {
			found.Names = append(found.Names, ReverseName{Name: plain(ptr.Ptr)})
		}
	}
	return found, nil
}

// confirm asks whether a name leads back to the address it was found by.
func (r *Resolver) confirm(ctx context.Context, addr netip.Addr, name *ReverseName) {
	kind := dns.TypeAAAA
	if addr.Is4() {
		kind = dns.TypeA
	}
	var host Host
	host.take(r.lookup(ctx, question{name: name.Name, kind: kind}, nil))
	name.Failure = host.Failure
	name.Confirmed = slices.Contains(host.Addresses, addr)
}
