package script

import (
	"fmt"
	"slices"
	"strings"

	"ehlo/session"
	"ehlo/session/smtp"
)

// Send is the plan to send one message. It is a value; Heard returns a new one.
type Send struct {
	Hello     string   // the name we give after EHLO
	From      string   // reverse-path without < >; "" is the null sender
	To        []string // forward-paths without < >
	TLS       Policy
	Size      int64 // of the message in octets, 0 when unknown (RFC 1870)
	EightBit  bool  // the message holds bytes over 127
	UTF8      bool  // an address or header needs SMTPUTF8 (RFC 6531)
	SignIn    SignIn
	layer     *session.Encryption // nil in clear
	signing   signing
	heloNow   bool
	handed    bool // the message was handed over and answered
	refused   bool
	saidQuit  bool
	tlsFailed bool
}

// Heard notes the answer to one of the plan's lines.
func (s Send) Heard(to session.Command, reply session.Reply) Send {
	no := !smtp.GoesOn(to, reply)
	switch to.Verb {
	case smtp.EHLO:
		// RFC 5321 section 3.2: a server that does not know EHLO is asked again by HELO.
		s.heloNow = reply.Class == session.No && !s.heloNow && s.TLS != StartTLS
		s.refused = no && !s.heloNow
	case smtp.HELO, smtp.LHLO, smtp.MAIL, smtp.DATA, "":
		s.refused = s.refused || no
	case smtp.STARTTLS:
		s.tlsFailed = no
	case smtp.AUTH:
		s.signing = s.signing.heard(reply)
		s.refused = s.refused || no && s.signing.ready && s.signing.problem == nil
	case smtp.End:
		s.handed = true
	case smtp.QUIT:
		s.saidQuit = true
	}
	if hello := to.Verb == smtp.EHLO || to.Verb == smtp.HELO || to.Verb == smtp.LHLO; hello && !no {
		s.signing = s.prepared(to, reply)
	}
	return s
}

// Next returns what is to be said in the given state.
func (s Send) Next(state smtp.State) Step {
	step, open := s.opening(state)
	switch {
	case !open:
		return step
	case s.handed:
		return Step{Line: "QUIT"}
	}
	return s.transaction(state)
}

// opening is the road as far as a server that may be asked: hello, STARTTLS,
// hello again, and the sign-in. It reports whether the way is open; where it is not, the
// step says what is next.
func (s Send) opening(state smtp.State) (step Step, open bool) {
	offered := state.Extensions.Offers(smtp.STARTTLS)
	switch {
	case s.saidQuit, state.Over:
		return Step{Done: true}, false
	case state.InPayload():
		return Step{Message: true}, false
	case state.Outstanding() > 0:
		return Step{}, false
	case state.SecretNext():
		return s.signing.answer(), false
	case s.tlsFailed:
		return Step{Line: "QUIT", Problem: session.WhyTLSMissing}, false
	case s.refused:
		return Step{Line: "QUIT"}, false
	case state.Hello == "":
		return Step{Line: s.hello(state)}, false
	case state.Secure:
		return s.signIn(state)
	case s.TLS == StartTLS && !offered:
		return Step{Line: "QUIT", Problem: session.WhyTLSMissing}, false
	case offered && (s.TLS == Auto || s.TLS == StartTLS || s.TLS == ""):
		return Step{Line: "STARTTLS"}, false
	}
	return s.signIn(state)
}

// hello is EHLO, after a no to it HELO, and in LMTP always LHLO (RFC 2033
// section 4.1).
func (s Send) hello(state smtp.State) string {
	switch {
	case slices.Contains(state.Next(), smtp.LHLO):
		return "LHLO " + s.Hello
	case s.heloNow:
		return "HELO " + s.Hello
	}
	return "EHLO " + s.Hello
}

// transaction goes on where the server's offers are known.
func (s Send) transaction(state smtp.State) Step {
	limit := state.Extensions.Size()
	switch {
	case limit > 0 && s.Size > limit:
		return Step{Line: "QUIT", Problem: session.WhyTooBig}
	case !state.HasSender:
		return Step{Line: s.mail(state)}
	}
	if next, left := s.nextRecipient(state); left {
		return Step{Line: fmt.Sprintf("RCPT TO:<%s>", next)}
	}
	if state.Taken() == 0 {
		return Step{Line: "QUIT"}
	}
	return Step{Line: "DATA"}
}

// mail is the MAIL command with the parameters that the server offers and the
// message needs.
func (s Send) mail(state smtp.State) string {
	line := fmt.Sprintf("MAIL FROM:<%s>", s.From)
	if s.Size > 0 && state.Extensions.Offers("SIZE") {
		line += fmt.Sprintf(" SIZE=%d", s.Size)
	}
	if s.EightBit && state.Extensions.Offers("8BITMIME") {
		line += " BODY=8BITMIME"
	}
	if s.UTF8 && state.Extensions.Offers("SMTPUTF8") {
		line += " SMTPUTF8"
	}
	return line
}

// nextRecipient returns the first recipient that was not asked about yet.
func (s Send) nextRecipient(state smtp.State) (address string, left bool) {
	asked := make(map[string]bool, len(state.Recipients))
	for _, recipient := range state.Recipients {
		asked[strings.ToLower(recipient.Address)] = true
	}
	for _, address := range s.To {
		if !asked[strings.ToLower(address)] {
			return address, true
		}
	}
	return "", false
}
