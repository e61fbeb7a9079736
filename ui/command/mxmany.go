package command

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"ehlo/resolver"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// maxJobs bounds --jobs: each look-up has a few sockets open.
const maxJobs = 1000

// mxJob is one run of mx over its targets.
type mxJob struct {
	probe   probe.Probe
	with    *resolver.Resolver // of --dns-compare, nil without
	called  string             // its name, as it was typed
	in      io.ReadCloser
	out     *bufio.Writer
	json    bool
	verbose bool
	one     bool // the one target, named in the arguments
	jobs    int

	asked  int
	failed int
	last   verdict.Facts
}

// run looks all targets up, those named first, and prints each as it is found.
// Targets that were named keep their order.
func (j *mxJob) run(ctx context.Context, named []namedDomain, stdin, ordered bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if stdin {
		defer lessOften(j.jobs)()
	}
	var unread error
	targets := slices.Values(named)
	if stdin {
		targets = j.lines(ctx, named, &unread)
	}
	look := func(domain namedDomain) looked { return j.look(ctx, domain) }
	for found := range spread(j.jobs, ordered || !stdin, targets, look) {
		if ctx.Err() != nil {
			return nil
		}
		if err := j.print(found); err != nil {
			return &Failure{Code: exitFailed, Sentence: "The answer could not be written: " + err.Error() + "."}
		}
	}
	if unread != nil && !errors.Is(unread, context.Canceled) {
		return unreadable(unread)
	}
	return nil
}

// lines are the named targets and those of standard input, one a line.
func (j *mxJob) lines(ctx context.Context, named []namedDomain, unread *error) iter.Seq[namedDomain] {
	return func(yield func(namedDomain) bool) {
		for _, domain := range named {
			if !yield(domain) {
				return
			}
		}
		lines := bufio.NewScanner(&patient{ctx: ctx, source: j.in})
		for lines.Scan() {
			text := strings.TrimSpace(lines.Text())
			if text == "" {
				continue
			}
			domain, err := domainOf(text)
			if !yield(namedDomain{Domain: domain, target: text, err: err}) {
				return
			}
		}
		*unread = lines.Err()
	}
}
