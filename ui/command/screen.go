package command

import (
	"context"
	"errors"
	"os"

	"github.com/charmbracelet/x/term"

	"ehlo/resolver"
	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
	"ehlo/ui"
	"ehlo/ui/plain"
	"ehlo/ui/terminal"
	"ehlo/ui/theme"
)

type screenCommand struct {
	reachFlags
	trustFlags
	authFlags
	screenFlags
	Compare string   `name:"dns-compare" placeholder:"HOST[:PORT]" help:"Ask this DNS server too, and say where the two differ." group:"reach"`
	Control []string `name:"control" sep:"none" placeholder:"HOST:PORT" help:"A server known to answer, called to see whose a silence is; may be repeated." group:"reach"`
	Hello   string   `placeholder:"NAME" help:"Our name after EHLO." group:"say"`
	From    string   `placeholder:"ADDR" help:"Your own address, offered as the sender." group:"say"`
	Target  string   `arg:"" optional:"" help:"user@domain, domain, host:port or a URL."`
}

// Run shows the full screen.
func (c screenCommand) Run(ctx context.Context, streams Streams) error {
	config, err := c.config()
	if err != nil {
		return err
	}
	if config.SignIn, err = c.atScreen(ctx, streams, c.trustFlags); err != nil {
		return err
	}
	if password := config.SignIn.Who.Password; !password.Empty() {
		config.Way.Options.Secrets = []session.Secret{password}
	}
	if wantsPlain(c.Plain, os.Getenv) {
		return runPlain(ctx, streams, plainOf(config))
	}
	return show(ctx, streams, c.screenFlags, config)
}

// plainOf is the same start for the front end in lines.
func plainOf(config ui.Config) plain.Config {
	return plain.Config{
		Target: config.Target, Way: config.Way, Port: config.Port, Implicit: config.Implicit,
		Policy: config.Policy, SignIn: config.SignIn, Hello: config.Hello, From: config.From, Controls: config.Controls,
	}
}

// config turns flags into what the screen starts with.
func (c screenCommand) config() (ui.Config, error) {
	if err := c.reachFlags.check(); err != nil {
		return ui.Config{}, err
	}
	if err := errors.Join(oneWord("--hello", c.Hello), ownAddress(c.From)); err != nil {
		return ui.Config{}, err
	}
	trust, err := c.options()
	if err != nil {
		return ui.Config{}, err
	}
	trust.RequireTrust = false // told on the screen; the person decides
	config := ui.Config{
		Port: c.port(), Hello: c.Hello, From: c.From, Policy: c.policy(), Implicit: c.TLS == string(script.Implicit),
		Way: probe.Probe{Resolver: c.resolver(), Options: session.Options{Reach: c.reach(), TLS: trust, Timeouts: session.Timeouts{Connect: c.Timeout, Handshake: c.Timeout}}},
	}
	if config.Target, err = c.target(); err != nil {
		return ui.Config{}, err
	}
	if err = c.evidence(&config); err != nil {
		return ui.Config{}, err
	}
	err = c.fixed(&config)
	return config, err
}

// evidence is who is asked besides: another DNS server, and servers known to
// answer.
func (c screenCommand) evidence(config *ui.Config) error {
	if c.Compare != "" {
		if _, _, err := resolver.ParseServer(c.Compare); err != nil {
			return usage("--dns-compare %s: %v.", c.Compare, err)
		}
		with := c.reachFlags
		with.DNS = []string{c.Compare}
		config.Compare, config.Called = with.resolver(), c.Compare
	}
	for _, control := range c.Control {
		server, err := address.ParseServer(control, c.port())
		if err != nil {
			return usage("--control %v.", err)
		}
		config.Controls = append(config.Controls, server)
	}
	return nil
}

// target is what the screen begins with.
func (c screenCommand) target() (address.Target, error) {
	var target address.Target
	if c.Target != "" {
		parsed, err := address.ParseTarget(c.Target)
		if err != nil {
			return target, usage("%v.", err)
		}
		target = parsed
	}
	return target, nil
}

// fixed is the server of --server: without a target it is the target.
func (c screenCommand) fixed(config *ui.Config) error {
	if c.Server == "" {
		return nil
	}
	server, err := c.server()
	if err != nil {
		return err
	}
	config.Server = server
	if config.Target.Kind == address.KindNone {
		config.Target = address.Target{Kind: address.KindServer, Server: server}
	}
	return nil
}

func (c practiceCommand) screen(ctx context.Context, streams Streams, scenario practice.Scenario) error {
	config := ui.Config{Practice: &scenario, Port: defaultPort, Policy: script.Auto}
	if wantsPlain(c.Plain, os.Getenv) {
		return c.lines(ctx, streams, config)
	}
	return show(ctx, streams, c.screenFlags, config)
}

// lines is practice on the front end in lines.
func (c practiceCommand) lines(ctx context.Context, streams Streams, config ui.Config) error {
	servers, err := ui.StartPractice(context.WithoutCancel(ctx), *config.Practice, false)
	if err != nil {
		return err
	}
	defer servers.Close()
	target, err := address.ParseTarget(config.Practice.Target)
	if err != nil {
		return err
	}
	start := plainOf(config)
	start.Target, start.Paper, start.Controls = target, paperLine, servers.Controls()
	if start.Way, err = servers.Way(); err != nil {
		return err
	}
	return runPlain(ctx, streams, start)
}

// paperLine says that practice shows addresses that nothing is sent to.
const paperLine = "These are paper addresses: the talk goes to a server inside ehlo."

// show draws the screen, if there is a terminal on both ends.
func show(ctx context.Context, streams Streams, flags screenFlags, config ui.Config) error {
	if !term.IsTerminal(streams.In.Fd()) || !term.IsTerminal(streams.Out.Fd()) {
		return usage("The full screen needs a terminal on both ends. Without one, use --plain, ehlo mx, or ehlo send.")
	}
	config.Theme, config.History = flags.theme(), historyFile(os.Getenv)
	err := ui.Run(context.WithoutCancel(ctx), streams.In, streams.Out, config) // signals are the guard's
	var signalled *terminal.SignalError
	switch {
	case errors.As(err, &signalled):
		return &Failure{Code: signalled.ExitCode(), Sentence: "Stopped by a signal (" + signalled.Signal.String() + "); the terminal is as it was."}
	case errors.Is(err, ui.ErrInterrupted):
		return &Failure{Code: verdict.ExitStopped, Sentence: "Stopped, as you asked."}
	}
	return err
}

// theme is how the screen looks: what the environment tells, and what the
// flags say in its place.
func (f screenFlags) theme() theme.Options {
	options := theme.Detect(os.Getenv)
	options.ASCII = options.ASCII || f.ASCII
	options.NoColor = options.NoColor || f.NoColor
	switch f.Theme {
	case "dark":
		options.Background = theme.Dark
	case "light":
		options.Background = theme.Light
	}
	return options
}
