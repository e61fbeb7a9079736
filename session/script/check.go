package script

import (
	"fmt"
	"strings"

	"ehlo/session"
	"ehlo/session/smtp"
)

// Check is the plan to ask whether a server takes mail for somebody, and to
// send nothing: the road of Send as far as the recipients, then RSET and QUIT.
// Without a recipient it ends after the hello. It is a value; Heard returns a
// new one.
type Check struct {
	Send           // whom to ask, and how to come that far; Size and EightBit do not matter
	Control string // a made-up address to be asked last, where all were taken; "" asks for none
	reset   bool   // RSET was answered: the server has forgotten the sender
}

// Heard notes the answer to one of the plan's lines.
func (c Check) Heard(to session.Command, reply session.Reply) Check {
	c.Send = c.Send.Heard(to, reply)
	c.reset = c.reset || to.Verb == smtp.RSET
	return c
}

// Next returns what is to be said in the given state.
func (c Check) Next(state smtp.State) Step {
	step, open := c.opening(state)
	switch {
	case !open:
		return step
	case c.reset, len(c.To) == 0:
		return Step{Line: "QUIT"}
	case !state.HasSender:
		return Step{Line: c.mail(state)}
	}
	next, left := c.nextRecipient(state)
	if !left && c.controlDue(state) {
		next, left = c.Control, true
	}
	if left {
		return Step{Line: fmt.Sprintf("RCPT TO:<%s>", next)}
	}
	// RFC 5321 section 4.1.1.5: sender and recipients are forgotten.
	return Step{Line: smtp.RSET}
}

// controlDue reports whether the made-up name is to be asked now. Where a
// recipient was refused it would tell nothing.
func (c Check) controlDue(state smtp.State) bool {
	if c.Control == "" || state.Taken() < len(state.Recipients) {
		return false
	}
	for _, recipient := range state.Recipients {
		if strings.EqualFold(recipient.Address, c.Control) {
			return false
		}
	}
	return true
}
