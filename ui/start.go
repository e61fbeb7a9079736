package ui

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"ehlo/resolver"
	dnspractice "ehlo/resolver/practice"
	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/practice/postbox"
	"ehlo/session/probe"
)

// Practice is a set of built-in servers on loopback, one for DNS and one for
// mail, that play a scenario, and the mailbox of what was taken. The first two
// know nothing of each other: names and addresses are joined here.
type Practice struct {
	Scenario practice.Scenario
	Mail     *practice.Server
	Mailbox  *postbox.Server
	dns      *dnspractice.Server
	shown    netip.Addr // the address that the DNS server plays
}

// StartPractice starts the servers of a scenario; they end with the context or
// with Close. With local set, the DNS answers loopback addresses in place of
// the paper ones, for programs that know of no practice.
func StartPractice(ctx context.Context, scenario practice.Scenario, local bool) (*Practice, error) {
	zone, err := zoneFor(scenario)
	if err != nil {
		return nil, err
	}
	p := &Practice{Scenario: scenario, Mail: practice.New(scenario), shown: zone.Shown}
	if local {
		zone = zone.Readdress(p.local)
	}
	p.dns = &dnspractice.Server{Zone: zone}
	if err := p.dns.Start(ctx); err != nil {
		return nil, err
	}
	if err := p.Mail.Start(ctx); err != nil {
		p.dns.Close()
		return nil, err
	}
	p.Mailbox = postbox.New(p.Mail)
	if err := p.Mailbox.Start(ctx); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// local is where on this computer a program that knows of no practice finds
// what stands at a paper address. All share one port number, so an address of
// its own whose door is shut is put where nobody listens.
func (p *Practice) local(paper netip.Addr) netip.Addr {
	port, ok := p.Scenario.PortAt(netip.AddrPortFrom(paper, smtpPort))
	if ok && port.Address.IsValid() && (port.Door == practice.DoorRefuse || port.Door == practice.DoorNeverAnswer) {
		return netip.AddrFrom4([4]byte{127, 0, 0, 2})
	}
	return dnspractice.Loopback(paper)
}

// smtpPort is where servers take mail for their domains.
const smtpPort = 25

// Close ends the servers.
func (p *Practice) Close() {
	p.dns.Close()
	p.Mail.Close()
	p.Mailbox.Close()
}

// DNS returns where the DNS server listens.
func (p *Practice) DNS() netip.AddrPort { return p.dns.Addr() }

// Resolver returns a resolver that asks the practice DNS and shows it under
// the address it plays.
func (p *Practice) Resolver() *resolver.Resolver {
	options := resolver.Options{Servers: []string{p.dns.Addr().String()}}
	if p.shown.IsValid() {
		options.ShownAs = map[netip.AddrPort]netip.Addr{p.dns.Addr(): p.shown}
	}
	return resolver.New(options)
}

// Controls are the servers of the scenario that are known to answer.
func (p *Practice) Controls() (servers []address.Server) {
	for _, control := range p.Scenario.Controls {
		if server, err := address.ParseServer(control, smtpPort); err == nil {
			servers = append(servers, server)
		}
	}
	return servers
}

// Reach leads every paper address to its door in the scenario.
func (p *Practice) Reach() session.Reach {
	return func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
		if local, ok := p.Mail.AddrAt(addr); ok {
			addr = local
		} else if !addr.Addr().IsLoopback() {
			// A port that the scenario does not have refuses, on this computer.
			addr = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 1)
		}
		var dialer net.Dialer
		return dialer.DialContext(ctx, "tcp", addr.String())
	}
}

// OffersTLS reports whether the mail server can encrypt; only then does it
// have a certificate to be trusted.
func (p *Practice) OffersTLS() bool {
	for _, port := range p.Scenario.Ports {
		if port.Door == practice.DoorTLS {
			return true
		}
	}
	return slices.Contains(p.Scenario.Offers, "STARTTLS")
}

// Way is how names are looked up and servers reached in practice.
func (p *Practice) Way() (probe.Probe, error) {
	way := probe.Probe{Resolver: p.Resolver(), Options: session.Options{
		Reach: p.Reach(), Timeouts: session.Timeouts{Connect: practicePatience},
	}}
	if !p.OffersTLS() {
		return way, nil
	}
	roots, err := p.Mail.Roots()
	way.Options.TLS.Roots = roots
	return way, err
}

// practicePatience is how long a call waits in practice: what does not come at
// once on one's own computer never comes.
const practicePatience = 10 * time.Second

// zoneFor returns the DNS of a scenario: its own lines, the file of the
// how-to's domain, else one server for the domain it is about.
func zoneFor(scenario practice.Scenario) (*dnspractice.Zone, error) {
	_, domain, _ := strings.Cut(scenario.Target, "@")
	zone := fmt.Sprintf(paperRoute, domain, scenario.Host)
	switch {
	case len(scenario.Zone) > 0:
		zone = strings.Join(scenario.Zone, "\n") + "\n"
	case domain == "catium.com":
		return dnspractice.Load("howto")
	}
	return dnspractice.ParseZone(scenario.Name, paperServer+zone)
}

// paperServer is the name server of every scenario but the how-to's, and
// paperRoute the way to a domain that has no zone of its own. The addresses are
// nobody's (RFC 5737).
const (
	paperServer = `;! server 192.0.2.53
53.2.0.192.in-addr.arpa. 1800 IN PTR ns.practice.example.
ns.practice.example.  1800 IN A   192.0.2.53
`
	paperRoute = `%[1]s. 1800 IN MX 10 %[2]s.
%[2]s. 1800 IN A  192.0.2.25
`
)
