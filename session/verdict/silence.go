package verdict

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// silence is what the calls around one that got no answer tell of whose it is.
// Only calls of the same family of addresses say that a port is closed for us:
// IPv6 alone may have no way out.
type silence struct {
	at                    *Try
	samePort, otherFamily []Try // answered on the same port, elsewhere
	otherPort             []Try // answered on another port, at the same address
	elsewhere             []Try // answered on another port, elsewhere
	mute, muteControls    []Try // the same port, no answer either
	asked                 bool  // there was a differential
}

// blamed betters the finding that nothing answered by what a differential
// found. Code and exit stay.
func blamed(found finding, try *Try, facts Facts) finding {
	if found.code != "no-answer" || outcome(*try) != unheard {
		return found
	}
	around := surroundings(try, facts)
	if !around.asked {
		return found
	}
	found.words = around.words()
	found.evidence, found.nor, found.works = around.evidence(), around.nor(), around.works()
	return found
}

// words names the words for whose the silence is.
//
//	the port is answered elsewhere           this server only
//	at another address of the host alone     this address only
//	only over the other family               the address, or our IPv4 or IPv6
//	a server known to answer is silent too   our side
//	the host answers, but not on this port   our side, most likely
//	else                                     cannot tell
func (s silence) words() string {
	switch {
	case len(s.samePort) > 0 && s.ofHost(s.samePort):
		return "silence:address"
	case len(s.samePort) > 0:
		return "silence:server"
	case len(s.otherFamily) > 0:
		return "silence:family"
	case len(s.muteControls) > 0:
		return "silence:ours"
	case len(s.otherPort) > 0:
		return "silence:likely-ours"
	}
	return "silence:unknown"
}

// ofHost reports whether all of some tries went to the host in question.
func (s silence) ofHost(tries []Try) bool {
	return !slices.ContainsFunc(tries, func(try Try) bool { return try.Host != s.at.Host })
}

// surroundings sorts the calls of facts by what they tell about one of them.
func surroundings(at *Try, facts Facts) silence {
	s := silence{at: at}
	for i := range facts.Tries {
		try := facts.Tries[i]
		s.asked = s.asked || try.Purpose == Differential
		if try.Address == at.Address && try.Port == at.Port {
			continue
		}
		switch outcome(try) {
		case unheard:
			s.silent(try, facts)
		case refused, taken:
			s.answered(try)
		}
	}
	return s
}

func (s *silence) silent(try Try, facts Facts) {
	switch {
	case try.Port != s.at.Port || try.Address.Is4() != s.at.Address.Is4():
	case isControl(try, s.at, facts.Route):
		s.muteControls = append(s.muteControls, try)
	default:
		s.mute = append(s.mute, try)
	}
}

func (s *silence) answered(try Try) {
	switch {
	case try.Port == s.at.Port && try.Address.Is4() == s.at.Address.Is4():
		s.samePort = append(s.samePort, try)
	case try.Port == s.at.Port:
		s.otherFamily = append(s.otherFamily, try)
	case try.Address == s.at.Address:
		s.otherPort = append(s.otherPort, try)
	default:
		s.elsewhere = append(s.elsewhere, try)
	}
}

// isControl reports whether a try was made because the user knows its server
// to answer: neither the host in question nor one that the domain names.
func isControl(try Try, at *Try, route *Route) bool {
	if try.Purpose != Differential || try.Host == at.Host {
		return false
	}
	return route == nil || !slices.ContainsFunc(route.Hosts, func(host Host) bool { return host.Name == try.Host })
}

// evidence says who answered where: "mx1.example.org answers on port 587".
func (s silence) evidence() string {
	for _, found := range [][]Try{s.samePort, s.otherFamily, s.otherPort, s.elsewhere} {
		if len(found) > 0 {
			return s.told(found)
		}
	}
	return ""
}

// told words calls that were answered. Those that were taken say more than
// those that were refused.
func (s silence) told(answered []Try) string {
	var took, closed []Try
	for _, try := range answered {
		if outcome(try) == taken {
			took = append(took, try)
		} else {
			closed = append(closed, try)
		}
	}
	one, many, which := "answers", "answer", took
	if len(took) == 0 {
		one, many, which = "refuses calls", "refuse calls", closed
	}
	verb := many
	names := s.names(which)
	if len(names) == 1 {
		verb = one
	}
	return fmt.Sprintf("%s %s on %s", enumerated(names), verb, ports(which))
}

// nor names who is silent on the same port too: ", nor from mx2.example.org".
func (s silence) nor() string {
	mute := append(append([]Try{}, s.muteControls...), s.mute...)
	if len(mute) == 0 {
		return ""
	}
	return ", nor from " + enumerated(s.names(mute))
}

// works is for whoever looks after our firewall: what gets through.
func (s silence) works() string {
	if len(s.otherPort) == 0 && len(s.elsewhere) == 0 {
		return ""
	}
	return ", while " + s.evidence()
}

// names are the hosts of tries, each once; of the host in question its address.
func (s silence) names(tries []Try) (names []string) {
	seen := make(map[string]bool, len(tries))
	for _, try := range tries {
		name := try.Host
		if name == "" || name == s.at.Host && try.Address != s.at.Address {
			name = try.Address.String()
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// maxNames is how many names a sentence bears.
const maxNames = 2

// enumerated joins names: "a", "a and b", "a, b and 3 more".
func enumerated(names []string) string {
	switch more := len(names) - maxNames; {
	case more > 0:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNames], ", "), more)
	case len(names) == 2:
		return names[0] + " and " + names[1]
	}
	return names[0]
}

// ports names the ports of tries: "port 25", "ports 587 and 465".
func ports(tries []Try) string {
	var list []string
	seen := make(map[uint16]bool, len(tries))
	for _, try := range tries {
		if !seen[try.Port] {
			seen[try.Port] = true
			list = append(list, strconv.Itoa(int(try.Port)))
		}
	}
	if len(list) == 1 {
		return "port " + list[0]
	}
	last := len(list) - 1
	return "ports " + strings.Join(list[:last], ", ") + " and " + list[last]
}

// family names the family of an address and the flag that asks for the other.
func family(addr netip.Addr) (name, flag string) {
	if addr.Is4() {
		return "IPv4", "-6"
	}
	return "IPv6", "-4"
}
