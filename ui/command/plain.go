package command

import (
	"context"

	"github.com/charmbracelet/x/term"

	"ehlo/ui/plain"
	"ehlo/ui/terminal"
)

// wantsPlain reports whether lines are wanted in place of the full screen: by
// --plain, on a terminal that can only add lines, or where ACCESSIBLE is set.
func wantsPlain(flag bool, getenv func(string) string) bool {
	return flag || getenv("TERM") == "dumb" || getenv("ACCESSIBLE") != ""
}

// runPlain runs the front end in lines on standard input and output, which may
// be a terminal or not.
func runPlain(ctx context.Context, streams Streams, config plain.Config) error {
	if config.Terminal = term.IsTerminal(streams.In.Fd()); config.Terminal {
		config.Echo = func(on bool) { terminal.Echo(streams.In.Fd(), on) }
		defer terminal.Echo(streams.In.Fd(), true)
	}
	exit, err := plain.Run(ctx, streams.In, streams.Out, config)
	if exit == 0 {
		return nil
	}
	return &Failure{Code: exit, Sentence: err.Error()}
}
