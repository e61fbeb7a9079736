package session

import "strings"

// Dialect is all a Session knows of a protocol. Implementations are values
// without state of their own: what a conversation remembers is in its State.
type Dialect interface {
	// Name is the protocol's name in lower case: "smtp".
	Name() string
	// ServerFirst reports whether the server speaks first (a greeting).
	ServerFirst() bool
	// Start is the State before anything was said or heard.
	Start() State
	// Parse reads a typed line, without line end, in the light of the State
	// it will meet. It never fails: what it cannot read has the Verb Unreadable.
	Parse(line string, state State) Command
	// Encode returns what goes out at once, line ends included, and what is
	// held back until the server says GoOn (a literal).
	Encode(Command) (first, rest []byte)
	// Joins reports whether next may go out in the same write as before, which
	// stands just in front of it and has no answer yet.
	Joins(before, next Command) bool
	// Frame returns a collector for the next reply.
	Frame(State) Framer
}

// Framer gathers the lines of one reply.
type Framer interface {
	// Wants is the number of bytes of a literal that come next; 0 asks for a line.
	Wants() int
	// Take adds a line without its line end (or a literal) and what was wrong
	// with its form; it reports whether the reply is whole.
	Take(line []byte, flaws Flaw) bool
	// Reply returns what was gathered.
	Reply() Reply
}

// Effect is what a command asks of the connection beneath the conversation,
// or of the owner of the socket.
type Effect uint8

// The effects. EffectNone is the zero value.
const (
	EffectNone    Effect = iota
	EffectUpgrade        // a Yes to it starts TLS: STARTTLS (RFC 3207), STLS
	EffectPayload        // a GoOn to it asks for the message: DATA
	EffectText           // a line of the message: nothing answers it
	EffectEnd            // the end of the message: the dot
	EffectQuit           // a Yes to it closes: QUIT
)

// Hidden is what eyes see in place of a secret.
const Hidden = "<hidden>"

// Unreadable is the Verb of a line that is no command of the protocol's form.
const Unreadable = "?"

// Command is one line of the client, read. The zero Command stands for the
// greeting: what the server says before any command.
type Command struct {
	Verb    string   // upper case: "MAIL"; "." ends a message; Unreadable when it has none
	Arg     string   // what follows the verb, blanks trimmed; Hidden where it is a secret
	Line    string   // as typed, without line end; secrets replaced unless it is on its way to the wire
	Secrets []string // the values hidden in Line, as typed; nil once it has passed Shown
	Effect  Effect
	Answers int // replies that answer it: 1, 0 for a line of the message, n for LMTP's dot
}

// Shown returns the command as events, State and eyes may see it: every
// secret replaced by Hidden, where it stands last: a short one that is also a
// part of the verb would be told by the gap it leaves there.
func (c Command) Shown() Command {
	for _, secret := range c.Secrets {
		c.Line = hideLast(c.Line, secret)
		c.Arg = hideLast(c.Arg, secret)
	}
	c.Secrets = nil
	return c
}

func hideLast(text, secret string) string {
	at := strings.LastIndex(text, secret)
	if at < 0 {
		return text
	}
	return text[:at] + Hidden + text[at+len(secret):]
}

// State is where a conversation stands: a value, folded from what was really
// on the wire by Sent and Heard, which are pure. It never holds a secret.
type State interface {
	// Sent folds a command that has gone out.
	Sent(Command) State
	// Heard folds a whole reply.
	Heard(Reply) State
	// Encrypted folds the start of TLS: what the server offered is forgotten
	// (RFC 3207 section 4.2).
	Encrypted() State
	// Awaiting returns the oldest command whose answer is not whole yet. The
	// zero Command with true is the greeting.
	Awaiting() (Command, bool)
	// Outstanding counts the replies still to come.
	Outstanding() int
	// SecretNext reports whether the next line typed is a secret (an answer
	// to a challenge).
	SecretNext() bool
	// InPayload reports whether the server waits for a message: lines typed
	// are its text.
	InPayload() bool
	// Ladder tells how far the conversation has come.
	Ladder() Ladder
}

// Step is how one rung of a ladder stands.
type Step uint8

// The steps. Ahead is the zero value.
const (
	Ahead   Step = iota // not reached yet
	Done                // taken
	Skipped             // passed by, or not offered
)

// Rung is one stage of a protocol with how it stands.
type Rung struct {
	Name string // "HELLO"
	Step Step
}

// Ladder is the row of stages of a protocol and where the talk stands in it.
type Ladder struct {
	Rungs   []Rung
	At      int  // index of the rung to be taken next
	Refused bool // the server said no at this rung
}
