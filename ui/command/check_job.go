package command

import (
	"context"
	"crypto/rand"
	"net/netip"
	"strings"
	"sync"
	"time"

	"ehlo/resolver"
	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// checkJob is one run of check.
type checkJob struct {
	checkCommand
	streams Streams
	probe   probe.Probe
	plan    script.Send
	gate    *probe.Gate // of a batch
	watch   func(probe.Target) func(session.Event)
	layers  layers // with -v

	controls     []address.Server   // of --control
	with         *resolver.Resolver // of --dns-compare, nil without
	ours, theirs probe.View         // with it, of one target: the two views
}

// namesWait bounds what is asked for the names of addresses: they are hints,
// and nobody should wait for them.
const namesWait = 5 * time.Second

// ask finds the way to one target, asks, and judges. A batch asks less: no
// more hosts than needed, no name of any address, nor whose a silence is.
func (j *checkJob) ask(ctx context.Context, q question, batch bool) verdict.Facts {
	facts := verdict.Facts{Target: q.target, Domain: q.Domain.ASCII, Asked: true}
	targets := j.targets(ctx, q, &facts, !batch)
	whole := !batch || j.All
	if len(targets) > 0 {
		check := probe.Check{
			Plan: j.planFor(q), Bare: bare(q.Scheme),
			Whole: whole, All: j.All, Gate: j.gate, Watch: j.watch,
		}
		names := j.names(ctx, facts.Route, whole)
		j.probe.Check(ctx, &facts, targets, check)
		names.Wait()
		if !batch {
			j.dane(ctx, &facts, j.streams.Err)
		}
	}
	if whole {
		j.settle(ctx, q, &facts)
	}
	if !batch {
		facts.Ourselves = j.probe.Ourselves(ctx, j.us(facts))
	}
	if !batch || j.JSON {
		probe.Recognise(facts.Tries)
	}
	said, exit := verdict.Of(facts)
	if ctx.Err() != nil && exit != 0 {
		said, exit = verdict.Of(verdict.Facts{Target: q.target}) // stopped, whatever it led to
	}
	facts.Verdict, facts.Exit = &said, exit
	return facts
}

// names asks for the names of the addresses of a route, beside what else goes
// on.
func (j *checkJob) names(ctx context.Context, route *verdict.Route, whole bool) *sync.WaitGroup {
	var asking sync.WaitGroup
	if whole && route != nil {
		asking.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, namesWait)
			defer cancel()
			j.probe.Reverse(ctx, route)
		})
	}
	return &asking
}

// us is how a server met us. Where none did, our address is that from which it
// would have been called.
func (j *checkJob) us(facts verdict.Facts) verdict.Us {
	us := verdict.UsOf(facts)
	try := verdict.Deciding(facts.Tries)
	if us.Local.IsValid() || try == nil || j.Proxy != "" {
		return us
	}
	if source, err := netip.ParseAddr(j.Source); err == nil {
		us.Local = source
		return us
	}
	us.Local, _ = probe.LocalAddress(netip.AddrPortFrom(try.Address, try.Port))
	return us
}

// targets are the addresses to try, in order.
func (j *checkJob) targets(ctx context.Context, q question, facts *verdict.Facts, names bool) []probe.Target {
	implicit := j.TLS == string(script.Implicit) || strings.HasSuffix(q.Scheme, "s") || q.Scheme == "tls"
	server := q.Server
	if j.reachFlags.Server != "" {
		server, _ = j.server() // read before, by check
	}
	if server.Host == "" {
		facts.Route = j.route(ctx, facts.Domain, names)
		if facts.Route.Failure != "" {
			return nil
		}
		return probe.Targets(facts.Route, j.port(), implicit)
	}
	targets, route := j.probe.ServerTargets(ctx, server.Host, server.Port, implicit)
	facts.Route = route
	for i := range targets {
		targets[i].LMTP = q.Scheme == "lmtp"
	}
	return targets
}

// route looks up where mail for a domain goes, with a second DNS server beside
// the first where one was named.
func (j *checkJob) route(ctx context.Context, domain string, names bool) *verdict.Route {
	if j.with == nil {
		return j.probe.Route(ctx, domain, names)
	}
	ours, theirs := j.probe.Compared(ctx, j.with, j.Compare, domain, names)
	if names { // one target: nobody else writes them
		j.ours, j.theirs = ours, theirs
	}
	return ours.Route
}

// planFor is what one target is asked.
func (j *checkJob) planFor(q question) script.Check {
	plan := script.Check{Send: j.plan}
	if q.Kind != address.KindMailbox {
		return plan
	}
	plan.To = []string{q.To.String()}
	plan.UTF8 = plan.UTF8 || q.To.NeedsUTF8()
	if j.CatchAll {
		plan.Control = madeUp() + "@" + q.Domain.ASCII
	}
	return plan
}

// madeUp is a name that nobody has.
func madeUp() string { return "no-such-" + strings.ToLower(rand.Text()[:12]) }

// bare reports whether a connection is all that can be asked for: the scheme
// names none of the protocols that are spoken here.
func bare(scheme string) bool {
	switch scheme {
	case "", "smtp", "smtps", "submission", "lmtp":
		return false
	}
	return true
}
