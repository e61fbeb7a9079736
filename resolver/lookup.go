package resolver

import (
	"context"
	"net/netip"
	"sync"

	"github.com/miekg/dns"
)

// sideBySide is how many questions of one Route are under way at a time.
const sideBySide = 32

// Route finds where mail for a domain goes (RFC 5321 section 5.1). The domain
// may be in any script, and may be an address literal ("[192.0.2.1]").
//
// The Route holds what was learnt even beside an error, which is an *Error. A
// null MX is no error: look at Route.Null.
func (r *Resolver) Route(ctx context.Context, domain string) (Route, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Overall)
	defer cancel()
	name, err := ParseName(domain)
	if err != nil {
		return Route{Domain: domain, Unicode: domain}, err
	}
	route := Route{Domain: name.ASCII, Unicode: name.Unicode}
	if host, ok := withoutDNS(name, r.options); ok {
		return route.local(host)
	}
	mx, err := r.lookup(ctx, question{name: name.ASCII, kind: dns.TypeMX}, nil)
	if err != nil {
		return route, err
	}
	route = routeOf(name, mx)
	if !mx.exists {
		return route, &Error{Kind: NoSuchDomain, Name: name.Unicode, Type: "MX"}
	}
	r.fill(ctx, route.Hosts)
	route, err = route.settle()
	if stopped(ctx) {
		err = &Error{Kind: Stopped, Name: name.Unicode, Err: ctx.Err()}
	}
	return route, err
}

// Addresses finds the addresses of a host that was named by hand. It knows
// address literals and localhost (RFC 6761 section 6.3) by itself, then looks
// into the hosts file, then asks DNS, a name without a dot with the search
// domains of the system first. No MX is asked for.
//
// The error is an *Error, NoAddress when the host exists without an address.
func (r *Resolver) Addresses(ctx context.Context, host string) (Host, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Overall)
	defer cancel()
	name, err := ParseName(host)
	if err != nil {
		return Host{Name: host}, err
	}
	found, ok := withoutDNS(name, r.options)
	if !ok {
		found, ok = r.inHostsFile(name)
	}
	if !ok {
		return r.searched(ctx, name)
	}
	if len(found.Addresses) == 0 {
		return found, &Error{Kind: NoAddress, Name: name.Unicode, Type: r.families()}
	}
	return found, nil
}

// searched asks DNS for the addresses of a host, trying the search domains of
// the system for a name without a dot.
func (r *Resolver) searched(ctx context.Context, name Name) (Host, error) {
	var host Host
	for _, candidate := range r.candidates(ctx, name) {
		found := r.addresses(ctx, candidate)
		host = Host{Name: candidate, Source: FromDNS}
		host.fold(found)
		if len(host.Addresses) > 0 {
			return host, nil
		}
		if host.Failure != nil {
			return host, host.Failure
		}
	}
	kind := NoAddress
	if host.Missing {
		kind = NoSuchDomain
	}
	return host, &Error{Kind: kind, Name: name.Unicode, Type: r.families()}
}

// fill asks for the addresses of every host, side by side.
func (r *Resolver) fill(ctx context.Context, hosts []Host) {
	if len(hosts) == 1 && !hosts[0].literal().IsValid() {
		hosts[0].fold(r.addresses(ctx, hosts[0].Name))
		return
	}
	slots := make(chan struct{}, sideBySide/2)
	var wg sync.WaitGroup
	for i := range hosts {
		host := &hosts[i]
		if host.literal().IsValid() {
			host.note(noteLiteral, host.Name)
			continue
		}
		slots <- struct{}{}
		wg.Go(func() {
			host.fold(r.addresses(ctx, host.Name))
			<-slots
		})
	}
	wg.Wait()
}

// wanted reports whether addresses of this family are asked for.
func (o Options) wanted(addr netip.Addr) bool {
	if addr.Unmap().Is4() {
		return !o.IPv6Only
	}
	return !o.IPv4Only
}

// lookup asks for the records of a name and follows aliases, within bounds. The
// question may have been posted.
func (r *Resolver) lookup(ctx context.Context, q question, posted *sent) (answer, error) {
	var whole answer
	for target := q; ; posted = nil {
		got, err := r.ask(ctx, target, posted)
		if err != nil {
			return whole, r.doubted(ctx, target, err)
		}
		if err := whole.join(got); err != nil {
			return whole, &Error{
				Kind: NoAnswer, Name: q.name, Type: dns.TypeToString[q.kind], Err: err,
				Tries: []Try{{Server: got.server, Err: err}},
			}
		}
		if !whole.open {
			return whole, nil
		}
		target.name = whole.name
	}
}
