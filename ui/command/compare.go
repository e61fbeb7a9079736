package command

import (
	"cmp"
	"fmt"
	"io"

	"ehlo/resolver"
	"ehlo/session/probe"
	"ehlo/session/sanitize"
)

// compareFlags name a second DNS server.
type compareFlags struct {
	Compare string `name:"dns-compare" placeholder:"HOST[:PORT]" help:"Ask this DNS server too, and say where the two differ." group:"reach"`
}

func (f compareFlags) check() error {
	if _, _, err := resolver.ParseServer(f.Compare); f.Compare != "" && err != nil {
		return usage("--dns-compare %s: %v.", f.Compare, err)
	}
	return nil
}

// second is the resolver that asks the second DNS server; nil when there is
// none.
func (f compareFlags) second(reach reachFlags) *resolver.Resolver {
	if f.Compare == "" {
		return nil
	}
	reach.DNS = []string{f.Compare}
	return reach.resolver()
}

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
