package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/arrival"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/verdict"
)

// arrivedFlags say in which mailbox a message is looked for, and how long.
type arrivedFlags struct {
	Arrived             bool           `help:"Look into the recipient's mailbox: where did the message land?" group:"say"`
	Mailbox             string         `placeholder:"imaps://USER@HOST" help:"With --arrived: the mailbox." group:"say"`
	MailboxPasswordFile string         `placeholder:"FILE|-" help:"With --arrived: where its password stands; - is standard input." group:"say"`
	MessageID           string         `placeholder:"ID" help:"With --arrived: which message (default: the newest of the last 15 minutes)." group:"say"`
	Wait                *time.Duration `placeholder:"DUR" help:"With --arrived: how long to look again for it (default 2m)." group:"say"`
}

const (
	// defaultWait is how long a message is looked for.
	defaultWait = 2 * time.Minute
	// maxWait bounds it: greylisting takes an hour at most.
	maxWait = 24 * time.Hour
	// recent is how old the newest message may be, where none is named.
	recent = 15 * time.Minute
)

// stray reports whether a flag of a look was given without one.
func (f arrivedFlags) stray() bool {
	return !f.Arrived && (f.Mailbox != "" || f.MailboxPasswordFile != "" || f.MessageID != "" || f.Wait != nil)
}

// check finds what is missing or cannot be meant.
func (f arrivedFlags) check() error {
	switch {
	case f.Mailbox == "":
		return usage("Which mailbox? --arrived needs --mailbox imaps://USER@HOST.")
	case f.MailboxPasswordFile == "":
		return usage("Which password? --mailbox-password-file FILE names one; - reads it from standard input.")
	case f.Wait != nil && (*f.Wait < 0 || *f.Wait > maxWait):
		return usage("--wait wants a time from 0 to 24h, such as 5m.")
	case strings.ContainsFunc(f.MessageID, notOfID):
		return usage("--message-id %q: a Message-ID has no blanks and no control characters.", f.MessageID)
	}
	return nil
}

func notOfID(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError }

// wait is how long to look.
func (f arrivedFlags) wait() time.Duration {
	if f.Wait == nil {
		return defaultWait
	}
	return *f.Wait
}

// mailbox reads --mailbox: a URL of IMAP with a user, whose name may be written
// with %40 (RFC 5092 section 3).
func (f arrivedFlags) mailbox() (user string, server address.Target, err error) {
	server, err = address.ParseTarget(f.Mailbox)
	if err != nil {
		return "", server, usage("--mailbox %v.", err)
	}
	if server.Scheme != "imaps" && server.Scheme != "imap" {
		return "", server, usage("--mailbox wants imaps://USER@HOST (or imap://), not %q.", f.Mailbox)
	}
	user = server.User
	if plain, err := url.PathUnescape(user); err == nil {
		user = plain
	}
	switch {
	case user == "":
		return "", server, usage("Whose mailbox? --mailbox imaps://USER@HOST names the user.")
	case !utf8.ValidString(user) || strings.ContainsFunc(user, unicode.IsControl):
		return "", server, usage("--mailbox %q: a user name holds no control characters.", f.Mailbox)
	}
	return user, server, nil
}

// password reads the file that --mailbox-password-file names.
func (f arrivedFlags) password(ctx context.Context, streams Streams) (session.Secret, error) {
	const from = "--mailbox-password-file"
	if f.MailboxPasswordFile == "-" {
		if term.IsTerminal(streams.In.Fd()) {
			return session.Secret{}, usage("A password typed here could be read by others. Give %s a file, or send it through a pipe.", from)
		}
		return readPassword(&patient{ctx: ctx, source: streams.In}, from+" -")
	}
	file, err := os.Open(f.MailboxPasswordFile)
	if err != nil {
		return session.Secret{}, usage("%s: %v.", from, err)
	}
	defer file.Close()
	return readPassword(&patient{ctx: ctx, source: file}, from)
}

// arrivedJob is one run of check --arrived.
type arrivedJob struct {
	streams  Streams
	probe    probe.Probe
	look     probe.Arrived
	server   address.Server
	implicit bool
	facts    verdict.Facts
}

