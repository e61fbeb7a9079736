// Package resolver finds out where mail for a domain goes: its MX records,
// their addresses, and who said so.
//
//	r := resolver.New(resolver.Options{})
//	route, err := r.Route(ctx, "catium.com")
//	for _, host := range route.Hosts {
//		fmt.Println(host.Preference, host.Name, host.Addresses)
//	}
//
// A stub resolver of its own is needed because the one of the standard library
// hides what a person at the screen asks for: times to live, the AA and AD
// flags, the response code, and which server answered.
//
// One question goes to the first server; when that says nothing for a while,
// to the next, while the first is still listened to. A server that refuses or
// fails is passed over at once. Only a proper answer counts (RFC 2308): that
// the name does not exist, that it has no such record, or the records. All
// else is a failure, and a failure is never taken for "no MX": mail would go
// to the wrong place.
//
//	RFC 1035  messages, UDP and TCP          RFC 6891  EDNS(0)
//	RFC 2308  negative answers               RFC 6840  the AD flag, asked for
//	RFC 5321  section 5.1, MX and order      RFC 7505  null MX
//	RFC 6761  localhost                      RFC 8914  extended errors
//	RFC 5891  international names            RFC 2181  section 10.3, no alias
package resolver

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"
)

// The default times of Options.
const (
	DefaultTimeout  = 5 * time.Second
	DefaultPatience = 1500 * time.Millisecond
)

// Options say whom to ask and how long. The zero value asks the servers the
// system is set up with.
type Options struct {
	// Servers are asked in this order, each "host", "host:port", "[v6]:port"
	// or a bare address; the port is 53 unless given. Empty means the servers
	// of the system, read when the first question is asked.
	Servers []string
	// ShownAs gives a server another address for eyes: Server.Shown and
	// ServerName follow it, packets do not. Practice needs it, whose server
	// is on loopback and plays another. Nil shows every server as it is.
	ShownAs map[netip.AddrPort]netip.Addr
	// Timeout bounds one question over all servers; 0 means DefaultTimeout.
	Timeout time.Duration
	// Patience is how long a server may be silent before the next is asked
	// too; 0 means DefaultPatience.
	Patience time.Duration
	// Overall bounds a whole Route, Addresses or Reverse; 0 means three
	// times Timeout.
	Overall time.Duration
	// IPv4Only and IPv6Only ask for addresses of one family; with both or
	// neither, of both.
	IPv4Only, IPv6Only bool
	// Dial opens "udp" and "tcp" connections to servers; nil means a plain
	// net.Dialer.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// ResolvConf and HostsFile are read in place of the system's own files;
	// "" means those.
	ResolvConf, HostsFile string
}

// Resolver asks DNS servers. It may be used by several goroutines at once and
// keeps no answers.
type Resolver struct {
	options Options
	lines   lines
	own     bool // Options.Dial was given: each question has a connection of its own

	mu    sync.Mutex
	known system // what the system is set up with, once it was read
	ready bool
}

// New returns a Resolver. It does no IO: files of the system are read when the
// first question is asked.
func New(options Options) *Resolver {
	options.Timeout = either(options.Timeout, DefaultTimeout)
	options.Patience = either(options.Patience, DefaultPatience)
	options.Overall = either(options.Overall, 3*options.Timeout)
	if options.IPv4Only && options.IPv6Only {
		options.IPv4Only, options.IPv6Only = false, false
	}
	own := options.Dial != nil
	if !own {
		options.Dial = new(net.Dialer).DialContext
	}
	return &Resolver{options: options, own: own}
}

func either(given, otherwise time.Duration) time.Duration {
	if given > 0 {
		return given
	}
	return otherwise
}
