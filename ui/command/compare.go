package command

import (
	"cmp"
	"fmt"
	"io"

	"ehlo/session/probe"
	"ehlo/session/sanitize"
)

// printLooked writes what was found of one target, for people.
func printLooked(out io.Writer, found looked) {
	if found.err != nil {
		fmt.Fprintln(out, sanitize.Text(found.err.Error()+"."))
		return
	}
	printRoute(out, found.facts)
	if found.theirs.Route != nil {
		printBeside(out, found.ours, found.theirs)
	}
}

// printBeside writes the answers of two DNS servers beside each other. Where
// they differ is told in words by the notes of the route.
func printBeside(out io.Writer, ours, theirs probe.View) {
	lines := probe.Beside(ours.Route, theirs.Route)
	if len(lines) == 0 {
		return
	}
	row := func(what, one, other string) {
		fmt.Fprintf(out, "%-42s %-21s %s\n", sanitize.Text(what), sanitize.Text(cmp.Or(one, "-")), sanitize.Text(cmp.Or(other, "-")))
	}
	fmt.Fprintln(out)
	row("Side by side", ours.Server, theirs.Server)
	for _, line := range lines {
		what := line.Host
		if line.Address.IsValid() {
			what = "  " + line.Address.String()
		}
		row(what, line.Ours, line.Theirs)
	}
}
