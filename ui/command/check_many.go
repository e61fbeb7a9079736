package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// runOne asks about one target in full.
func (j *checkJob) runOne(ctx context.Context, q question) error {
	facts := j.ask(ctx, q, false)
	out := bufio.NewWriter(j.streams.Out)
	var err error
	if j.JSON {
		err = encode(out, facts)
	} else {
		j.printChecked(out, q, facts)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return unwritten(err)
	}
	return failed(facts)
}

// batch is what came of many targets so far.
type batch struct {
	out               *bufio.Writer
	asked, unanswered int
	shown             time.Time // when progress was last told
}

// runAll asks about many targets, one result a line as each is there.
func (j *checkJob) runAll(ctx context.Context, named []question, stdin bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer lessOften(j.Jobs)()
	j.gate = probe.NewGate(j.PerHost)
	var unread error
	targets := slices.Values(named)
	if stdin {
		targets = j.lines(ctx, named, &unread)
	}
	all := batch{out: bufio.NewWriter(j.streams.Out), shown: time.Now()}
	work := func(q question) verdict.Facts { return j.askOne(ctx, q) }
	for facts := range spread(j.Jobs, j.Ordered, targets, work) {
		if ctx.Err() != nil {
			break
		}
		if err := j.printOne(&all, facts); err != nil {
			return unwritten(err)
		}
	}
	switch {
	case ctx.Err() != nil:
		return &Failure{Code: verdict.ExitStopped, Sentence: "Stopped, as you asked."}
	case unread != nil:
		return unreadable(unread)
	case all.unanswered > 0:
		return &Failure{Code: exitFailed, Sentence: fmt.Sprintf("%d of %d targets got no answer from a mail server.", all.unanswered, all.asked)}
	}
	return nil
}

// lines are the named targets and those of standard input, one a line.
func (j *checkJob) lines(ctx context.Context, named []question, unread *error) iter.Seq[question] {
	return func(yield func(question) bool) {
		for _, q := range named {
			if !yield(q) {
				return
			}
		}
		lines := bufio.NewScanner(&patient{ctx: ctx, source: j.streams.In})
		for lines.Scan() {
			text := strings.TrimSpace(lines.Text())
			if text != "" && !yield(j.question(text)) {
				return
			}
		}
		*unread = lines.Err()
	}
}

// askOne asks about one of many targets. A line that is none does not stop the
// others.
func (j *checkJob) askOne(ctx context.Context, q question) verdict.Facts {
	if q.err == nil {
		return j.ask(ctx, q, true)
	}
	route := &verdict.Route{Hosts: []verdict.Host{}, Notes: []verdict.Note{}, Error: q.err.Error()}
	return verdict.Facts{Target: q.target, Route: route, Exit: exitUsage}
}

// printOne writes one of many results, at once: who reads it may wait for it.
func (j *checkJob) printOne(all *batch, facts verdict.Facts) error {
	all.asked++
	if !answered(facts.Exit) {
		all.unanswered++
	}
	if j.JSON {
		// What cannot be written is told by Flush.
		_ = encode(all.out, facts)
	} else {
		printLine(all.out, facts)
	}
	j.progress(all)
	return all.out.Flush()
}

// answered reports whether a mail server answered, with whatever it said.
func answered(exit int) bool {
	switch exit {
	case verdict.ExitLost, verdict.ExitStopped:
		return false
	}
	return exit == verdict.ExitDone || exit >= verdict.ExitGreeting
}

// progressEvery is how often a person is told how far it is.
const progressEvery = 5 * time.Second

// progress tells how far it is, where a person sees standard error and not the
// results.
func (j *checkJob) progress(all *batch) {
	if j.Quiet || time.Since(all.shown) < progressEvery || !term.IsTerminal(j.streams.Err.Fd()) || term.IsTerminal(j.streams.Out.Fd()) {
		return
	}
	all.shown = time.Now()
	fmt.Fprintf(j.streams.Err, "%d targets asked about, %d without an answer\n", all.asked, all.unanswered)
}

// unwritten tells that standard output could not be written.
func unwritten(err error) error {
	return &Failure{Code: exitFailed, Sentence: "The answer could not be written: " + err.Error() + "."}
}
