package plain

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// look is what came of a look-up.
type look struct {
	route   *verdict.Route
	targets []probe.Target
	// evidence is what was called to see whose a silence is.
	evidence []verdict.Try
}

// lookUp asks where mail for a domain goes; nil when the run ended meanwhile.
func (f *front) lookUp(domain address.Domain) *verdict.Route {
	found := f.search(domain.ASCII, func(ctx context.Context) look {
		return look{route: f.config.Way.Route(ctx, domain.ASCII, true)}
	})
	return found.route
}

// lookUpServer asks for the addresses of a server.
func (f *front) lookUpServer(server address.Server) []probe.Target {
	found := f.search(server.Host, func(ctx context.Context) look {
		targets, route := f.config.Way.ServerTargets(ctx, server.Host, server.Port, f.config.Implicit)
		return look{route: route, targets: targets}
	})
	if found.route != nil && len(found.targets) == 0 {
		f.failed(subject{target: address.Target{Domain: address.Domain{ASCII: server.Host}}, route: found.route})
	}
	return found.targets
}

// search asks the DNS beside the loop, so that the wait can be ended.
func (f *front) search(name string, ask func(context.Context) look) look {
	ctx, stop := context.WithCancel(f.life)
	defer stop()
	answer := make(chan look, 1)
	f.looked, f.look = answer, nil
	go func() { answer <- ask(ctx) }()
	f.waitFor(say("await dns", "host", name))
	f.await(func() bool { return f.look != nil || f.looked == nil })
	found := f.look
	f.look, f.looked = nil, nil
	if found == nil {
		return look{}
	}
	return *found
}

// tellRoute prints where the mail goes, with a number before each address.
func (f *front) tellRoute() {
	route, domain := f.about.route, f.about.target.Domain.Unicode
	if route.Failure != "" || route.Null {
		f.failed(f.about)
		return
	}
	if route.Implicit {
		f.page.line(say("implicit", "domain", domain))
	} else {
		f.page.line(sayCount("route", len(route.Hosts), "domain", domain, "n", strconv.Itoa(len(route.Hosts)), "provider", provider(route)))
	}
	n := 0
	for i, host := range route.Hosts {
		for _, addr := range host.Addresses {
			n++
			f.page.line(say("choice", "n", strconv.Itoa(n), "text", host.Name+", "+addr.String(), "remark", order(route.Hosts, i)))
		}
		for _, note := range host.Notes {
			f.page.line(say("note", "text", host.Name+": "+note.Text))
		}
	}
	for _, note := range route.Notes {
		f.page.line(say("note", "text", note.Text))
	}
	f.tellWhoAnswered()
	if f.config.Paper != "" {
		f.page.line(f.config.Paper)
	}
}

// failed prints why a look-up led nowhere.
func (f *front) failed(about subject) {
	f.lost = about
	said, _ := about.judge()
	f.verdict(said)
}

// judge returns the verdict on a look-up that led nowhere.
func (s subject) judge() (verdict.Verdict, int) {
	said, exit := verdict.Of(verdict.Facts{Target: s.target.Domain.ASCII, Domain: s.target.Domain.ASCII, Route: s.route})
	said = said.Short()
	return said, exit
}

func (f *front) tellWhoAnswered() {
	server := f.about.route.Server
	if server.Address == "" {
		return
	}
	name := server.Address
	if server.Name != "" {
		name = server.Name + ", " + server.Address
	}
	key := "asked"
	if f.about.route.Authoritative {
		key = "asked authoritative"
	}
	f.page.line(say(key, "server", name, "took", took(time.Duration(f.about.route.Took))))
}

// provider words who runs all the servers, "" when they are not of one hand.
func provider(route *verdict.Route) string {
	name := oneProvider(route)
	if name == "" {
		return ""
	}
	return say("at provider", "provider", name)
}

func oneProvider(route *verdict.Route) string {
	for _, host := range route.Hosts {
		if host.Provider != route.Hosts[0].Provider {
			return ""
		}
	}
	if len(route.Hosts) == 0 {
		return ""
	}
	return route.Hosts[0].Provider
}

// order puts a preference into words: equal ones share the first's.
func order(hosts []verdict.Host, i int) string {
	if hosts[i].Preference == hosts[0].Preference {
		return say("first")
	}
	return say("then")
}

// scripted returns the route as a guided send wants it.
func (s subject) scripted() script.Route {
	route := script.Route{Chosen: s.chosen}
	if s.target.Kind != address.KindServer {
		route.Domain = s.target.Domain.ASCII
	}
	if s.route != nil {
		route.Provider = oneProvider(s.route)
	}
	for _, target := range s.targets {
		route.Servers = append(route.Servers, script.Server{Name: target.Host, Address: target.Addr.Addr().String(), Port: target.Addr.Port()})
	}
	if s.route != nil && len(s.targets) == 0 {
		said, _ := s.judge()
		route.Problem = strings.TrimSpace(said.Sentence)
	}
	return route
}
