package session

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"time"
)

// Target is the server to talk to.
type Target struct {
	Host     string         // its name, for TLS; "" when only the address is known
	Addr     netip.AddrPort // where to connect
	Implicit bool           // TLS from the first byte (RFC 8314)
}

// Reach opens a connection. The default is a net.Dialer; practice leads paper
// addresses to loopback, a proxy goes its own way.
type Reach func(ctx context.Context, addr netip.AddrPort) (net.Conn, error)

// Options shape a Session. The zero value is that of a person at a screen.
type Options struct {
	Reach    Reach
	Timeouts Timeouts
	TLS      TLS
	// Strict ends the conversation when an answer is overdue, when the server
	// speaks unasked or breaks the form of a reply: what a program wants that
	// acts on answers by itself.
	Strict bool
	// Secrets are known beforehand, such as the password of a sign-in to come:
	// they are hidden from the first event on, in every form.
	Secrets []Secret
	// Digest computes the SHA-256 of each message sent.
	Digest bool
}

// TLS is how an encrypted layer is made and judged.
type TLS struct {
	Name         string            // the name to ask and to check for; default Target.Host
	Roots        *x509.CertPool    // nil: the computer's own list
	Certificates []tls.Certificate // ours, when the server asks for one
	RequireTrust bool              // end the conversation when the certificate is not trusted
}

// Timeouts bound each wait as a whole; zero takes the default.
type Timeouts struct {
	Connect   time.Duration // default 30 s
	Greeting  time.Duration // default 5 min (RFC 5321 section 4.5.3.2.1)
	Handshake time.Duration // default 30 s
	Reply     time.Duration // default 5 min (RFC 5321 sections 4.5.3.2.2 and .3)
	End       time.Duration // the answer to the final dot: default 10 min (RFC 5321 section 4.5.3.2.6)
	Write     time.Duration // one block: default 3 min (RFC 5321 section 4.5.3.2.5)
}

// withDefaults fills what was left zero.
func (t Timeouts) withDefaults() Timeouts {
	def := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	def(&t.Connect, 30*time.Second)
	def(&t.Greeting, 5*time.Minute)
	def(&t.Handshake, 30*time.Second)
	def(&t.Reply, 5*time.Minute)
	def(&t.End, 10*time.Minute)
	def(&t.Write, 3*time.Minute)
	return t
}

// EveryStage returns Timeouts that give each wait the same time.
func EveryStage(d time.Duration) Timeouts {
	return Timeouts{Connect: d, Greeting: d, Handshake: d, Reply: d, End: d, Write: d}
}

func (o Options) withDefaults() Options {
	if o.Reach == nil {
		o.Reach = reachDirectly
	}
	o.Timeouts = o.Timeouts.withDefaults()
	return o
}

func reachDirectly(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", addr.String())
}

// longAgo is a deadline that has passed: setting it wakes a blocked read or write.
var longAgo = time.Unix(1, 0)
