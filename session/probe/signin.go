package probe

import (
	"slices"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/verdict"
)

// gaveUp notes the step at which a plan found no way on; the zero step did not.
func (c *Collector) gaveUp(step script.Step) {
	switch {
	case step.Problem == "":
	case step.SignIn != nil:
		c.StopSignIn(step.SignIn)
	default:
		c.Stop(step.Problem)
	}
}

// StopSignIn notes that we did not sign in, or did not believe it: what the
// server said to it does not count, also where it was a yes.
func (c *Collector) StopSignIn(problem *signin.Problem) {
	c.drop("auth")
	stopped := verdict.Stage{
		Name: "auth", Cause: string(session.WhySignIn), Text: []string{problem.Error()}, Next: problem.Next(),
	}
	at := len(c.Try.Stages)
	if at > 0 && c.Try.Stages[at-1].Name == "quit" { // said because of it
		at--
	}
	c.Try.Stages = slices.Insert(c.Try.Stages, at, stopped)
}
