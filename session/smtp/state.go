package smtp

import (
	"slices"

	"ehlo/session"
)

// State is where an SMTP conversation stands. It is a value: the folds return
// a new one. What it tells was said on the wire, by whoever typed it.
type State struct {
	lmtp       bool
	awaiting   []session.Command
	challenged bool // a 334 waits for its answer
	payload    bool // a 354 waits for the message
	refusedAt  int  // the rung whose answer was a no, counted from 1; 0 none
	guessing   bool // Ahead hopes for a sign-in: lines that are no command may belong to it
	unheard    bool // Ahead hopes for a hello: what it will list is not known
	noHello    bool // the last answer to a hello was a no
	noSender   bool // the last answer to MAIL was a no, and no message was begun since

	Greeted    bool
	TurnedAway bool   // the greeting was a no
	Hello      string // the verb that was accepted: EHLO, HELO, LHLO; "" before
	Server     string // the name it gave itself in that answer
	Extensions Extensions
	Secure     bool // TLS is on
	SignedIn   bool
	HasSender  bool
	Sender     string   // "" is the null sender when HasSender
	Params     []string // what MAIL said beside it
	Recipients []Recipient
	Letter     Letter // what was typed of the message, line by line
	Accepted   int    // messages taken in this conversation
	Receipt    string // what the server said when it took the last one
	Over       bool   // it has said goodbye
}

// Recipient is one forward-path of the envelope with the server's own answer.
type Recipient struct {
	Address string
	Reply   session.Reply
}

// Taken counts the recipients that the server has taken for the message under
// way.
func (s State) Taken() (n int) {
	for _, recipient := range s.Recipients {
		if recipient.Reply.Class == session.Yes {
			n++
		}
	}
	return n
}

// Awaiting returns the oldest command whose answer is not whole.
func (s State) Awaiting() (session.Command, bool) {
	if len(s.awaiting) == 0 {
		return session.Command{}, false
	}
	return s.awaiting[0], true
}

// Outstanding counts the answers still to come.
func (s State) Outstanding() int { return len(s.awaiting) }

// signingIn reports whether the answer to an AUTH, or to one of its lines, is
// still to come.
func (s State) signingIn() bool {
	return slices.ContainsFunc(s.awaiting, func(to session.Command) bool { return to.Verb == AUTH })
}

// SecretNext reports whether a challenge waits for its answer.
func (s State) SecretNext() bool { return s.challenged }

// InPayload reports whether the server waits for the message.
func (s State) InPayload() bool { return s.payload }

// Encrypted forgets all that was said before TLS (RFC 3207 section 4.2).
func (s State) Encrypted() session.State {
	return State{lmtp: s.lmtp, awaiting: s.awaiting, Greeted: s.Greeted, Secure: true, Accepted: s.Accepted, Receipt: s.Receipt}
}

// endAnswers is how many replies the dot brings: one, or in LMTP one for each
// recipient that was taken (RFC 2033 section 4.2).
func (s State) endAnswers() int {
	if s.lmtp {
		return max(1, s.Taken())
	}
	return 1
}

// Sent folds a command that has gone out.
func (s State) Sent(command session.Command) session.State {
	s.challenged = false
	s.refusedAt = 0
	s.guessing = s.guessing && !known(command.Verb)
	switch command.Effect {
	case session.EffectEnd:
		s.payload = false
	case session.EffectText:
		s.Letter = s.Letter.with(command.Line)
	}
	if command.Answers > 0 {
		s.awaiting = slices.Clone(s.awaiting)
	}
	for range command.Answers {
		s.awaiting = append(s.awaiting, command)
	}
	return s
}

// Heard folds a whole reply: the answer to the oldest command outstanding. One
// that nobody asked for changes nothing but a farewell.
func (s State) Heard(reply session.Reply) session.State {
	if reply.Closing {
		s.Over = true
	}
	to, ok := s.Awaiting()
	if !ok {
		return s
	}
	s.awaiting = s.awaiting[1:]
	greeting := to.Verb == ""
	if rung, known := rungOf(to.Verb); reply.Class.Refusal() && (known || greeting) {
		s.refusedAt = rung + 1
	}
	if greeting {
		s.Greeted, s.TurnedAway = reply.Class == session.Yes, reply.Class.Refusal()
		return s
	}
	return s.answered(to, reply)
}

// answered folds the answer to a known command.
func (s State) answered(to session.Command, reply session.Reply) State {
	yes := reply.Class == session.Yes
	switch to.Verb {
	case EHLO, HELO, LHLO:
		return s.helloed(to, reply)
	case AUTH:
		s.challenged = reply.Class == session.GoOn
		s.SignedIn = s.SignedIn || yes
	case MAIL:
		s.noSender = reply.Class.Refusal()
		if yes {
			s = s.forgetMessage()
			s.HasSender = true
			s.Sender, s.Params, _ = Path(to.Arg)
		}
	case RCPT:
		address, _, _ := Path(to.Arg)
		s.Recipients = append(slices.Clone(s.Recipients), Recipient{address, reply})
	case DATA:
		s.payload, s.Letter = reply.Class == session.GoOn, Letter{}
		if s.payload {
			s.awaiting = nil // what was said after DATA is text to the server
		}
	case End:
		return s.ended(reply)
	case RSET:
		if yes {
			s = s.forgetMessage()
		}
	case QUIT:
		s.Over = s.Over || yes
	}
	return s
}

// helloed folds the answer to a hello: what is offered from now on. A hello
// forgets a message under way (RFC 5321 section 4.1.4).
func (s State) helloed(to session.Command, reply session.Reply) State {
	s.noHello = reply.Class.Refusal()
	if reply.Class != session.Yes {
		return s
	}
	s = s.forgetMessage()
	s.Hello, s.unheard = to.Verb, false
	s.Extensions = nil
	s.Server = ""
	if text := reply.Text(); len(text) > 0 {
		s.Server = text[0]
	}
	if to.Verb != HELO {
		s.Extensions = extensions(reply)
	}
	return s
}

// ended folds an answer to the dot. The envelope is used up, whatever the
// answer (RFC 5321 section 4.1.1.4).
func (s State) ended(reply session.Reply) State {
	if reply.Class == session.Yes {
		s.Accepted++
		if text := reply.Text(); len(text) > 0 {
			s.Receipt = text[len(text)-1]
		}
	}
	for _, to := range s.awaiting {
		if to.Verb == End {
			return s
		}
	}
	return s.forgetMessage()
}

func (s State) forgetMessage() State {
	s.HasSender, s.Sender, s.Params, s.Recipients, s.payload = false, "", nil, nil, false
	s.noSender = false
	return s
}
