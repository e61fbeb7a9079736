package session

import (
	"net/netip"
	"time"
)

// Event is something that happened, with its time. Events are already
// redacted: no event holds a secret. They come out of Next in the order in
// which things happened.
type Event interface {
	When() time.Time
}

// Stamp is the time of an event, embedded in each.
type Stamp struct{ At time.Time }

// When returns the time of the event.
func (s Stamp) When() time.Time { return s.At }

// Stage is one step of reaching a server.
type Stage string

// The stages of a connection, in their order.
const (
	StageDNS      Stage = "dns"
	StageConnect  Stage = "connect"
	StageGreeting Stage = "greeting"
	StageHello    Stage = "hello"
	StageTLS      Stage = "tls"
)

// The events.
type (
	// Began tells that a stage of the connection is under way.
	Began struct {
		Stamp
		Stage Stage
		Addr  netip.AddrPort
	}
	// Passed tells that a stage of the connection is done.
	Passed struct {
		Stamp
		Stage Stage
		Addr  netip.AddrPort // the far end as it is to be shown
		Local netip.AddrPort // our end; set once connected
		Took  time.Duration
		TLS   *Encryption // set when Stage is StageTLS
		State State
	}
	// Said tells that a line has gone out.
	Said struct {
		Stamp
		ID      ID // what Send returned for it; 0 when the session said it itself
		Command Command
		Stuffed bool // a line of a message whose leading dot was doubled
		State   State
	}
	// Heard is a batch of lines of one reply, as they arrived.
	Heard struct {
		Stamp
		To      Command // the command they answer; zero for the greeting
		Lines   []HeardLine
		Unasked bool // nothing was outstanding
		Late    bool // the wait for this answer had been given up
		// Block is set, and Lines are not, in the midst of a long reply. Both
		// are in All.
		Block *Block
	}
	// Answered tells that a reply is whole.
	Answered struct {
		Stamp
		Reply   Reply
		To      Command       // the command it answers; zero for the greeting
		ToID    ID            // what Send returned for that command
		Took    time.Duration // since the command went out
		Unasked bool
		Late    bool
		State   State
	}
	// Endless tells, once for each, that the reply that is coming in has more
	// than EndlessLines or EndlessBytes. A strict conversation ends then.
	Endless struct {
		Stamp
		Lines, Bytes int // so far
	}
	// Overdue tells that an answer has not come within its time. The wait
	// goes on, and so does a conversation that is not strict.
	Overdue struct {
		Stamp
		To     Command
		Waited time.Duration
	}
	// GaveUp tells that a wait was stopped by StopWaiting.
	GaveUp struct {
		Stamp
		To Command
	}
	// BodyBegan tells that a message is on its way.
	BodyBegan struct {
		Stamp
		ID     ID
		Length int64 // -1 when unknown
	}
	// BodyMoved tells how far a message is, ten times a second at most.
	BodyMoved struct {
		Stamp
		Bytes, Length int64
	}
	// BodyEnded tells that the last byte before the final dot has gone out,
	// or that sending stopped.
	BodyEnded struct {
		Stamp
		ID       ID
		Bytes    int64
		SHA256   string // hex; "" unless Options.Digest
		Head     []byte // the first MaxHead bytes, as they went out
		Finished bool   // false: stopped before the end, the dot was not sent
	}
	// Returned gives back the lines that were queued and never said.
	Returned struct {
		Stamp
		Lines []string // in order; secrets replaced
	}
	// Ended tells that the conversation is over. It is the last event.
	Ended struct {
		Stamp
		Cause *Cause // nil when it was ended as asked (QUIT, Close)
		State State
	}
)

// HeardLine is one line of the server.
type HeardLine struct {
	Text  string // without line end, at most MaxLine bytes
	Cut   int    // bytes beyond MaxLine, not kept
	Flaws Flaw
	First bool // the first line of its reply
}

// MaxHead is how many bytes of a message are kept to be shown.
const MaxHead = 64 << 10

// Encryption is what is known of a TLS layer.
type Encryption struct {
	Version  string   // "TLS 1.3"
	Cipher   string   // "TLS_AES_128_GCM_SHA256"
	Trusted  bool     // the chain leads to a trusted root, the name fits, and nothing in it is weak
	Reason   string   // why it is not trusted, in plain words: the first of Faults
	Names    []string // the names and addresses of the certificate
	Issuer   string
	NotAfter time.Time
	Server   string // the name, or address, it was held against

	NotBefore    time.Time
	Chain        []Certificate // as shown, the server's own first, at most MaxChain
	Dropped      int           // links beyond MaxChain, not kept
	Faults       []Fault       // all that is wrong; none when Trusted
	AskedForOurs bool          // the server asked for a certificate of ours
	ShowedOurs   bool          // and it was shown one
	Binding      Binding
}

// Binding is what both ends of a TLS layer know and nobody between them: a
// sign-in can be tied to it (RFC 5056). The zero value is none.
type Binding struct {
	Type string // "tls-exporter" (RFC 9266), below TLS 1.3 "tls-unique" (RFC 5929)
	Data []byte
}
