// Package screentest runs a program in a terminal, for tests. The terminal is
// a real pty with an emulator behind it, so that a test sees what a person
// sees: rows of text, a cursor, and the state in which the terminal is left.
//
//	term := screentest.Start(t, screentest.Options{}, binary, "practice")
//	term.WaitFor("mx1.biz.mail.yahoo.com")
//	term.Type("EHLO me.example")
//	term.Press("Enter")
//	term.WaitFor("250")
//	term.Press("Ctrl+Q")
//	if code := term.Wait(); code != 0 { ... }
//	term.Restored()
//
// Nothing waits by the clock: every wait looks again when the program has
// written, and fails the test, with the screen as it stands, at its deadline.
// Pseudo terminals are a thing of Unix; elsewhere the package is empty.
package screentest

import "time"

// Options say what terminal a program is started in.
type Options struct {
	Width, Height int           // cells; 80 and 24 when 0
	Env           []string      // beyond the test's own, "KEY=value"; the later wins
	Dir           string        // working folder; the test's own when ""
	Mute          bool          // a terminal that answers no question
	Deadline      time.Duration // of every wait; 20 s when 0
}

const (
	defaultWidth    = 80
	defaultHeight   = 24
	defaultDeadline = 20 * time.Second
)

func (o Options) filled() Options {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	if o.Height == 0 {
		o.Height = defaultHeight
	}
	if o.Deadline == 0 {
		o.Deadline = defaultDeadline
	}
	return o
}
