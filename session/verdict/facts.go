package verdict

import (
	"net/netip"
	"time"
)

// Facts is all that is known of one target: what was asked, found and
// answered, in plain values. It is the shape of --json: absent parts are left
// out, inside a part every boolean and list is present, names are in snake
// case, times in milliseconds or RFC 3339 UTC.
type Facts struct {
	Target     string      `json:"target"`
	Domain     string      `json:"domain,omitempty"`
	Route      *Route      `json:"route,omitempty"`
	Tries      []Try       `json:"tries,omitempty"`
	Recipients []Recipient `json:"recipients,omitempty"`
	Message    *Message    `json:"message,omitempty"`
	Arrival    *Arrival    `json:"arrival,omitempty"`   // of a look into the recipient's mailbox
	Ourselves  *Ourselves  `json:"ourselves,omitempty"` // of one target that was asked in full
	Verdict    *Verdict    `json:"verdict,omitempty"`
	Exit       int         `json:"exit"`
	Asked      bool        `json:"-"` // about the recipients alone: nothing was to be sent
}

// Route is where mail for a domain goes, as the DNS told it.
type Route struct {
	Server        Server `json:"server"`
	Authoritative bool   `json:"authoritative"`
	Authenticated bool   `json:"authenticated"` // the AD flag: the resolver says it is signed
	Implicit      bool   `json:"implicit"`      // no MX, but an address (RFC 5321 section 5.1)
	Null          bool   `json:"null"`          // takes no mail (RFC 7505)
	Hosts         []Host `json:"hosts"`
	Notes         []Note `json:"notes"`
	Error         string `json:"error,omitempty"`
	Failure       string `json:"-"` // no-domain, dns-failed, no-address; "" when there is a route
	Answered      bool   `json:"-"` // with dns-failed: a server did answer, and it was no (SERVFAIL, REFUSED)
	Took          Millis `json:"-"`
}

// Server is the DNS server that answered.
type Server struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Host is one mail exchanger.
type Host struct {
	Name       string       `json:"name"`
	Preference int          `json:"preference"` // the lowest is tried first
	TTL        int          `json:"ttl_s"`      // seconds
	Addresses  []netip.Addr `json:"addresses"`
	CNAME      string       `json:"cname,omitempty"`
	Provider   string       `json:"provider,omitempty"`
	Notes      []Note       `json:"notes"`
}

// Note is one thing to know of a host or a route.
type Note struct {
	Code string `json:"code"` // alias, not-existing, looks-like-an-address, private-address, no-address
	Text string `json:"text"`
}

// Try is one connection, from its first stage to its last.
type Try struct {
	Host       string              `json:"host"`
	Address    netip.Addr          `json:"address"`
	Port       uint16              `json:"port"`
	Purpose    string              `json:"purpose"` // route, server, matrix, differential
	Stages     []Stage             `json:"stages"`
	Banner     string              `json:"banner,omitempty"`
	Software   string              `json:"software,omitempty"`
	Provider   string              `json:"provider,omitempty"`
	Extensions map[string][]string `json:"extensions,omitempty"`
	TLS        *TLS                `json:"tls,omitempty"`
	Us         Us                  `json:"-"`
}

// Us is how a server met us.
type Us struct {
	Local netip.Addr // our end of the connection; zero where there was none
	Told  netip.Addr // our address in its answer to the hello; mostly zero
	Hello string     // the name we gave
}

// Stage is one step of a Try and what came of it.
type Stage struct {
	Name     StageName `json:"stage"`
	OK       bool      `json:"ok"`
	Took     Millis    `json:"ms"`
	Code     int       `json:"code,omitempty"`
	Enhanced string    `json:"enhanced,omitempty"`
	Text     []string  `json:"text"`            // the server's own words
	Cause    string    `json:"cause,omitempty"` // a session.Why, where no reply tells it
	Next     string    `json:"-"`               // what to do, where the cause is ours and has words of its own
}

// StageName is one step of a talk: dns, connect, greeting, hello, tls, auth,
// mail, rcpt, control, data, end, quit. In JSON the answer to the dot, end, is a
// second data, and that about a made-up name, control, a last rcpt.
type StageName string

// MarshalText writes the name as JSON has it.
func (n StageName) MarshalText() ([]byte, error) {
	switch n {
	case "end":
		n = "data"
	case Control:
		n = "rcpt"
	}
	return []byte(n), nil
}

// TLS is what is known of an encrypted layer.
type TLS struct {
	Version  string    `json:"version"`
	Cipher   string    `json:"cipher"`
	Trusted  bool      `json:"trusted"`
	Names    []string  `json:"names"`
	NotAfter time.Time `json:"not_after"`
	Reason   string    `json:"reason,omitempty"`
	DANE     string    `json:"dane,omitempty"` // what the DNS says of the certificate (RFC 7672); "" was not asked
}

// Recipient is one forward-path with its own answer.
type Recipient struct {
	Address  string `json:"address"`
	Answer   string `json:"answer"` // accepted, not-now, refused, unknown
	Code     int    `json:"code,omitempty"`
	Enhanced string `json:"enhanced,omitempty"`
	Text     string `json:"text,omitempty"`
}

// Message is the mail object that went out.
type Message struct {
	Bytes   int64  `json:"bytes"`
	QueueID string `json:"queue_id,omitempty"`
}

// Millis is a duration that is written as milliseconds.
type Millis time.Duration

// MarshalJSON writes milliseconds with three decimals at most.
func (m Millis) MarshalJSON() ([]byte, error) {
	return appendMillis(nil, time.Duration(m)), nil
}
