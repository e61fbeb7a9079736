package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
	"ehlo/ui/headline"
)

// usualPatience is how long a stage may take when nothing else was said.
const usualPatience = 30 * time.Second

// patience is how long a stage of a call beside the talk may take. Nobody sits
// at it as at a talk, so a greeting has no longer than the rest.
func (m *Model) patience() time.Duration {
	return cmp.Or(m.way.Options.Timeouts.Connect, usualPatience)
}

// tryAll tries every address of the route, side by side: the call and the
// greeting of each, hello and TLS of the one that a sending server would use.
// The address of an open talk is left alone: one connection at a time.
func (m *Model) tryAll() tea.Cmd {
	if m.guided.asking() {
		return nil
	}
	m.show(PaneRoute)
	targets := m.targets
	inUse := m.live.talking()
	if inUse {
		targets = slices.DeleteFunc(slices.Clone(targets), func(t probe.Target) bool { return t.Addr == m.live.target.Addr })
	}
	switch {
	case len(targets) == 0 && inUse:
		m.note = m.text("try-only-one")
		return nil
	case len(targets) == 0:
		m.note = m.text("try-none")
		return nil
	case m.tries.on() && !m.tries.settles:
		m.note = m.text("try-on")
		return nil
	}
	return m.tryTargets(targets, inUse)
}

func (m *Model) tryTargets(targets []probe.Target, inUse bool) tea.Cmd {
	m.road.calls = nil
	m.route.SetRemark("")
	if inUse {
		m.route.SetRemark(m.text("try-in-use", "{address}", m.live.target.Addr.Addr().String()))
	}
	way := m.way
	way.Options.Strict, way.Options.Timeouts = true, session.EveryStage(m.patience())
	policy := m.config.Policy
	if policy == script.StartTLS {
		policy = script.Auto // what is not offered is seen, not insisted on
	}
	check := probe.Check{Plan: script.Check{Send: script.Send{Hello: m.hello(), TLS: policy}}, Whole: true}
	cmd := m.beside(false, m.routeFacts(nil), func(ctx context.Context, t *tries) {
		check.Watch = t.watch
		way.Check(ctx, &t.facts, targets, check)
	})
	m.showTries()
	return cmd
}

// routeFacts is what is known of the route, with the tries that count.
func (m *Model) routeFacts(calls []verdict.Try) verdict.Facts {
	return verdict.Facts{Target: m.aboutText(), Domain: m.about.Domain.ASCII, Route: m.found, Tries: calls, Asked: true}
}

// showTries draws what was called so far: the calls by hand, those beside the
// talk, and the talk that is open.
func (m *Model) showTries() {
	if m.tries == nil {
		return
	}
	list := m.tries.shown(m.now())
	for _, call := range m.road.calls {
		list = append(list, shownTry(call))
	}
	if m.live.talking() && !m.live.connected.IsZero() {
		here := shownTry(m.live.collector.Try)
		here.Here = true
		list = append(list, here)
	}
	m.route.SetTried(list)
}

// triesMoved shows how far the calls are, and says what they came to.
func (m *Model) triesMoved(msg tried) tea.Cmd {
	if msg.from != m.tries {
		return nil // they were stopped for others
	}
	m.showTries()
	if !msg.over {
		return msg.from.await()
	}
	return tea.Batch(m.triesEnded(msg.from), m.goOn())
}

// triesEnded says what the calls came to; where all was silence they go on to
// whose it is.
func (m *Model) triesEnded(t *tries) tea.Cmd {
	switch {
	case t.then != nil:
		target := *t.then
		t.then = nil
		return m.call(target)
	case t.stopped:
		m.route.SetRemark(m.text("tries-stopped"))
		if !m.live.talking() {
			m.say("tries-stopped")
		}
		return nil
	case verdict.WantsDifferential(t.facts):
		return m.settle(t.facts)
	}
	if m.live.talking() {
		m.note = m.text("tries-over")
		return nil
	}
	m.chooseAnswering(t.facts)
	m.verdict = m.triedVerdict(t)
	return nil
}

// triedVerdict is what all the calls came to: the way on where somebody
// answers, else why nobody does.
func (m *Model) triedVerdict(t *tries) headline.Verdict {
	said, exit := verdict.Of(t.facts)
	if exit != verdict.ExitDone || t.settles {
		v := row(said.Short())
		m.route.SetRemark(m.wordsToPaste(said, t))
		if next, left := m.nextTarget(); left {
			v.Next = m.callsNext(next)
		} else {
			m.dropRouteOffer()
		}
		return v
	}
	m.route.SetRemark("")
	v := m.worded("tried")
	if gone, some := m.firstFailed(t.facts); some {
		v = m.worded("tried-some", "{host}", gone.Host, "{address}", gone.Address.String())
	}
	v.Sentence = m.route.Summary()
	return v
}

// firstFailed is the first address of the route that did not answer; mail that
// is meant for it comes late.
func (m *Model) firstFailed(facts verdict.Facts) (verdict.Try, bool) {
	for _, try := range facts.Tries {
		if failedBefore(try) {
			return try, true
		}
	}
	return verdict.Try{}, false
}

// chooseAnswering moves on to the address at which a sending server would have
// ended, unless the chosen one answers as well.
func (m *Model) chooseAnswering(facts verdict.Facts) {
	_, chosen := m.route.Chosen()
	if m.answers(chosen, facts) {
		return
	}
	for _, try := range facts.Tries {
		if try.Port == m.port() && m.answers(try.Address, facts) && m.route.Choose(try.Address) {
			m.offerChosen()
			return
		}
	}
}

// tryingNow is the head while the calls are under way.
func (m *Model) tryingNow() headline.Verdict {
	known, all := m.tries.count()
	key := "trying"
	if m.tries.settles {
		key = "settling"
	}
	return m.ticking(m.tries.began, key, "{n}", fmt.Sprint(known), "{all}", fmt.Sprint(all))
}
