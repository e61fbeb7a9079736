package probe

import (
	"context"
	"net/netip"
	"sync"

	"ehlo/session"
	"ehlo/session/smtp"
)

// maxBeside is how many addresses of one route are tried side by side.
const maxBeside = 32

// sideBySide asks all addresses at once, but one address and port never twice
// at a time. Unless everything is wanted of all, each waits after the greeting
// until those before it have failed; then it goes on, else it says goodbye.
func (p Probe) sideBySide(ctx context.Context, targets []Target, check Check) []*Collector {
	found := make([]*Collector, len(targets))
	room := make(chan struct{}, maxBeside)
	last := make(map[netip.AddrPort]chan struct{}, len(targets))
	var all sync.WaitGroup
	var before *turn
	for i, target := range targets {
		// Taken in order, so that the first of those at work never waits for one
		// that has not begun.
		room <- struct{}{}
		mine, ended, busy := newTurn(before), make(chan struct{}), last[target.Addr]
		last[target.Addr], before = ended, mine
		if check.All || check.Bare {
			mine = nil
		}
		all.Go(func() {
			defer func() { <-room }()
			defer close(ended)
			if busy != nil {
				<-busy
			}
			found[i] = p.checkOne(ctx, target, check, mine)
			mine.settle(check.enough(found[i].Try))
		})
	}
	all.Wait()
	return found
}

// turn is the place of an address in the order of a route. A nil turn waits for
// nobody.
type turn struct {
	before *turn
	known  chan struct{} // closed when taken is settled
	taken  bool          // this address, or one before it, has answered a hello
	once   sync.Once
	beside bool // one before it was taken: for the goroutine of the talk alone
}

func newTurn(before *turn) *turn { return &turn{before: before, known: make(chan struct{})} }

// heard waits after a yes of the greeting for those before, and makes the
// answer to a hello known to those behind.
func (t *turn) heard(ctx context.Context, to session.Command, reply session.Reply) {
	if t == nil {
		return
	}
	switch to.Verb {
	case "":
		if t.before == nil || reply.Class != session.Yes {
			return
		}
		select {
		case <-t.before.known:
			t.beside = t.before.taken
		case <-ctx.Done():
		}
	case smtp.EHLO, smtp.HELO, smtp.LHLO:
		t.settle(true)
	}
}

// over reports whether one before was taken, so that there is no more to ask.
func (t *turn) over() bool { return t != nil && t.beside }

// settle makes known whether the search has come to its end by this turn. It
// waits for those before, which do not wait for this one.
func (t *turn) settle(taken bool) {
	if t == nil {
		return
	}
	t.once.Do(func() {
		if !taken && t.before != nil {
			<-t.before.known
			taken = t.before.taken
		}
		t.taken = taken
		close(t.known)
		t.before = nil
	})
}