// arrived looks for a message and says where it is.
func (c checkCommand) arrived(ctx context.Context, streams Streams) error {
	job, err := c.arrivedJob(ctx, streams)
	if err != nil {
		return err
	}
	job.run(ctx)
	if err := job.print(c.JSON); err != nil {
		return err
	}
	return failed(job.facts)
}

// arrivedJob checks all that was given, before anything is contacted.
func (c checkCommand) arrivedJob(ctx context.Context, streams Streams) (*arrivedJob, error) {
	if err := c.arrivedFlags.check(); err != nil {
		return nil, err
	}
	user, server, err := c.mailbox()
	if err != nil {
		return nil, err
	}
	target, err := c.recipient(user)
	if err != nil {
		return nil, err
	}
	if c.Auth != "" && !signin.Known(c.Auth) {
		return nil, usage("--auth: %v", &signin.Problem{Kind: signin.Unknown, Way: c.Auth})
	}
	trust, err := c.options()
	if err != nil {
		return nil, err
	}
	password, err := c.arrivedFlags.password(ctx, streams)
	if err != nil {
		return nil, err
	}
	job := &arrivedJob{
		streams: streams, server: server.Server, implicit: server.Scheme == "imaps" || c.TLS == string(script.Implicit),
		facts: verdict.Facts{Target: target},
		probe: probe.Probe{
			Resolver: c.resolver(),
			Options:  session.Options{Reach: c.reach(), Timeouts: session.EveryStage(c.Timeout), TLS: trust, Secrets: []session.Secret{password}},
		},
		look: probe.Arrived{Mailbox: user, Plan: arrival.Plan{
			TLS: c.policy(), MessageID: c.MessageID, Wait: c.wait(), Since: time.Now().Add(-recent),
			SignIn: script.SignIn{
				Wanted: true, Way: c.Auth, Who: signin.Credentials{User: user, Password: password},
				Insecure: c.Insecure, InsecureAuth: c.InsecureAuth,
			},
		}},
	}
	if c.Verbose && !c.Quiet {
		job.probe.Watch = (&transcript{out: streams.Err}).Watch
		job.look.Waiting = func(pause, left time.Duration) {
			fmt.Fprintf(streams.Err, "-- not there yet; looking again in %s, %s left\n", arrival.Span(pause), arrival.Span(left))
		}
	}
	return job, nil
}

// recipient is whose message it is, for the answer alone: the target, if one
// was given, or the user.
func (c checkCommand) recipient(user string) (string, error) {
	names, stdin := splitTargets(append(append([]string{}, c.Targets...), c.To...))
	switch {
	case stdin || len(names) > 1:
		return "", usage("--arrived looks into one mailbox: give one address at most.")
	case c.Server != "" || c.AuthUser != "" || c.AuthPasswordFile != "":
		return "", usage("--arrived asks the server in --mailbox alone: --server, --auth-user and --auth-password-file do not go with it.")
	case len(names) == 0:
		return user, nil
	}
	if q := c.question(names[0]); q.err != nil || q.Kind != address.KindMailbox {
		return "", usage("--arrived: %q is no address; the mailbox stands in --mailbox.", names[0])
	}
	return names[0], nil
}

// run finds the way, looks, and judges.
func (j *arrivedJob) run(ctx context.Context) {
	targets, route := j.probe.ServerTargets(ctx, j.server.Host, j.server.Port, j.implicit)
	j.facts.Route = route
	j.probe.Arrived(ctx, &j.facts, targets, j.look)
	said, exit := verdict.Of(j.facts)
	if ctx.Err() != nil && exit != 0 {
		said, exit = verdict.Of(verdict.Facts{Target: j.facts.Target}) // stopped, whatever it led to
	}
	j.facts.Verdict, j.facts.Exit = &said, exit
}

// print writes the answer: one JSON object, or text.
func (j *arrivedJob) print(asJSON bool) error {
	out := bufio.NewWriter(j.streams.Out)
	var err error
	if asJSON {
		err = encode(out, j.facts)
	} else {
		printArrived(out, j.facts)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return unwritten(err)
	}
	return nil
}
