package probe

import (
	"context"
	"net/netip"
	"sync"
)

// Gate bounds how many connections go to one address at a time, over all
// checks that share it. Make it with NewGate; a nil Gate lets everybody in. It
// remembers only addresses at which somebody is.
type Gate struct {
	limit int
	mu    sync.Mutex
	doors map[netip.Addr]*door
}

// door is the way to one address.
type door struct {
	places chan struct{}
	people int // inside, or waiting
}

// NewGate returns a Gate for limit connections to one address at a time.
func NewGate(limit int) *Gate {
	return &Gate{limit: max(1, limit), doors: make(map[netip.Addr]*door)}
}

// enter waits for a place at an address; false means that ctx ended first.
func (g *Gate) enter(ctx context.Context, addr netip.Addr) bool {
	if g == nil {
		return true
	}
	g.mu.Lock()
	way, open := g.doors[addr]
	if !open {
		way = &door{places: make(chan struct{}, g.limit)}
		g.doors[addr] = way
	}
	way.people++
	g.mu.Unlock()
	select {
	case way.places <- struct{}{}:
		return true
	case <-ctx.Done():
		g.forget(addr)
		return false
	}
}

// leave gives the place to the next.
func (g *Gate) leave(addr netip.Addr) {
	if g == nil {
		return
	}
	g.mu.Lock()
	way := g.doors[addr]
	g.mu.Unlock()
	<-way.places
	g.forget(addr)
}

// forget closes a door at which nobody is any more.
func (g *Gate) forget(addr netip.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	way := g.doors[addr]
	if way.people--; way.people == 0 {
		delete(g.doors, addr)
	}
}
