package command

import (
	"context"
	"fmt"
	"io"
	"net/netip"
	"sync"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// layers keeps what was known of the encryption of each address that was asked,
// for what the DNS says of its certificate.
type layers struct {
	mu sync.Mutex
	of map[netip.AddrPort]session.Encryption
}

// beside returns what keeps the layers, and lets watch, which may be nil, see
// every event too.
func (l *layers) beside(watch func(probe.Target) func(session.Event)) func(probe.Target) func(session.Event) {
	l.of = make(map[netip.AddrPort]session.Encryption)
	return func(target probe.Target) func(session.Event) {
		also := func(session.Event) {}
		if watch != nil {
			also = watch(target)
		}
		return func(event session.Event) {
			if passed, ok := event.(session.Passed); ok && passed.TLS != nil {
				l.mu.Lock()
				l.of[target.Addr] = *passed.TLS
				l.mu.Unlock()
			}
			also(event)
		}
	}
}

// at returns the layer of an address, and whether there was one.
func (l *layers) at(addr netip.AddrPort) (session.Encryption, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	layer, known := l.of[addr]
	return layer, known
}

// dane asks the DNS what the certificates are to be (RFC 7672), as an added
// fact of check -v, and tells it to errs where that is wanted.
func (j *checkJob) dane(ctx context.Context, facts *verdict.Facts, errs io.Writer) {
	for i := range facts.Tries {
		try := &facts.Tries[i]
		target := probe.Target{Host: try.Host, Addr: netip.AddrPortFrom(try.Address, try.Port)}
		layer, known := j.layers.at(target.Addr)
		if _, err := netip.ParseAddr(try.Host); try.TLS == nil || !known || err == nil {
			continue // an address has no such records
		}
		says, err := j.probe.DANE(ctx, target, layer, facts.Domain)
		if err != nil {
			continue // a fact beside the others: without an answer there is none
		}
		try.TLS.DANE = says.Text
		if !j.Quiet {
			fmt.Fprintf(errs, "-- %s: %s\n", try.Host, says.Text)
		}
	}
}
