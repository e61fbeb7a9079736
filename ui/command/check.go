package command

import (
	"context"
	"slices"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/script"
)

type checkCommand struct {
	reachFlags
	compareFlags
	controlFlags
	trustFlags
	authFlags
	outputFlags
	arrivedFlags
	Hello    string   `placeholder:"NAME" help:"Our name after EHLO (default: this computer's full name)." group:"say"`
	From     string   `placeholder:"ADDR" help:"Sender to ask with (default <>, the null sender)." group:"say"`
	To       []string `sep:"none" placeholder:"ADDR" help:"Recipient to ask about, the same as a target; may be repeated." group:"say"`
	CatchAll bool     `help:"Also ask about one made-up name: does the server take any?" group:"say"`
	All      bool     `help:"Ask every server, not only the one a sending server would use." group:"reach"`
	Verbose  bool     `short:"v" help:"The transcript on standard error." group:"output"`
	Jobs     int      `default:"64" placeholder:"N" help:"With many targets: so many at a time (default 64)." group:"output"`
	PerHost  int      `default:"2" placeholder:"N" help:"With many targets: connections at a time to one address (default 2)." group:"output"`
	Ordered  bool     `help:"With many targets: answers in the order of the targets." group:"output"`
	Targets  []string `arg:"" optional:"" name:"target" help:"Addresses, domains, host:port or URLs; - reads them from standard input."`
}

// Run asks about every target and says what it found.
func (c checkCommand) Run(ctx context.Context, streams Streams) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Arrived {
		return c.arrived(ctx, streams)
	}
	questions, stdin, err := c.questions()
	if err != nil {
		return err
	}
	job, err := c.job(ctx, streams, questions, stdin)
	if err != nil {
		return err
	}
	if len(questions) == 1 && !stdin {
		return job.runOne(ctx, questions[0])
	}
	return job.runAll(ctx, questions, stdin)
}

// check finds what is wrong with the flags before anything is contacted.
func (c checkCommand) check() error {
	switch {
	case c.Jobs < 1 || c.Jobs > maxJobs:
		return usage("--jobs wants a number from 1 to %d.", maxJobs)
	case c.PerHost < 1:
		return usage("--per-host wants a number from 1.")
	case c.stray():
		return usage("--mailbox and what belongs to it go with --arrived.")
	}
	if err := oneWord("--hello", c.Hello); err != nil {
		return err
	}
	if err := c.compareFlags.check(); err != nil {
		return err
	}
	return c.reachFlags.check()
}

// questions reads the targets of the command line; "-" asks for more of them
// on standard input.
func (c checkCommand) questions() (questions []question, stdin bool, err error) {
	names, stdin := splitTargets(append(append([]string{}, c.Targets...), c.To...))
	if len(names) == 0 && !stdin && c.Server != "" {
		return []question{{target: c.Server}}, false, nil
	}
	if len(names) == 0 && !stdin {
		return nil, false, usage("Whom shall the servers be asked about? Try ehlo check user@example.com.")
	}
	for _, name := range names {
		q := c.question(name)
		if q.err != nil {
			return nil, false, usage("%v.", q.err)
		}
		questions = append(questions, q)
	}
	return questions, stdin, nil
}

// question is one target, read.
type question struct {
	address.Target
	target string // as it was given
	err    error  // it is none; only of lines of input
}

func (c checkCommand) question(text string) question {
	target, err := address.ParseTarget(text)
	if err == nil && target.Kind == address.KindServer && target.Scheme == "" {
		target.Server, err = address.ParseServer(text, c.port()) // --port, where none is written
	}
	if err == nil && target.Kind == address.KindServer && c.Server != "" {
		err = &address.Error{Input: text, Problem: "it is a server itself; --server goes with an address or a domain"}
	}
	return question{Target: target, target: text, err: err}
}

// signIn reads the flags of a sign-in. Its server is named by --server or by
// every target itself.
func (c checkCommand) signIn(ctx context.Context, streams Streams, questions []question, stdin bool) (script.SignIn, error) {
	routed := stdin || slices.ContainsFunc(questions, func(q question) bool { return q.Kind != address.KindServer })
	switch {
	case c.wanted() && c.Server == "" && routed:
		return script.SignIn{}, usage(signInWhere)
	case c.readsInput() && stdin:
		return script.SignIn{}, usage("Standard input holds the password or the targets, not both.")
	}
	return c.authFlags.signIn(ctx, streams, c.trustFlags)
}

// job prepares what is the same for all targets.
func (c checkCommand) job(ctx context.Context, streams Streams, questions []question, stdin bool) (*checkJob, error) {
	from, err := sender(c.From)
	if err != nil {
		return nil, usage("--from %v.", err)
	}
	controls, err := c.controlFlags.controls()
	if err != nil {
		return nil, err
	}
	trust, err := c.options()
	if err != nil {
		return nil, err
	}
	signIn, err := c.signIn(ctx, streams, questions, stdin)
	if err != nil {
		return nil, err
	}
	job := &checkJob{
		checkCommand: c, streams: streams, controls: controls, with: c.second(c.reachFlags),
		plan: script.Send{Hello: c.Hello, From: from.String(), TLS: c.policy(), UTF8: from.NeedsUTF8(), SignIn: signIn},
		probe: probe.Probe{
			Resolver: c.resolver(),
			Options:  session.Options{Reach: c.reach(), Timeouts: session.EveryStage(c.Timeout), TLS: trust, Strict: true, Secrets: hides(signIn)},
		},
	}
	if c.Verbose && !c.Quiet {
		job.watch = newTurns(streams.Err).enter
	}
	if c.Verbose && len(questions) == 1 && !stdin {
		job.watch = job.layers.beside(job.watch)
	}
	return job, nil
}
