package probe

import (
	"cmp"
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/verdict"
)

// MaxDifferential is how many connections one differential makes at most, and
// MaxControls how many servers known to answer may be named for it.
const (
	MaxDifferential = 24
	MaxControls     = 8
)

// DefaultDifferential is how long one takes when nothing else is said.
const DefaultDifferential = 30 * time.Second

// mailPorts are asked of a host that is silent on another of its ports:
// submission (RFC 6409, RFC 8314 section 3.3).
var mailPorts = []uint16{587, 465}

// Differential finds out whose a silence is: the server's, or that of the
// network on our side. Nothing is said to anybody: that a call is taken, or
// refused, is the evidence. The zero value calls what the domain's DNS names.
type Differential struct {
	// Controls are servers known to answer; the first eight count. A name is looked up by the
	// Resolver of the Probe, which may be nil when there are only addresses.
	Controls []address.Server
	// Timeout bounds it in all, look-ups and calls; 0 means 30 seconds.
	Timeout time.Duration
	// Bare leaves the mail ports of the host alone: it was not asked about as
	// a mail server.
	Bare bool
	// Watch is called before each call, from any goroutine, for what sees its
	// events up to session.Ended; a Collector folds them. Nil: the Watch of the
	// Probe, from any goroutine too.
	Watch func(Target) func(session.Event)
}

// Differential makes the calls side by side, each address and port once, if
// verdict.WantsDifferential, and adds them to facts as tries, in the order: the
// mail ports of the silent address, the controls, the addresses of the domain
// that were not tried yet. It comes back when all have ended, at once after ctx.
func (p Probe) Differential(ctx context.Context, facts *verdict.Facts, asked Differential) {
	if !verdict.WantsDifferential(*facts) {
		return
	}
	timeout := cmp.Or(asked.Timeout, DefaultDifferential)
	end := time.Now().Add(timeout)
	// Half of the time is kept for the calls: a silence must be long enough to
	// tell something.
	controls := p.controlTargets(ctx, asked.Controls, timeout/2)
	targets := evidence(*facts, controls, asked.Bare)
	p.Options.Timeouts.Connect = time.Until(end)
	found := make([]verdict.Try, len(targets))
	var all sync.WaitGroup
	for i, target := range targets {
		all.Go(func() { found[i] = p.watched(asked.Watch, target).knock(ctx, target).Try })
	}
	all.Wait()
	facts.Tries = append(facts.Tries, found...)
}

// watched is the probe with what sees the events of one target.
func (p Probe) watched(watch func(Target) func(session.Event), target Target) Probe {
	if watch != nil {
		p.Watch = watch(target)
	}
	return p
}

// controlTargets looks up the controls. A name that leads nowhere is no
// evidence.
func (p Probe) controlTargets(ctx context.Context, controls []address.Server, within time.Duration) []Target {
	controls = controls[:min(len(controls), MaxControls)]
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	found := make([][]Target, len(controls))
	var all sync.WaitGroup
	for i, control := range controls {
		all.Go(func() { found[i] = p.controlTarget(ctx, control) })
	}
	all.Wait()
	return slices.Concat(found...)
}

// controlTarget returns the first address of each family: one of the two may
// have no way from here.
func (p Probe) controlTarget(ctx context.Context, control address.Server) (targets []Target) {
	addresses := []netip.Addr{control.IP}
	if !control.IP.IsValid() {
		if p.Resolver == nil {
			return nil
		}
		// An error leaves no addresses.
		found, _ := p.Resolver.Addresses(ctx, control.Host)
		addresses = found.Addresses
	}
	var four, six bool
	for _, addr := range addresses {
		seen := &six
		if addr.Is4() {
			seen = &four
		}
		if !*seen {
			*seen = true
			targets = append(targets, Target{Host: control.Host, Addr: netip.AddrPortFrom(addr, control.Port)})
		}
	}
	return targets
}

// evidence lists what to call, nothing that was called already.
func evidence(facts verdict.Facts, controls []Target, bare bool) (targets []Target) {
	silent := verdict.Deciding(facts.Tries)
	called := make(map[netip.AddrPort]bool, len(facts.Tries))
	for _, try := range facts.Tries {
		called[netip.AddrPortFrom(try.Address, try.Port)] = true
	}
	add := func(target Target) {
		if len(targets) < MaxDifferential && !called[target.Addr] {
			called[target.Addr] = true
			target.Purpose = verdict.Differential
			targets = append(targets, target)
		}
	}
	for _, port := range mailPorts {
		if !bare {
			add(Target{Host: silent.Host, Addr: netip.AddrPortFrom(silent.Address, port)})
		}
	}
	for _, control := range controls {
		add(control)
	}
	for _, other := range Targets(facts.Route, silent.Port, false) {
		add(other)
	}
	return targets
}
