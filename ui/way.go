package ui

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/address"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// routeCame shows where mail goes.
func (m *Model) routeCame(msg routeFound) {
	if msg.serial != m.query.serial {
		return
	}
	m.query.since = time.Time{}
	m.found = msg.route
	m.route.SetPort(m.config.Port)
	m.route.SetRoute(m.about.Domain.Unicode, *msg.route)
	m.showViews(msg.theirs)
	if msg.route.Failure != "" || msg.route.Null {
		said, _ := verdict.Of(verdict.Facts{Target: m.aboutText(), Domain: m.about.Domain.Unicode, Route: msg.route})
		m.verdict = row(said.Short())
		return
	}
	m.route.SetChecks(checksOf(msg.route))
	m.targets = probe.Targets(msg.route, m.config.Port, m.config.Implicit)
	m.verdict = m.routeVerdict(msg.route)
	m.offerChosen()
}

// serverCame calls the first address of a server that was named by hand.
func (m *Model) serverCame(msg serverFound) tea.Cmd {
	if msg.serial != m.query.serial {
		return nil
	}
	m.query.since = time.Time{}
	if msg.found.failed != nil || len(msg.found.targets) == 0 {
		failed := msg.found.failed
		if failed == nil {
			failed = &verdict.Route{Failure: "no-address"}
		}
		said, _ := verdict.Of(verdict.Facts{Domain: m.about.Server.Host, Route: failed})
		m.verdict = row(said.Short())
		return nil
	}
	first := msg.found.targets[0]
	m.targets = msg.found.targets
	m.route.SetPort(first.Addr.Port())
	m.route.SetRoute(first.Host, named(msg.found.targets))
	return m.call(first)
}

// forgetRoute forgets what was known of the way, and ends calls on it.
func (m *Model) forgetRoute() {
	m.stopTries()
	m.found, m.targets, m.road.calls, m.tries = nil, nil, nil, nil
}

// named is a server that was named by hand, as a route of one.
func named(targets []probe.Target) verdict.Route {
	host := verdict.Host{Name: targets[0].Host}
	for _, target := range targets {
		host.Addresses = append(host.Addresses, target.Addr.Addr())
	}
	return verdict.Route{Hosts: []verdict.Host{host}}
}

// offerChosen puts the call to the chosen address into the prompt.
func (m *Model) offerChosen() {
	_, addr := m.route.Chosen()
	here := m.live.talking() && (m.pane != PaneRoute || addr == m.live.target.Addr.Addr())
	if !addr.IsValid() || here {
		m.dropRouteOffer()
		return
	}
	m.line().Offer("/connect "+addr.String(), m.now())
}

// dropRouteOffer takes back what the route has offered: on an open line it
// must not stand where the next command is typed.
func (m *Model) dropRouteOffer() {
	if line := m.line(); line.Offered() && strings.HasPrefix(line.Value(), "/connect ") {
		line.Offer("", m.now())
	}
}

// offerConnect calls the chosen address, or the last one again, or asks once
// more where mail goes.
func (m *Model) offerConnect() tea.Cmd {
	if m.brokeOff() {
		return m.callAgain()
	}
	if target, ok := m.routeTarget(""); ok && !m.live.talking() {
		return m.call(target)
	}
	if m.live != nil && m.live.ended {
		return m.again()
	}
	if m.live.talking() {
		m.show(PaneRoute)
		m.offerChosen()
		return nil
	}
	if m.query.since.IsZero() {
		return m.begin(m.about)
	}
	return nil
}

// routeTarget finds the address of the route that text names; "" is the chosen
// one.
func (m *Model) routeTarget(text string) (probe.Target, bool) {
	_, addr := m.route.Chosen()
	if text != "" {
		var err error
		if addr, err = netip.ParseAddr(text); err != nil {
			return probe.Target{}, false
		}
	}
	for _, target := range m.targets {
		if target.Addr.Addr() == addr {
			m.route.Choose(addr)
			return target, true
		}
	}
	return probe.Target{}, false
}

// tellRoute shows in the route pane how the call to a server stands.
func (m *Model) tellRoute() {
	m.route.SetTry(m.live.target.Addr.Addr(), m.live.shown(m.now()).Became())
	m.showTries()
}

// aboutText is whom the screen is about, as the title says it.
func (m *Model) aboutText() string {
	switch m.about.Kind {
	case address.KindMailbox:
		return m.about.To.Display()
	case address.KindDomain:
		return m.about.Domain.Unicode
	case address.KindServer:
		return m.about.Server.Host
	}
	return ""
}

// hello is our own name for EHLO.
func (m *Model) hello() string {
	if m.config.Hello != "" {
		return m.config.Hello
	}
	var addr netip.AddrPort
	if m.live != nil {
		addr = m.live.target.Addr
	} else if _, chosen := m.route.Chosen(); chosen.IsValid() {
		addr = netip.AddrPortFrom(chosen, m.config.Port)
	}
	return probe.HelloName(addr)
}

func withPort(text string, port uint16) string {
	if strings.Contains(text, ":") {
		return text
	}
	return fmt.Sprintf("%s:%d", text, port)
}
