package probe

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"ehlo/resolver"
	"ehlo/session/explain"
	"ehlo/session/verdict"
)

// Route looks up where mail for a domain goes, as plain values. A failure is
// part of them, never a route to the domain itself. Names asks for the name of
// the DNS server too, which costs one more question.
func (p Probe) Route(ctx context.Context, domain string, names bool) *verdict.Route {
	found, err := p.Resolver.Route(ctx, domain)
	route := RouteOf(found, err)
	for i := range route.Hosts {
		route.Hosts[i].Provider, _ = explain.Provider(route.Hosts[i].Name)
	}
	if names && found.Server != (resolver.Server{}) {
		route.Server.Name = p.Resolver.ServerName(ctx, found.Server)
	}
	return route
}

// RouteOf puts what the resolver found into plain values.
func RouteOf(found resolver.Route, err error) *verdict.Route {
	route := &verdict.Route{
		Authoritative: found.Authoritative, Authenticated: found.Authenticated,
		Implicit: found.Implicit, Null: found.Null,
		Hosts: make([]verdict.Host, 0, len(found.Hosts)), Notes: notes(found.Notes),
		Took: verdict.Millis(found.Took),
	}
	if found.Server != (resolver.Server{}) {
		route.Server.Address = found.Server.String()
	}
	for _, host := range found.Hosts {
		route.Hosts = append(route.Hosts, hostOf(host))
	}
	if err != nil {
		route.Error, route.Failure = err.Error(), failure(err)
		route.Notes = append(route.Notes, doubts(err)...)
		route.Answered = answered(err)
	}
	return route
}

func hostOf(host resolver.Host) verdict.Host {
	return verdict.Host{
		Name: host.Name, Preference: int(host.Preference), TTL: int(host.TTL / time.Second),
		Addresses: append([]netip.Addr{}, host.Addresses...), CNAME: host.CNAME, Notes: notes(host.Notes),
	}
}

func notes(found []resolver.Note) []verdict.Note {
	list := make([]verdict.Note, 0, len(found))
	for _, note := range found {
		list = append(list, verdict.Note{Code: note.Code, Text: note.Text})
	}
	return list
}

// failure is the verdict code that a failed look-up leads to.
func failure(err error) string {
	var failed *resolver.Error
	if !errors.As(err, &failed) {
		return "dns-failed"
	}
	switch failed.Kind {
	case resolver.NoSuchDomain:
		return "no-domain"
	case resolver.NoAddress:
		return "no-address"
	}
	return "dns-failed"
}

// answered reports whether a server we ask did answer a look-up that failed: it
// is alive, so what is broken lies behind it.
func answered(err error) bool {
	var failed *resolver.Error
	return errors.As(err, &failed) && slices.ContainsFunc(failed.Tries, func(try resolver.Try) bool { return try.Rcode != "" })
}

// sayBogus says who has to mend what Error.Bogus tells of.
const sayBogus = "The signatures of this domain do not fit, so its DNS answer was thrown away. Whoever runs its DNS has to sign it anew."

// doubts notes that it was the signatures that a look-up failed of.
func doubts(err error) []verdict.Note {
	var failed *resolver.Error
	if !errors.As(err, &failed) || !failed.Bogus {
		return nil
	}
	return []verdict.Note{{Code: "bogus", Text: sayBogus}}
}

// Targets returns the addresses of a route in the order in which a sending
// server tries them: all of the best preference first (RFC 5321 section 5.1).
func Targets(route *verdict.Route, port uint16, implicit bool) (targets []Target) {
	if route == nil {
		return nil
	}
	for _, host := range route.Hosts {
		for _, address := range host.Addresses {
			targets = append(targets, Target{
				Host: host.Name, Addr: netip.AddrPortFrom(address, port), Implicit: implicit, Purpose: "route",
			})
		}
	}
	return targets
}

// ServerTargets looks up the addresses of a server that was named by hand: no
// question about a mail domain is asked. The route is nil unless the look-up
// failed.
func (p Probe) ServerTargets(ctx context.Context, host string, port uint16, implicit bool) ([]Target, *verdict.Route) {
	found, err := p.Resolver.Addresses(ctx, host)
	if err != nil {
		return nil, RouteOf(resolver.Route{}, err)
	}
	var targets []Target
	for _, address := range found.Addresses {
		targets = append(targets, Target{
			Host: host, Addr: netip.AddrPortFrom(address, port), Implicit: implicit, Purpose: "server",
		})
	}
	return targets, nil
}
