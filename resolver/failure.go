package resolver

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"github.com/miekg/dns"
)

// Kind says in a word why a name led nowhere.
type Kind string

// The kinds of failure. That a domain takes no mail (Route.Null) is none.
const (
	NoSuchDomain Kind = "no-such-domain" // DNS knows no such name (NXDOMAIN)
	NoAnswer     Kind = "no-answer"      // no server gave a usable answer: SERVFAIL, REFUSED, silence
	NoAddress    Kind = "no-address"     // no MX and no address, or no mail server with an address
	NoServer     Kind = "no-server"      // no DNS server is known to ask
	BadName      Kind = "bad-name"       // it cannot be a name in DNS; nothing was asked
	Stopped      Kind = "stopped"        // the caller's context was cancelled
)

// Error tells why a name led nowhere. It holds facts; Error puts them into one
// sentence.
type Error struct {
	Kind   Kind
	Name   string // the name asked for, as people read it
	Type   string // the records asked for: "MX", "A and AAAA"; "" when several
	Listed int    // with NoAddress: the mail servers named, 0 when there is no MX
	Tries  []Try  // whom was asked, one a server; empty unless NoAnswer or Stopped
	// Bogus tells that a server which said SERVFAIL to the MX question does
	// answer it when asked not to check the DNSSEC signatures: the server is
	// alive, and what it got did not stand its check (RFC 4035 section 5.5).
	Bogus bool
	Err   error // the error beneath, if any
}

// sayBogus words what Error.Bogus means.
const sayBogus = "the server is alive, but the DNSSEC signatures do not fit (asked not to check them, it answers)"

// Try is one server asked, and why that brought no answer.
type Try struct {
	Server Server
	TCP    bool          // asked over TCP, after a truncated answer
	Rcode  string        // "SERVFAIL", "" when no response came
	Extra  []string      // what the server adds to it (RFC 8914), not sanitised
	Took   time.Duration // until it failed
	Err    error         // when no usable response came
}

// Error puts the failure into one sentence without a full stop.
func (e *Error) Error() string {
	switch e.Kind {
	case NoSuchDomain:
		return fmt.Sprintf("DNS knows no domain %s", e.Name)
	case NoAddress:
		return e.noAddress()
	case NoServer:
		return fmt.Sprintf("no DNS server to ask (%v); name one with --dns", e.Err)
	case BadName:
		return fmt.Sprintf("%q cannot be a domain or host: %v", e.Name, e.Err)
	case Stopped:
		return fmt.Sprintf("looking up %s was stopped", e.Name)
	}
	return fmt.Sprintf("DNS gave no answer about %s: %s", e.Name, e.reason())
}

func (e *Error) noAddress() string {
	switch {
	case e.Listed == 1:
		return fmt.Sprintf("the mail server of %s has no address", e.Name)
	case e.Listed > 1:
		return fmt.Sprintf("none of the %d mail servers of %s has an address", e.Listed, e.Name)
	case e.Type != "":
		return fmt.Sprintf("%s has no address (asked for %s)", e.Name, e.Type)
	}
	return fmt.Sprintf("%s has no MX record and no address", e.Name)
}

// Unwrap returns the error beneath.
func (e *Error) Unwrap() error { return e.Err }

// reason tells what became of the tries.
func (e *Error) reason() string {
	if len(e.Tries) == 0 {
		return fmt.Sprint(e.Err)
	}
	parts := make([]string, len(e.Tries))
	for i, try := range e.Tries {
		parts[i] = try.String()
	}
	text := strings.Join(parts, "; ")
	if e.Bogus {
		return sayBogus + ": " + text
	}
	return text
}

// String tells what became of the try: "192.0.2.53 said SERVFAIL".
func (t Try) String() string {
	if t.Rcode == "" {
		return t.Server.String() + " " + t.fault()
	}
	text := t.Server.String() + " said " + t.Rcode
	if len(t.Extra) > 0 {
		text += fmt.Sprintf(" (%q)", strings.Join(t.Extra, "; "))
	}
	return text
}

// fault puts an error of the network into plain words.
func (t Try) fault() string {
	switch {
	case isTimeout(t.Err):
		return fmt.Sprintf("did not answer within %.1f s", t.Took.Seconds())
	case errors.Is(t.Err, syscall.ECONNREFUSED):
		return "does not serve DNS (connection refused)"
	case errors.Is(t.Err, context.Canceled):
		return "had not answered yet"
	}
	return fmt.Sprintf("could not be used: %v", t.Err)
}

// maxExtra bounds what is kept of a server's own words about an error.
const maxExtra = 256

// extraOf returns the extended errors of a message (RFC 8914), bounded.
func extraOf(m *dns.Msg) []string {
	opt := m.IsEdns0()
	if opt == nil {
		return nil
	}
	var extra []string
	for _, option := range opt.Option {
		ede, ok := option.(*dns.EDNS0_EDE)
		if !ok || len(extra) == 4 {
			continue
		}
		extra = append(extra, extraText(ede))
	}
	return extra
}

func extraText(ede *dns.EDNS0_EDE) string {
	text := dns.ExtendedErrorCodeToString[ede.InfoCode]
	if text == "" {
		text = fmt.Sprintf("error %d", ede.InfoCode)
	}
	if ede.ExtraText != "" {
		text += ": " + ede.ExtraText
	}
	return text[:min(len(text), maxExtra)]
}
