package probe

import (
	"context"
	"fmt"
	"net/netip"
	"sync"

	"ehlo/resolver"
	"ehlo/session/verdict"
)

// The codes of the notes on the name of a server's address (PTR).
const (
	CodeReverse            = "reverse"             // it has a name that leads back to it
	CodeReverseUnconfirmed = "reverse-unconfirmed" // it has names, none leads back
	CodeNoReverse          = "no-reverse"          // it has no name
	CodeReverseUnknown     = "reverse-unknown"     // DNS did not tell
)

const (
	maxNamed    = 32 // addresses whose names are asked for
	namedAtOnce = 8
)

// Reverse asks for the name of every address of a route and whether it leads
// back, and notes it on the hosts: a hint, for servers differ in what they make
// of it. The first 32 addresses are asked for. That a private address has no
// name is as usual, and no note.
func (p Probe) Reverse(ctx context.Context, route *verdict.Route) {
	type place struct {
		host    int
		address netip.Addr
		note    verdict.Note
	}
	var places []place
	for i, host := range route.Hosts {
		for _, address := range host.Addresses {
			places = append(places, place{host: i, address: address})
		}
	}
	places = places[:min(len(places), maxNamed)]
	slots := make(chan struct{}, namedAtOnce)
	var all sync.WaitGroup
	for i := range places {
		slots <- struct{}{}
		all.Go(func() {
			found, err := p.Resolver.Reverse(ctx, places[i].address)
			places[i].note = named(found, err)
			<-slots
		})
	}
	all.Wait()
	for _, at := range places {
		if at.note.Code == CodeNoReverse && Private(at.address) {
			continue
		}
		host := &route.Hosts[at.host]
		host.Notes = append(host.Notes, at.note)
	}
}

// named words what DNS says about the name of an address.
func named(found resolver.Reverse, err error) verdict.Note {
	note := func(code, format string, values ...any) verdict.Note {
		return verdict.Note{Code: code, Text: fmt.Sprintf(format, values...)}
	}
	switch {
	case err != nil:
		return note(CodeReverseUnknown, "The name of %s was not told: %v.", found.Address, err)
	case len(found.Names) == 0:
		return note(CodeNoReverse, "%s has no name in DNS (no PTR record).", found.Address)
	}
	for _, name := range found.Names {
		if name.Confirmed {
			return note(CodeReverse, "%s is called %s, and that name leads back to it.", found.Address, name.Name)
		}
	}
	first := found.Names[0]
	if first.Failure != nil {
		return note(CodeReverseUnknown, "%s is called %s; whether that leads back to it was not told.", found.Address, first.Name)
	}
	return note(CodeReverseUnconfirmed, "%s is called %s, but that name does not lead back to it.", found.Address, first.Name)
}
