package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

type mxCommand struct {
	reachFlags
	outputFlags
	compareFlags
	Jobs    int      `default:"64" placeholder:"N" help:"With many targets: look-ups at a time (default 64)." group:"output"`
	Ordered bool     `help:"With many targets: answers in the order of the targets." group:"output"`
	Verbose bool     `short:"v" help:"With one target: also the names of the addresses (PTR)." group:"output"`
	Targets []string `arg:"" optional:"" name:"target" help:"Domains or addresses; - reads them from standard input."`
}

// Run looks every target up and says where its mail goes.
func (c mxCommand) Run(ctx context.Context, streams Streams) error {
	if err := c.check(); err != nil {
		return err
	}
	names, stdin := splitTargets(c.Targets)
	if len(names) == 0 && !stdin {
		return usage("Whose mail are we looking at? Try ehlo mx example.com.")
	}
	domains, err := domainsOf(names)
	if err != nil {
		return err
	}
	job := c.job(streams)
	job.one = len(domains) == 1 && !stdin
	if err := job.run(ctx, domains, stdin, c.Ordered); err != nil {
		return err
	}
	return job.result(ctx)
}

// check finds what is wrong with the flags before anything is contacted.
func (c mxCommand) check() error {
	if err := c.compareFlags.check(); err != nil {
		return err
	}
	if c.Jobs < 1 || c.Jobs > maxJobs {
		return usage("--jobs wants a number from 1 to %d.", maxJobs)
	}
	return c.reachFlags.check()
}

func (c mxCommand) job(streams Streams) *mxJob {
	return &mxJob{
		probe: probe.Probe{Resolver: c.resolver()}, in: streams.In, out: bufio.NewWriter(streams.Out),
		json: c.JSON, verbose: c.Verbose, jobs: c.Jobs, called: c.Compare,
		with: c.second(c.reachFlags),
	}
}

// namedDomain is a domain with the words in which it was asked for.
type namedDomain struct {
	address.Domain
	target string
	err    error // it is none; only of lines of input
}

func domainsOf(names []string) (domains []namedDomain, err error) {
	for _, name := range names {
		domain, err := domainOf(name)
		if err != nil {
			return nil, usage("%v.", err)
		}
		domains = append(domains, namedDomain{Domain: domain, target: name})
	}
	return domains, nil
}

// domainOf reads a domain, or the domain of an address.
func domainOf(text string) (address.Domain, error) {
	target, err := address.ParseTarget(text)
	switch {
	case err != nil:
		return address.Domain{}, err
	case target.Kind == address.KindServer:
		return address.Domain{}, &address.Error{Input: text, Problem: "a domain or an address is wanted here, not a server"}
	}
	return target.Domain, nil
}

// looked is what was found of one target.
type looked struct {
	facts  verdict.Facts
	ours   probe.View // with a second DNS server: the two views
	theirs probe.View
	err    error // the target cannot be looked up at all
}

// look asks where mail for one domain goes.
func (j *mxJob) look(ctx context.Context, domain namedDomain) looked {
	if domain.err != nil {
		return looked{err: domain.err, facts: verdict.Facts{
			Target: domain.target, Exit: exitUsage, Route: &verdict.Route{Error: domain.err.Error()},
		}}
	}
	found := looked{facts: verdict.Facts{Target: domain.target, Domain: domain.ASCII}}
	facts := &found.facts
	if j.with != nil {
		found.ours, found.theirs = j.probe.Compared(ctx, j.with, j.called, domain.ASCII, j.one)
		facts.Route = found.ours.Route
	} else {
		facts.Route = j.probe.Route(ctx, domain.ASCII, j.one)
	}
	if j.one && j.verbose {
		j.probe.Reverse(ctx, facts.Route)
	}
	if facts.Route.Failure != "" || facts.Route.Null {
		said, exit := verdict.Of(*facts)
		facts.Verdict, facts.Exit = &said, exit
	}
	return found
}

// print writes what was found of one target, at once: who reads it may wait
// for it.
func (j *mxJob) print(found looked) error {
	j.asked++
	if found.facts.Exit != 0 {
		j.failed++
	}
	j.last = found.facts
	switch {
	case j.json:
		// What cannot be written is told by Flush.
		_ = encode(j.out, found.facts)
	case j.asked > 1:
		fmt.Fprintln(j.out)
		fallthrough
	default:
		printLooked(j.out, found)
	}
	return j.out.Flush()
}

// result is the exit of the run: that of the one target, or 1 for a batch in
// which some target got no answer.
func (j *mxJob) result(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return &Failure{Code: verdict.ExitStopped, Sentence: "Stopped, as you asked."}
	case j.asked == 1 && j.one:
		return failed(j.last)
	case j.failed > 0:
		return &Failure{Code: exitFailed, Sentence: fmt.Sprintf("%d of %d targets have no server for mail, or got no answer.", j.failed, j.asked)}
	}
	return nil
}

// unreadable tells that the lines of targets could not be read to their end.
func unreadable(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return usage("A line of the targets is too long to be one.")
	}
	return &Failure{Code: exitFailed, Sentence: "The targets could not be read: " + err.Error() + "."}
}
