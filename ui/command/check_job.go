package command

import (
	"context"
	"crypto/rand"
	"strings"

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
}

// ask finds the way to one target, asks, and judges. A batch asks less: no
// more hosts than needed, no name of the DNS server.
func (j *checkJob) ask(ctx context.Context, q question, batch bool) verdict.Facts {
	facts := verdict.Facts{Target: q.target, Domain: q.Domain.ASCII, Asked: true}
	targets := j.targets(ctx, q, &facts, !batch)
	if len(targets) > 0 {
		check := probe.Check{
			Plan: j.planFor(q, targets[0]), Bare: bare(q.Scheme),
			Whole: !batch || j.All, All: j.All, Gate: j.gate, Watch: j.watch,
		}
		j.probe.Check(ctx, &facts, targets, check)
	}
	said, exit := verdict.Of(facts)
	if ctx.Err() != nil && exit != 0 {
		said, exit = verdict.Of(verdict.Facts{Target: q.target}) // stopped, whatever it led to
	}
	facts.Verdict, facts.Exit = &said, exit
	return facts
}

// targets are the addresses to try, in order.
func (j *checkJob) targets(ctx context.Context, q question, facts *verdict.Facts, names bool) []probe.Target {
	implicit := j.TLS == string(script.Implicit) || strings.HasSuffix(q.Scheme, "s") || q.Scheme == "tls"
	server := q.Server
	if j.reachFlags.Server != "" {
		server, _ = j.server() // read before, by check
	}
	if server.Host == "" {
		facts.Route = j.probe.Route(ctx, facts.Domain, names)
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

// planFor is what one target is asked.
func (j *checkJob) planFor(q question, first probe.Target) script.Check {
	plan := script.Check{Send: j.plan}
	if plan.Hello == "" {
		plan.Hello = probe.HelloName(first.Addr)
	}
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
