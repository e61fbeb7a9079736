package command

import (
	"bufio"
	"context"
	"errors"
	"slices"
	"strings"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

type sendCommand struct {
	reachFlags
	trustFlags
	authFlags
	outputFlags
	messageFlags
	Hello string   `placeholder:"NAME" help:"Our name after EHLO (default: this computer's full name)." group:"say"`
	From  *string  `placeholder:"ADDR" help:"Sender; <> is the null sender. Required." group:"say"`
	To    []string `sep:"none" required:"" placeholder:"ADDR" help:"Recipient; may be repeated." group:"say"`
}

// Run sends one message and says what became of it.
func (c sendCommand) Run(ctx context.Context, streams Streams) error {
	job, err := c.prepare(ctx, streams)
	if err != nil {
		return err
	}
	job.message.until(ctx)
	job.run(ctx)
	if ctx.Err() != nil && !job.accepted() {
		job.facts.Exit = verdict.ExitStopped
	}
	if err := job.print(c.JSON); err != nil {
		return err
	}
	return failed(job.facts)
}

// prepare checks all that was given, before anything is contacted.
func (c sendCommand) prepare(ctx context.Context, streams Streams) (*sendJob, error) {
	job := &sendJob{streams: streams, port: c.port(), implicit: c.TLS == string(script.Implicit)}
	if err := c.reachFlags.check(); err != nil {
		return nil, err
	}
	if err := c.envelope(job); err != nil {
		return nil, err
	}
	trust, err := c.options()
	if err != nil {
		return nil, err
	}
	if job.plan.SignIn, err = c.signIn(ctx, streams); err != nil {
		return nil, err
	}
	job.probe = probe.Probe{
		Resolver: c.resolver(),
		Options:  session.Options{Reach: c.reach(), Timeouts: session.EveryStage(c.Timeout), TLS: trust, Strict: true, Secrets: hides(job.plan.SignIn)},
	}
	if !c.Quiet {
		job.probe.Watch = (&transcript{out: streams.Err}).Watch
	}
	if c.Server != "" {
		if job.server, err = c.server(); err != nil {
			return nil, err
		}
	}
	if job.message, err = c.open(c, streams); err != nil {
		return nil, err
	}
	job.plan.Size, job.plan.EightBit = job.message.size, job.message.eightBit
	return job, nil
}

// signIn reads the flags of a sign-in.
func (c sendCommand) signIn(ctx context.Context, streams Streams) (script.SignIn, error) {
	switch {
	case c.wanted() && c.Server == "":
		return script.SignIn{}, usage(signInWhere)
	case c.readsInput() && c.Data == "-":
		return script.SignIn{}, usage("Standard input holds the password or the message, not both.")
	}
	return c.authFlags.signIn(ctx, streams, c.trustFlags)
}

// signInWhere: an MX record names the recipient's server, and anybody on the way
// may have written it. A password is for the server that its owner names.
const signInWhere = "Where shall the password go? A sign-in needs --server HOST[:PORT]: an MX record is no place for it."

// envelope reads sender and recipients.
func (c sendCommand) envelope(job *sendJob) error {
	if c.From == nil {
		return usage("Who is the message from? --from ADDRESS is needed; --from '' is the null sender.")
	}
	from, err := sender(*c.From)
	if err != nil {
		return usage("--from %v.", err)
	}
	job.plan = script.Send{Hello: c.Hello, From: from.String(), TLS: c.policy(), UTF8: from.NeedsUTF8()}
	for _, text := range c.To {
		to, err := address.Parse(text)
		if err != nil {
			return usage("--to %v.", err)
		}
		if slices.ContainsFunc(job.plan.To, func(other string) bool { return strings.EqualFold(other, to.String()) }) {
			continue
		}
		job.plan.To = append(job.plan.To, to.String())
		job.plan.UTF8 = job.plan.UTF8 || to.NeedsUTF8()
		if job.facts.Domain == "" {
			job.facts.Domain = to.Domain.ASCII
		}
		if !strings.EqualFold(to.Domain.ASCII, job.facts.Domain) && c.Server == "" {
			return usage("The recipients are in two domains, %s and %s: send to one at a time, or name a --server.", job.facts.Domain, to.Domain.ASCII)
		}
	}
	job.facts.Target = strings.Join(job.plan.To, ", ")
	return oneWord("--hello", c.Hello)
}

// sender reads a reverse-path; "" and "<>" are the null sender.
func sender(text string) (address.Address, error) {
	if text = strings.TrimSpace(text); text == "" || text == "<>" {
		return address.Address{}, nil
	}
	return address.Parse(text)
}

// sendJob is one run of send.
type sendJob struct {
	streams  Streams
	probe    probe.Probe
	plan     script.Send
	message  outgoingMessage
	server   address.Server
	port     uint16
	implicit bool
	facts    verdict.Facts
}

// run finds the way, sends, and judges.
func (j *sendJob) run(ctx context.Context) {
	defer j.message.close()
	targets := j.targets(ctx)
	if len(targets) > 0 {
		if j.plan.Hello == "" {
			j.plan.Hello = probe.HelloName(targets[0].Addr)
		}
		j.probe.Send(ctx, &j.facts, targets, j.plan, j.message.body)
		if j.probe.Watch != nil {
			j.message.tellLineEnds(j.streams.Err)
		}
	}
	said, exit := verdict.Of(j.facts)
	j.facts.Verdict, j.facts.Exit = &said, exit
}

// targets are the addresses to try, in order.
func (j *sendJob) targets(ctx context.Context) []probe.Target {
	if j.server.Host != "" {
		targets, route := j.probe.ServerTargets(ctx, j.server.Host, j.server.Port, j.implicit)
		j.facts.Route = route
		return targets
	}
	j.facts.Route = j.probe.Route(ctx, j.facts.Domain, false)
	if j.facts.Route.Failure != "" {
		return nil
	}
	return probe.Targets(j.facts.Route, j.port, j.implicit)
}

func (j *sendJob) accepted() bool {
	return j.facts.Verdict != nil && j.facts.Verdict.Code == "accepted"
}

// print writes the answer: one JSON object, or text.
func (j *sendJob) print(asJSON bool) error {
	out := bufio.NewWriter(j.streams.Out)
	var err error
	if asJSON {
		err = encode(out, j.facts)
	} else {
		printSent(out, j.facts)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return &Failure{Code: exitFailed, Sentence: "The answer could not be written: " + err.Error() + "."}
	}
	return nil
}
