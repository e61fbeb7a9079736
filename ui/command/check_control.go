package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// controlFlags name servers that are known to answer, to tell a silence on our
// side from one of the server.
type controlFlags struct {
	Control []string `sep:"none" placeholder:"HOST:PORT" help:"A server known to answer: called too when another gives no answer. May be repeated." group:"reach"`
}

// controls reads --control, before anything is contacted.
func (f controlFlags) controls() (servers []address.Server, err error) {
	if len(f.Control) > probe.MaxControls {
		return nil, usage("--control may be given %d times at most.", probe.MaxControls)
	}
	for _, text := range f.Control {
		server, err := address.ParseServer(text, 0)
		if err != nil {
			return nil, usage("--control %v.", err)
		}
		if server.Port == 0 {
			return nil, usage("--control %s: it wants a port too, HOST:PORT.", text)
		}
		servers = append(servers, server)
	}
	return servers, nil
}

// settle finds out whose a silence is, where there was one.
func (j *checkJob) settle(ctx context.Context, q question, facts *verdict.Facts) {
	asked := probe.Differential{Controls: j.controls, Timeout: j.Timeout, Bare: bare(q.Scheme)}
	if j.watch != nil {
		asked.Watch = (&callLines{out: j.streams.Err}).enter
	}
	j.probe.Differential(ctx, facts, asked)
}

// callLines tells of calls that go on side by side, a line when each begins and
// one when it is known what came of it.
type callLines struct {
	mu  sync.Mutex
	out io.Writer
}

// enter returns what sees the events of one more call.
func (c *callLines) enter(target probe.Target) func(session.Event) {
	collector := probe.NewCollector(target)
	return func(event session.Event) {
		collector.Take(event)
		c.mu.Lock()
		defer c.mu.Unlock()
		switch event.(type) {
		case session.Began:
			fmt.Fprintf(c.out, "-- to see who has to act, calling %s\n", sanitize.Text(callee(collector.Try)))
		case session.Ended:
			if stage := stageNamed(collector.Try, "connect"); stage != nil {
				fmt.Fprintf(c.out, "-- %s: %s\n", sanitize.Text(callee(collector.Try)), called(*stage))
			}
		}
	}
}

// callee names whom a call goes to: "mx1.example.org, 192.0.2.1, port 587".
func callee(try verdict.Try) string {
	text := fmt.Sprintf("%s, port %d", try.Address, try.Port)
	if try.Host != "" && try.Host != try.Address.String() {
		text = try.Host + ", " + text
	}
	return text
}

// called words what came of a call.
func called(stage verdict.Stage) string {
	if stage.OK {
		return "answers"
	}
	return word(stage)
}

// printDifferential writes the calls that were made to see whose a silence is.
func printDifferential(out io.Writer, tries []verdict.Try) {
	rows := [][]string{{"To see who has to act", "Port", "Connect"}}
	for _, try := range tries {
		if try.Purpose != verdict.Differential {
			continue
		}
		name := "  " + try.Address.String()
		if try.Host != "" && try.Host != try.Address.String() {
			name += " (" + sanitize.Text(try.Host) + ")"
		}
		text := "-"
		if stage := stageNamed(try, "connect"); stage != nil {
			text = cell(*stage)
		}
		rows = append(rows, []string{name, fmt.Sprint(try.Port), text})
	}
	if len(rows) == 1 {
		return
	}
	widths := widthsOf(rows)
	fmt.Fprintln(out)
	for _, cells := range rows {
		fmt.Fprintln(out, aligned(cells, widths))
	}
}

// onRoad are the tries that are no evidence only.
func onRoad(tries []verdict.Try) []verdict.Try {
	return slices.DeleteFunc(slices.Clone(tries), func(try verdict.Try) bool { return try.Purpose == verdict.Differential })
}
