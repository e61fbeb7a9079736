package script

import (
	"slices"
	"strings"

	"ehlo/session/address"
)

// Servers listen here for mail from other servers (RFC 5321 section 4.5.4.2).
const defaultPort = 25

// maxServers leaves one digit for a server that is typed.
const maxServers = 8

// Lookup returns the domain whose mail servers are not known yet, "" when
// there is none. Hand them in by WithRoute.
func (g Guide) Lookup() string {
	to, _ := g.recipient()
	if to.Domain.IP.IsValid() || g.fits() {
		return ""
	}
	return to.Domain.ASCII
}

// WithRoute returns the guide with another route.
func (g Guide) WithRoute(route Route) Guide {
	g.facts.Route = route
	return g
}

// recipient is the one that was answered, else the one the user came with.
func (g Guide) recipient() (address.Address, error) {
	if g.given[AskTo] {
		return address.Parse(g.answers[AskTo])
	}
	return address.Parse(g.facts.To)
}

// fits reports whether the route serves the recipient.
func (g Guide) fits() bool {
	route := g.facts.Route
	if route.Domain == "" {
		return len(route.Servers) > 0
	}
	to, err := g.recipient()
	return err == nil && (strings.EqualFold(route.Domain, to.Domain.ASCII) || strings.EqualFold(route.Domain, to.Domain.Unicode))
}

// servers lists what can be chosen, each name once.
func (g Guide) servers() []Server {
	to, _ := g.recipient()
	if ip := to.Domain.IP; ip.IsValid() && g.facts.Route.Domain != "" {
		return []Server{{Name: ip.String(), Address: ip.String(), Port: defaultPort}}
	}
	if !g.fits() {
		return nil
	}
	var all []Server
	for i, server := range g.facts.Route.Servers {
		at := slices.IndexFunc(all, func(s Server) bool { return strings.EqualFold(s.String(), server.String()) })
		switch {
		case at < 0:
			all = append(all, server)
		case i == g.facts.Route.Chosen:
			all[at] = server
		}
	}
	return all[:min(len(all), maxServers)]
}

func (g Guide) usualServer() string {
	servers, route := g.servers(), g.facts.Route
	if len(servers) == 0 {
		return ""
	}
	if chosen := route.Chosen; g.fits() && chosen > 0 && chosen < len(route.Servers) {
		return route.Servers[chosen].String()
	}
	return servers[0].String()
}

// forgetServer asks for the server again when the answer belongs to the route
// of another domain. One that was typed is offered again.
func (g Guide) forgetServer(before []Server) Guide {
	if !g.given[AskServer] || slices.Equal(before, g.servers()) {
		return g
	}
	answer := g.answers[AskServer]
	g.given[AskServer], g.answers[AskServer] = false, ""
	if !slices.ContainsFunc(before, func(s Server) bool { return s.String() == answer }) {
		g.drafts[AskServer] = answer
	}
	return g
}
