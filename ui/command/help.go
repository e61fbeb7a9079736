package command

import (
	_ "embed"
	"io"

	"github.com/alecthomas/kong"
)

//go:embed help_en.txt
var helpText string

// groups are the titles under which --help sorts the flags.
var groups = kong.Groups{
	"reach":  "Where to connect, and whom to ask:",
	"say":    "What is said:",
	"trust":  "Encryption and trust:",
	"output": "What is printed, and how:",
}

// help prints the whole for ehlo itself, and the flags of one command.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if ctx.Selected() == nil || len(ctx.Args) == 1 {
		return written(io.WriteString(ctx.Stdout, helpText))
	}
	return written(0, kong.DefaultHelpPrinter(options, ctx))
}

// written tells that standard output could not be written, which is a failure
// of ehlo and no wrong usage.
func written(_ int, err error) error {
	if err == nil {
		return nil
	}
	return &Failure{Code: exitFailed, Sentence: "The help could not be written: " + err.Error() + "."}
}
