package command

import (
	"context"
	"errors"

	"ehlo/session/practice"
)

type screenCommand struct {
	reachFlags
	trustFlags
	screenFlags
	Hello  string `placeholder:"NAME" help:"Our name after EHLO." group:"say"`
	Target string `arg:"" optional:"" help:"user@domain, domain, host:port or a URL."`
}

func (c screenCommand) Run(ctx context.Context, streams Streams) error { return errors.New("soon") }

func (c practiceCommand) screen(ctx context.Context, streams Streams, scenario practice.Scenario) error {
	return errors.New("soon")
}
