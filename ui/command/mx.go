package command

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

type mxCommand struct {
	reachFlags
	outputFlags
	Targets []string `arg:"" name:"target" help:"Domains or addresses; - reads them from standard input."`
}

// Run looks every target up and says where its mail goes.
func (c mxCommand) Run(ctx context.Context, streams Streams) error {
	if err := c.check(); err != nil {
		return err
	}
	names, stdin := splitTargets(c.Targets)
	domains, err := domainsOf(names)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(streams.Out)
	job := mxJob{probe: probe.Probe{Resolver: c.resolver()}, json: c.JSON, out: out, one: len(domains) == 1 && !stdin}
	for _, domain := range domains {
		job.look(ctx, domain.target, domain.Domain)
	}
	if stdin {
		job.lookAll(ctx, streams.In)
	}
	if err := out.Flush(); err != nil {
		return &Failure{Code: exitFailed, Sentence: "The answer could not be written: " + err.Error() + "."}
	}
	return job.result(ctx)
}

// namedDomain is a domain with the words in which it was asked for.
type namedDomain struct {
	address.Domain
	target string
}

func domainsOf(names []string) (domains []namedDomain, err error) {
	for _, name := range names {
		domain, err := domainOf(name)
		if err != nil {
			return nil, usage("%v.", err)
		}
		domains = append(domains, namedDomain{domain, name})
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

// mxJob is one run of mx over its targets.
type mxJob struct {
	probe  probe.Probe
	out    *bufio.Writer
	json   bool
	one    bool
	asked  int
	failed int
	last   verdict.Facts
}

// look asks for one domain and prints what it found.
func (j *mxJob) look(ctx context.Context, target string, domain address.Domain) {
	if ctx.Err() != nil {
		return
	}
	facts := verdict.Facts{Target: target, Domain: domain.ASCII}
	facts.Route = j.probe.Route(ctx, domain.ASCII, j.one)
	if facts.Route.Failure != "" || facts.Route.Null {
		said, exit := verdict.Of(facts)
		facts.Verdict, facts.Exit = &said, exit
		j.failed++
	}
	j.asked++
	j.last = facts
	j.print(facts)
}

// lookAll reads targets from lines, one at a time.
func (j *mxJob) lookAll(ctx context.Context, in io.Reader) {
	lines := bufio.NewScanner(in)
	for lines.Scan() && ctx.Err() == nil {
		text := lines.Text()
		if text == "" {
			continue
		}
		domain, err := domainOf(text)
		if err != nil {
			j.asked++
			j.failed++
			j.print(verdict.Facts{Target: text, Exit: exitUsage, Route: &verdict.Route{Error: err.Error()}})
			continue
		}
		j.look(ctx, text, domain)
	}
}

func (j *mxJob) print(facts verdict.Facts) {
	if j.json {
		// Standard output is checked once, by Flush.
		_ = encode(j.out, facts)
		return
	}
	if j.asked > 1 {
		fmt.Fprintln(j.out)
	}
	printRoute(j.out, facts)
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
