package ui

import (
	"fmt"
	"net/netip"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// A sending server goes on to the next address when one is out of reach or will
// not talk to it, all of the best preference first (RFC 5321 section 5.1). So
// does a person here, one Enter for each.

// goneWrong notes a call that did not come as far as a hello, offers the next
// address, and where there was only silence asks whose it is.
func (m *Model) goneWrong(try verdict.Try) tea.Cmd {
	m.road.calls = append(m.road.calls, try)
	if len(m.targets) == 0 {
		return nil
	}
	facts := m.routeFacts(m.known())
	said, _ := verdict.Of(facts)
	m.verdict = row(said.Short())
	next, left := m.nextTarget()
	switch {
	case left:
		m.route.Choose(next.Addr.Addr())
		m.offerChosen()
		m.verdict.Next = m.callsNext(next)
	case len(m.targets) > 1:
		m.verdict.Next = m.text("next-none", "{n}", fmt.Sprint(len(m.targets))) + " " + m.verdict.Next
	}
	if !m.tries.on() && verdict.WantsDifferential(facts) {
		return m.settle(facts)
	}
	return nil
}

// known are the tries that count for a verdict: the calls by hand, and what was
// called to settle whose a silence is.
func (m *Model) known() []verdict.Try {
	all := slices.Clone(m.road.calls)
	if m.tries == nil || m.tries.on() || m.tries.stopped {
		return all
	}
	for _, try := range m.tries.facts.Tries {
		if try.Purpose == verdict.Differential {
			all = append(all, try)
		}
	}
	return all
}

// reachedHello reports whether a try came as far as an answer to a hello: from
// there on a sending server looks for no other.
func reachedHello(try verdict.Try) bool {
	for _, stage := range try.Stages {
		if stage.Name == "hello" && stage.Cause == "" {
			return true
		}
	}
	return false
}

// failedBefore reports whether a try broke, or was turned away, before a hello.
func failedBefore(try verdict.Try) bool {
	if len(try.Stages) == 0 || reachedHello(try) {
		return false
	}
	last := try.Stages[len(try.Stages)-1]
	return !last.OK && last.Cause != string(session.WhyStopped)
}

// nextTarget is the address that a sending server would call after the last:
// the next in the order of the route that has not failed, else the first such.
func (m *Model) nextTarget() (probe.Target, bool) {
	last := 0
	if m.live != nil {
		for i, target := range m.targets {
			if target.Addr == m.live.target.Addr {
				last = i + 1
			}
		}
	}
	for i := range m.targets {
		target := m.targets[(last+i)%len(m.targets)]
		if !m.failed(target.Addr) {
			return target, true
		}
	}
	return probe.Target{}, false
}

// failed reports whether an address was called and would not talk.
func (m *Model) failed(addr netip.AddrPort) bool {
	is := func(try *verdict.Try) bool { return try.Address == addr.Addr() && try.Port == addr.Port() }
	for i := range m.road.calls {
		if is(&m.road.calls[i]) {
			return true
		}
	}
	for _, tried := range m.tries.shown(m.now()) {
		if is(&tried.Try) && tried.Stage == "" && failedBefore(tried.Try) {
			return true
		}
	}
	return false
}

// answers reports whether an address has taken a call and greeted, or at least
// taken the call where no more was asked.
func (m *Model) answers(addr netip.Addr, facts verdict.Facts) bool {
	for _, try := range facts.Tries {
		if try.Address == addr && try.Port == m.port() && len(try.Stages) > 0 && !failedBefore(try) {
			return try.Stages[len(try.Stages)-1].OK || reachedHello(try)
		}
	}
	return false
}

// port is where the servers of the route are called.
func (m *Model) port() uint16 {
	if len(m.targets) > 0 {
		return m.targets[0].Addr.Port()
	}
	return m.config.Port
}

// callsNext says whom Enter calls.
func (m *Model) callsNext(next probe.Target) string {
	if next.Host == "" || next.Host == next.Addr.Addr().String() {
		return m.text("next-address", "{address}", next.Addr.Addr().String())
	}
	return m.text("next-call", "{host}", next.Host, "{address}", next.Addr.Addr().String())
}

// tellGreeted says which one answered, after others that did not, once it has
// greeted with a yes.
func (m *Model) tellGreeted(event session.Answered) {
	if event.To.Verb != "" || event.Unasked {
		return
	}
	m.tellRoute()
	if event.Reply.Class != session.Yes || len(m.road.calls) == 0 || m.road.told {
		return
	}
	m.road.told = true
	key := "answered-after"
	if len(m.road.calls) == 1 {
		key = "answered-after-one"
	}
	m.note = m.text(key, "{host}", m.live.serverHost(), "{address}", m.live.target.Addr.Addr().String(), "{n}", fmt.Sprint(len(m.road.calls)))
	m.route.SetRemark(m.note)
}
