package ui

import (
	"context"
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
	"ehlo/ui/route"
)

// tries are calls beside the talk: the whole route tried stage by stage, or
// what settles whose a silence is. A goroutine makes them; the screen looks at
// how far they are. A nil value has made none.
type tries struct {
	began   time.Time
	settles bool // they settle whose a silence is
	cancel  context.CancelFunc
	stopped bool          // by us
	changed chan struct{} // holds one: something has moved on
	over    chan struct{} // closed when all have ended
	facts   verdict.Facts // not to be read before that
	then    *probe.Target // called when they are over

	mu   sync.Mutex // of all below, which the goroutines of the calls fill
	list []*side
}

// side is one of these calls.
type side struct {
	collector *probe.Collector
	stage     verdict.StageName // under way; "" is none
	since     time.Time
	ended     bool
}

// on reports whether calls are under way.
func (t *tries) on() bool {
	if t == nil {
		return false
	}
	select {
	case <-t.over:
		return false
	default:
		return true
	}
}

// beside begins tries; work makes the calls and fills facts. The ones before
// end first, so that no address is called twice at a time.
func (m *Model) beside(settles bool, facts verdict.Facts, work func(context.Context, *tries)) tea.Cmd {
	before := m.road.last
	m.stopTries()
	ctx, cancel := context.WithCancel(m.ctx)
	t := &tries{
		began: m.now(), settles: settles, cancel: cancel, facts: facts,
		changed: make(chan struct{}, 1), over: make(chan struct{}),
	}
	m.tries, m.road.last = t, t
	m.road.running.Go(func() {
		defer close(t.over)
		defer cancel()
		if before != nil {
			<-before.over
		}
		work(ctx, t)
	})
	return t.await()
}

// stopTries ends the calls beside the talk, within moments, and reports whether
// there were any.
func (m *Model) stopTries() bool {
	if !m.tries.on() {
		return false
	}
	m.tries.stopped = true
	m.tries.cancel()
	return true
}

// await waits until something has moved on.
func (t *tries) await() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-t.changed:
			return tried{from: t}
		case <-t.over:
			return tried{from: t, over: true}
		}
	}
}

// watch takes a target in and returns what sees its events.
func (t *tries) watch(target probe.Target) func(session.Event) {
	one := &side{collector: probe.NewCollector(target)}
	t.mu.Lock()
	t.list = append(t.list, one)
	t.mu.Unlock()
	return func(event session.Event) {
		t.mu.Lock()
		moved := one.take(event)
		t.mu.Unlock()
		if !moved {
			return
		}
		select {
		case t.changed <- struct{}{}:
		default: // it is known already
		}
	}
}

// take folds an event and reports whether there is something new to show.
func (s *side) take(event session.Event) bool {
	s.collector.Take(event)
	switch event := event.(type) {
	case session.Began:
		s.stage, s.since = verdict.StageName(event.Stage), event.At
	case session.Said:
		if event.Command.Verb != smtp.EHLO && event.Command.Verb != smtp.HELO {
			return false
		}
		s.stage, s.since = "hello", event.At
	case session.Passed, session.Answered:
		s.stage = ""
	case session.Ended:
		if s.stage != "" && event.Cause == nil {
			s.collector.Stop(session.WhyStopped)
		}
		s.stage, s.ended = "", true
	default:
		return false
	}
	return true
}

// shown are the calls as the route pane draws them.
func (t *tries) shown(now time.Time) []route.Tried {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	list := make([]route.Tried, 0, len(t.list))
	for _, one := range t.list {
		shown := shownTry(one.collector.Try)
		if shown.Stage = one.stage; one.stage != "" {
			shown.Took = now.Sub(one.since)
		}
		list = append(list, shown)
	}
	return list
}

// shownTry is a try that may still go on, as it is now.
func shownTry(try verdict.Try) route.Tried {
	try.Stages = slices.Clone(try.Stages)
	return route.Tried{Try: try, Server: serverOf(try)}
}

// serverOf names who answers, by the greeting.
func serverOf(try verdict.Try) string {
	if try.Banner == "" {
		return ""
	}
	said := explain.Banner(session.Reply{Lines: []string{try.Banner}})
	name := said.Provider
	if name == "" {
		name = said.Software
		if said.Version != "" && name != "" {
			name += " " + said.Version
		}
	}
	if name != "" && said.Sure != "high" {
		name = "probably " + name
	}
	return name
}

// calling reports whether an address is being called beside the talk.
func (t *tries) calling(target probe.Target) bool {
	if !t.on() {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.list {
		try := &one.collector.Try
		if try.Address == target.Addr.Addr() && try.Port == target.Addr.Port() {
			return !one.ended
		}
	}
	return true // its turn may come any moment
}

// count tells how many calls there are, and of how many it is known what comes
// of them: they have ended, or have greeted and wait for those before.
func (t *tries) count() (known, all int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.list {
		if one.ended || one.stage == "" && len(one.collector.Try.Stages) > 0 {
			known++
		}
	}
	return known, len(t.list)
}
