package route

import (
	"fmt"
	"strconv"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// Summary says in one sentence how many servers take mail and who runs them:
// "Mail for catium.com goes to 2 servers at Yahoo.". A second sentence tells
// when every address has been tried. It is "" while nothing is known, and the
// reason when the route leads nowhere.
func (m Model) Summary() string {
	switch {
	case !m.known:
		return ""
	case len(m.route.Hosts) == 0:
		sentence, _ := m.reason()
		return sanitize.Text(sentence)
	}
	at := ""
	if provider := m.provider(); provider != "" {
		at = " at " + provider
	}
	return sanitize.Text(fmt.Sprintf("Mail for %s goes to %s%s.", m.domain, hostsOf(m.route), at) + m.tally())
}

// provider names who runs the servers, "" unless it is one for all.
func (m Model) provider() string {
	one := ""
	for i, host := range m.route.Hosts {
		provider := host.Provider
		if provider == "" {
			provider, _ = explain.Provider(host.Name)
		}
		if i > 0 && provider != one {
			return ""
		}
		one = provider
	}
	return one
}

// tally counts the answers once every address has been tried.
func (m Model) tally() string {
	answers := 0
	for _, spot := range m.spots {
		switch m.tries[spot.address].State {
		case NotTried, Trying:
			return ""
		case Answers, Here:
			answers++
		}
	}
	switch all := len(m.spots); {
	case all < 2:
		return ""
	case answers == all:
		return fmt.Sprintf(" All %d addresses answer.", all)
	case answers == 0:
		return fmt.Sprintf(" None of the %d addresses answers.", all)
	default:
		return fmt.Sprintf(" %d of %d addresses answer.", answers, all)
	}
}

// hostsOf counts servers in words.
func hostsOf(route verdict.Route) string {
	if len(route.Hosts) == 1 {
		return "1 server"
	}
	return strconv.Itoa(len(route.Hosts)) + " servers"
}
