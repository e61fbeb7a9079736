// Package plain is ehlo in lines: the second front end over the same engine as
// the full screen, for screen readers, dumb terminals and pipes. Lines are only
// ever added. There is no colour, no mark, no rule and no cursor movement;
// "You", "Server" and "Means" stand in words, and a wait tells of itself after
// 5, 15 and 60 seconds.
//
// What is read is said to the server, line by line, each when the answer
// before it is whole. A line that begins with / is for ehlo; // says a real
// slash. This holds for lines from a pipe too. Inside a message (after the 354)
// and at the question of a sign-in every line is the server's; only from a
// terminal are /cancel and /help still ehlo's inside a message. While an answer
// is awaited, lines from a terminal are held, but /stop, /hangup and /quit act
// at once; from a pipe each line waits its turn.
//
//	plain.go   front.go     the run and its one loop
//	start.go   route.go     whom to ask, and where the mail goes
//	next.go                 a call that led nowhere, and whose a silence is
//	say.go     slash.go     a typed line: for the server, or for ehlo
//	talk.go                 one connection and what is known of it
//	tell.go    answer.go    what is printed of it
//	guide.go   question.go  guided send: the questions
//	send.go                 guided send: the talk
//	signin.go  signin_talk.go  a sign-in: what is asked, what is said
//	secure.go               the encryption, in sentences
//	finish.go               the end, and the exit code
//
// All words stand in words_en.json.
package plain

import (
	"context"
	"io"
	"time"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/script"
)

// Config is what a run begins with.
type Config struct {
	Target   address.Target   // KindNone: it is asked for
	Way      probe.Probe      // how names are looked up and connections opened
	Port     uint16           // where a route's servers are called; 0 is 25
	Implicit bool             // TLS from the first byte
	SignIn   script.SignIn    // of the flags; the zero value asks when it is wanted
	Policy   script.Policy    // of a guided send; "" is auto
	Hello    string           // our name; "" takes this computer's
	From     string           // the sender from the settings, "" for none; "<>" is the null sender
	Controls []address.Server // known to answer; called to see whose a silence is
	Now      func() time.Time
	Paper    string // a line about the addresses, when they are practice's own
	// Echo tells the terminal whether to show what is typed; nil where that
	// cannot be told, as of a pipe.
	Echo func(on bool)
	// Terminal tells that a person types: answers are not printed again, and
	// some commands act while the server is awaited.
	Terminal bool
}

// Run reads in and prints to out until /quit, the end of in, or the end of
// ctx, which hangs up. A run of which nothing is left undone has the exit code
// 0; otherwise the error is the one sentence that says why. Now in Config gives
// the times that are printed; without it each event has its own.
//
// Run does not close in, and a read of it that is under way when the run ends
// stays under way until in has something to give.
func Run(ctx context.Context, in io.Reader, out io.Writer, config Config) (exit int, err error) {
	if config.Port == 0 {
		config.Port = 25 // RFC 5321 section 4.5.4.2
	}
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	f := &front{config: config, ctx: ctx, life: life, page: page{out: out}, input: readLines(life, in)}
	if config.Terminal {
		f.page.gap = " "
	}
	f.start()
	f.converse()
	f.leave()
	return f.conclude()
}
