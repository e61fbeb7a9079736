package command

import (
	"context"
	"fmt"
	"io"

	"ehlo/session/practice"
	"ehlo/ui"
)

type practiceCommand struct {
	screenFlags
	List     bool   `help:"Name the scenarios."`
	Serve    bool   `help:"Only serve: print the ports and wait for the end of input."`
	Scenario string `arg:"" optional:"" help:"What the servers play: a name of --list, or a scenario file."`
}

// Run plays a scenario on the full screen, or lists or serves.
func (c practiceCommand) Run(ctx context.Context, streams Streams) error {
	if c.List {
		return listScenarios(streams)
	}
	scenario, err := c.scenario()
	if err != nil {
		return err
	}
	if c.Serve {
		return serve(ctx, streams, scenario)
	}
	return c.screen(ctx, streams, scenario)
}

func (c practiceCommand) scenario() (practice.Scenario, error) {
	name := c.Scenario
	if name == "" {
		name = practice.First
	}
	if scenario, ok := practice.Find(name); ok {
		return scenario, nil
	}
	scenario, err := practice.Load(name)
	if err != nil {
		return scenario, usage("There is no scenario %q, and no such file can be read (%v). ehlo practice --list names them.", name, err)
	}
	return scenario, nil
}

func listScenarios(streams Streams) error {
	for _, scenario := range practice.Scenarios() {
		if _, err := fmt.Fprintf(streams.Out, "%-20s %s\n", scenario.Name, scenario.Title); err != nil {
			return err
		}
	}
	return nil
}

// serve prints one line a server and ready, and serves until it is
// interrupted or its input ends.
func serve(ctx context.Context, streams Streams, scenario practice.Scenario) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	servers, err := ui.StartPractice(ctx, scenario, true)
	if err != nil {
		return err
	}
	defer servers.Close()
	if _, err := fmt.Fprintf(streams.Out, "dns %s\nsmtp %s\nimap %s\nimaps %s\nready\n",
		servers.DNS(), servers.Mail.Addr(), servers.Mailbox.Addr(), servers.Mailbox.AddrTLS()); err != nil {
		return err
	}
	go func() {
		// An end of input asks to stop; an error reads the same.
		_, _ = io.Copy(io.Discard, streams.In)
		stop()
	}()
	<-ctx.Done()
	return nil
}
