package script

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"ehlo/session/address"
)

// Guide is the questions of a guided send with the answers given so far: ask
// first, talk later. It is a value; every method that changes something
// returns a new one, and none does any IO.
//
//	g := script.NewGuide(facts)
//	g.Question(), g.Offer()           // what is asked, what stands in the prompt
//	line, means := g.Preview(typed)   // with every key
//	g, problem := g.Answer(typed)     // Enter
//	plan, draft := g.Plan()           // once g.Phase() is Confirmed
//
// Answers are kept when one goes back and forth. The zero value knows no facts
// and asks the first question.
type Guide struct {
	facts     Facts
	topic     Topic
	phase     Phase
	answers   [AskText]string // in the form they are offered again
	given     [AskText]bool
	drafts    [AskText]string // half typed, not entered
	lines     []string        // of the text
	line      int             // the one asked for now, len(lines) for a new one
	tail      string          // half typed beneath the last line
	texted    bool            // the text was ended
	own       bool            // "another ...": nothing is offered
	returning bool            // one answer is changed, then it is looked over again
	stepping  bool
	doubt     doubt
	wrong     wrong
}

// Facts are what is known before the first question. Every part may be absent.
type Facts struct {
	To      string // the recipient the user came with
	Route   Route
	Hello   string // this computer's full name, or its address in [ ]
	From    string // the sender from the settings; "<>" is the null sender
	Sample  bool   // From is made up, for practice
	Subject string // in place of the usual one
	Text    string
	TLS     Policy // "" is Auto
	SignIn  SignIn // zero: without
}

// sampleSender is nobody's address (RFC 2606).
const sampleSender = "helpdesk@example.org"

// ForPractice returns the facts with a sender that is made up, unless they have
// one: nobody needs an address of their own to practise.
func (f Facts) ForPractice() Facts {
	if f.From == "" {
		f.From, f.Sample = sampleSender, true
	}
	return f
}

// Route is where mail for a domain goes, in plain values. One without a domain
// was named by the user and serves every recipient.
type Route struct {
	Domain   string
	Provider string   // "Yahoo", "" when not known
	Servers  []Server // in the order to be tried; one name may stand several times
	Chosen   int      // index of the one to be offered
	Problem  string   // one sentence, where no server was found
}

// Server is one that can be talked to.
type Server struct {
	Name    string
	Address string // "" when the name has still to be looked up
	Port    uint16
}

// String returns name:port.
func (s Server) String() string { return net.JoinHostPort(s.Name, strconv.Itoa(int(s.Port))) }

// Topic is what is asked. The subject and the text are one question in two
// parts.
type Topic uint8

// The topics, in the order they are asked.
const (
	AskTo Topic = iota
	AskServer
	AskName
	AskFrom
	AskSubject
	AskText
	AskLook
)

// Number is the number of a topic's question, 1 to 6.
func (t Topic) Number() int {
	if t >= AskText {
		return int(t)
	}
	return int(t) + 1
}

func (t Topic) key() string {
	return [...]string{"to", "server", "hello", "from", "subject", "text", "look"}[t]
}

// Phase is how the questions stand.
type Phase uint8

// The phases. Asking is the zero value.
const (
	Asking    Phase = iota
	Confirmed       // y was said: Plan may be carried out
	ByHand          // 0 was said: Line goes into the prompt, the user goes on alone
)

// NewGuide returns the questions with nothing answered.
func NewGuide(facts Facts) Guide {
	g := Guide{facts: facts}
	if facts.Text != "" {
		g.lines = textLines(strings.TrimRight(facts.Text, "\r\n"))
		g.line = len(g.lines)
	}
	return g
}

// Topic returns what is asked now.
func (g Guide) Topic() Topic { return g.topic }

// Phase returns how the questions stand.
func (g Guide) Phase() Phase { return g.phase }

// Stepping reports whether the talk is to pause at each line. By default it
// goes on by itself once y was said.
func (g Guide) Stepping() bool { return g.stepping }

// Server returns the server chosen, the zero value before that.
func (g Guide) Server() Server {
	if !g.given[AskServer] {
		return Server{}
	}
	return g.server(g.answers[AskServer])
}

// server reads an answer that was checked, and knows the address where the
// route does.
func (g Guide) server(answer string) Server {
	for _, known := range g.servers() {
		if strings.EqualFold(known.String(), answer) {
			return known
		}
	}
	parsed, err := address.ParseServer(answer, defaultPort)
	if err != nil {
		return Server{}
	}
	server := Server{Name: parsed.Host, Port: parsed.Port}
	if parsed.IP.IsValid() {
		server.Address = parsed.IP.String()
	}
	return server
}

// complete reports whether there is nothing left to ask.
func (g Guide) complete() bool {
	return g.texted && !slices.Contains(g.given[:], false)
}
