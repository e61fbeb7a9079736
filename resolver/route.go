package resolver

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Bounds on what a Route keeps of what strangers publish.
const (
	MaxHosts     = 100 // mail servers, those tried first
	MaxAddresses = 64  // addresses of one mail server
)

// Route is where mail for a domain goes, and who said so. It is a plain value.
type Route struct {
	Domain  string // as asked, in ASCII: "xn--mller-kva.example"
	Unicode string // as people read it: "müller.example"
	Hosts   []Host // in the order of trying; equal preferences as they came
	// Implicit tells that there is no MX, but an address: the domain itself
	// is its one mail server (RFC 5321 section 5.1).
	Implicit bool
	Null     bool   // the domain says that it takes no mail (RFC 7505); no Hosts
	Literal  bool   // the domain is an address, or localhost: nothing was asked
	CNAME    string // the name the domain is an alias of, "" when it is none
	// Authoritative is the AA flag of the answer to the MX question: the
	// server spoke for its own zone and not from its cache.
	Authoritative bool
	// Authenticated is the AD flag: the server says that it checked the
	// DNSSEC signatures. It is worth as much as the way to that server.
	Authenticated bool
	Server        Server        // who answered; zero when nobody was asked
	Took          time.Duration // how long the answer to the MX question took
	TTL           time.Duration // how long the answer may be kept; 0 is unknown
	Notes         []Note
}

// Source tells where the addresses of a host are from.
type Source string

// The sources of addresses.
const (
	FromDNS     Source = "dns"
	FromHosts   Source = "hosts"   // the hosts file of this computer
	FromLiteral Source = "literal" // it was an address already
	FromRule    Source = "rule"    // localhost (RFC 6761 section 6.3)
)

// Host is one mail server of a route.
type Host struct {
	Name       string        // in ASCII, lower case, without the last dot
	Preference uint16        // lowest first; 0 when implicit
	TTL        time.Duration // of its MX record, or of its addresses when it has none
	// Addresses are in the order in which the server gave them, IPv4 first.
	Addresses []netip.Addr
	CNAME     string // the name it is an alias of, "" when it is none
	Source    Source
	Took      time.Duration // how long the addresses took
	Missing   bool          // the name does not exist
	// Failure tells why its addresses are not, or not all, known: DNS gave
	// no answer. Nil when they are.
	Failure *Error
	Notes   []Note
}

// routeOf folds the answer to an MX question into a route whose hosts have no
// addresses yet.
func routeOf(name Name, mx answer) Route {
	route := Route{
		Domain: name.ASCII, Unicode: name.Unicode, CNAME: mx.alias(),
		Authoritative: mx.authoritative, Authenticated: mx.authenticated,
		Server: mx.server, Took: mx.took, TTL: mx.ttl(),
	}
	if name.Unicode != name.ASCII {
		route.note(noteInternational, name.Unicode, name.ASCII)
	}
	if route.CNAME != "" {
		route.note(noteDomainAlias, name.Unicode, route.CNAME)
	}
	if len(mx.extra) > 0 {
		route.note(noteExtra, strings.Join(mx.extra, "; "))
	}
	if !mx.exists {
		return route
	}
	if len(mx.records) == 0 {
		route.Implicit = true
		route.Hosts = []Host{{Name: name.ASCII, Source: FromDNS}}
		return route
	}
	route.exchangers(mx.records)
	return route
}

// exchangers fills the hosts from MX records.
func (r *Route) exchangers(records []dns.RR) {
	nulls := 0
	for _, record := range records {
		mx, ok := record.(*dns.MX)
		switch {
		case !ok, mx.Mx == "":
		case mx.Mx == ".":
			nulls++
		default:
			r.Hosts = append(r.Hosts, Host{
				Name: plain(mx.Mx), Preference: mx.Preference,
				TTL: seconds(mx.Hdr.Ttl), Source: FromDNS,
			})
		}
	}
	r.Hosts = inOrder(r.Hosts)
	r.Null = nulls > 0 && len(r.Hosts) == 0
	if nulls > 0 && !r.Null {
		r.note(noteNullAmong)
	}
	if more := len(r.Hosts) - MaxHosts; more > 0 {
		r.note(noteTooMany, len(r.Hosts), MaxHosts)
		r.Hosts = r.Hosts[:MaxHosts]
	}
}

// inOrder sorts hosts by preference, leaving equal ones as they came, and
// drops repetitions.
func inOrder(hosts []Host) []Host {
	if len(hosts) < 2 {
		return hosts
	}
	slices.SortStableFunc(hosts, func(a, b Host) int { return int(a.Preference) - int(b.Preference) })
	type key struct {
		name       string
		preference uint16
	}
	seen := make(map[key]bool, len(hosts))
	return slices.DeleteFunc(hosts, func(h Host) bool {
		this := key{h.Name, h.Preference}
		again := seen[this]
		seen[this] = true
		return again
	})
}

// local is the route of a domain that needs no question.
func (r Route) local(host Host) (Route, error) {
	r.Literal = true
	r.Hosts = []Host{host}
	return r.settle()
}

// settle closes a route whose hosts have been filled and tells whether mail
// has anywhere to go.
func (r Route) settle() (Route, error) {
	var failed *Error
	reached := false
	for i := range r.Hosts {
		host := &r.Hosts[i]
		if r.Implicit {
			host.CNAME = "" // it is the route's
		}
		host.judge()
		reached = reached || len(host.Addresses) > 0
		if failed == nil {
			failed = host.Failure
		}
	}
	switch {
	case reached && r.Implicit:
		r.note(noteImplicit, r.Unicode)
		r.TTL = r.Hosts[0].TTL
		return r, nil
	case reached, r.Null:
		return r, nil
	}
	return r.stranded(failed)
}

// stranded ends a route that leads nowhere. It is implicit no more, so that
// nobody connects to a domain whose address DNS did not tell.
func (r Route) stranded(failed *Error) (Route, error) {
	if r.Implicit {
		r.Implicit, r.Hosts = false, nil
	}
	if failed != nil {
		return r, failed
	}
	return r, &Error{Kind: NoAddress, Name: r.Unicode, Listed: len(r.Hosts)}
}
