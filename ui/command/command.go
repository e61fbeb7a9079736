// Package command is the command line: what can be typed after ehlo, what is
// checked before anything is contacted, and the exit codes.
//
//	ehlo [TARGET]             the full screen
//	ehlo practice [SCENARIO]  the same against built-in servers
//	ehlo mx DOMAIN...         where mail goes
//	ehlo check ADDRESS...     the route tried, the recipient asked, nothing sent
//	ehlo send --to ADDRESS    one message, the whole transaction
//	ehlo version
//
// One file a command. A command returns an error with its exit code (Failure);
// Main writes the one line that every non-zero exit ends with.
package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Streams are the three streams of a process.
type Streams struct {
	In  *os.File
	Out *os.File
	Err *os.File
}

// Main runs what args ask for and returns the exit code.
func Main(args []string, streams Streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, args, streams)
	if err == nil {
		return 0
	}
	var failure *Failure
	if !errors.As(err, &failure) {
		failure = &Failure{Code: exitFailed, Sentence: err.Error()}
	}
	fmt.Fprintln(streams.Err, failure.line())
	return failure.Code
}

func run(ctx context.Context, args []string, streams Streams) error {
	if asksVersion(args) {
		return versionCommand{}.Run(streams)
	}
	args = commandFirst(args)
	exited := false
	parser, err := kong.New(grammar(args),
		kong.Name("ehlo"),
		kong.Writers(streams.Out, streams.Err),
		kong.Exit(func(int) { exited = true }),
		kong.Help(help),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		groups,
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams),
	)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	var failure *Failure
	switch {
	case errors.As(err, &failure):
		return failure
	case exited: // --help
		return nil
	case err != nil:
		return unread(err, args)
	}
	return parsed.Run()
}

// asksVersion reports whether nothing but the version is wanted; it then costs
// no parser.
func asksVersion(args []string) bool {
	return len(args) == 1 && (args[0] == "--version" || args[0] == "version")
}
