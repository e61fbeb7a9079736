package practice

import (
	"cmp"
	"net/netip"
	"time"
)

// Scenario is what a server plays: a head that tells what it is about, and
// rules that override answers of the state machine. It is read by Parse and
// not to be changed afterwards; copies share their parts.
type Scenario struct {
	Name    string   // one word, lower case, unique: "greylist"
	Title   string   // one line for a list
	Story   []string // what it shows, in paragraphs
	Target  string   // the address a guided run asks about
	Verdict string   // the verdict code a guided run must end in: "not-now"
	Exit    int      // the exit code that goes with it
	Strict  Outcome  // of a message sent without a screen, see OneShot; zero where it is the same
	Check   Outcome  // of a question alone, see Asked; zero where it is the same
	Host    string   // the name the server gives itself
	Names   []string // host names of its certificate; Host when empty
	Client  string   // the address its texts say the client comes from
	Banner  []string // the greeting, whole lines
	Offers  []string // the lines of its EHLO answer after the first, without code
	Ports   []Port   // what a call finds; port 25 that listens when empty
	// Controls are servers known to answer, "host:port", that are called to see
	// whose a silence is.
	Controls []string
	Zone     []string // the DNS around it, lines of a zone file; empty: one MX host at one address

	NeedTLS  bool // MAIL is answered 530 before STARTTLS
	NeedAuth bool // MAIL is answered 530 before a sign-in

	bulk  []suspicion
	users map[string]string // passwords by user name
	rules []rule
}

// Outcome is what a run ends in.
type Outcome struct {
	Verdict string // a verdict code: "connection-lost"
	Exit    int
}

// OneShot returns what a message sent without a screen ends in, by a command
// that waits three seconds at each stage: it gives up where a person would wait,
// and acts on no answer that is against the protocol.
func (s *Scenario) OneShot() Outcome { return cmp.Or(s.Strict, Outcome{s.Verdict, s.Exit}) }

// Asked is OneShot for a question about the recipient alone: what comes after
// it is not met.
func (s *Scenario) Asked() Outcome { return cmp.Or(s.Check, s.OneShot()) }

// Port is one door of a scenario: its number on paper and what a call finds.
type Port struct {
	Number  int // 25, 465, 587
	Door    Door
	Address netip.Addr // the paper address that has this door; the zero Addr: any other
}

// Door is what a call to a port finds.
type Door string

// The doors.
const (
	DoorListen      Door = "listen"       // a server, in clear text
	DoorTLS         Door = "tls"          // a server that begins with TLS (RFC 8314)
	DoorRefuse      Door = "refuse"       // nothing listens: the call is refused
	DoorNeverAnswer Door = "never-answer" // the call is dropped (elsewhere than on Linux: taken, then silence)
)

// PortAt returns what a call to a paper address finds: a door of this very
// address before one of any; false when the scenario has no such port.
func (s *Scenario) PortAt(paper netip.AddrPort) (found Port, ok bool) {
	for _, port := range s.ports() {
		switch {
		case port.Number != int(paper.Port()):
		case port.Address == paper.Addr():
			return port, true
		case !port.Address.IsValid() && !ok:
			found, ok = port, true
		}
	}
	return found, ok
}

// ports returns the ports of the scenario: 25 when it names none.
func (s *Scenario) ports() []Port {
	if len(s.Ports) == 0 {
		return []Port{{Number: 25, Door: DoorListen}}
	}
	return s.Ports
}

// suspicion is a reason to file a message as bulk.
type suspicion string

const (
	suspectNoFrom      suspicion = "no-from"       // no From field (RFC 5322 section 3.6)
	suspectNoEmptyLine suspicion = "no-empty-line" // the text runs into the header
	suspectNullSender  suspicion = "null-sender"   // MAIL FROM:<>
)

// rule overrides the answer to a verb.
type rule struct {
	verb     string // upper case; "CONNECT", "BODY" and "." stand for moments without one
	pattern  string // of the argument, * for any run of characters; "" takes any
	from, to int    // counted per argument, from 1; 0 has no bound
	after    int64  // BODY only: bytes of the message that must have come
	steps    []step
}

// step is one thing a rule does, in order.
type step struct {
	does  action
	lines []string      // of actReply
	raw   string        // of actRaw, actRepeat
	times int           // of actRepeat; 0 is without end
	pause time.Duration // of actDelay, actDrip
}

type action uint8

const (
	actReply     action = iota // say lines
	actRaw                     // write bytes as they are
	actDelay                   // wait
	actDrip                    // from here on say one byte at a time
	actSilence                 // say nothing any more, until the client leaves
	actHangUp                  // close
	actReset                   // close with RST
	actRepeat                  // write bytes again and again
	actNoAnswer                // leave out the usual answer
	actDeaf                    // say nothing and read nothing any more
	actHalfClose               // end what we say, and listen on
)

// code returns the reply code the rule answers with, 0 when it leaves the
// answer to the state machine.
func (r rule) code() int {
	for _, step := range r.steps {
		if step.does == actReply {
			return codeOf(step.lines[0])
		}
	}
	return 0
}

// ends reports whether the rule leaves nothing to say after it.
func (r rule) ends() bool {
	switch last := r.steps[len(r.steps)-1]; last.does {
	case actSilence, actHangUp, actReset, actNoAnswer, actDeaf, actHalfClose:
		return true
	case actRepeat:
		return last.times == 0
	}
	return false
}

// codeOf reads the code of a reply line that is known to have one.
func codeOf(line string) int {
	return int(line[0]-'0')*100 + int(line[1]-'0')*10 + int(line[2]-'0')
}
