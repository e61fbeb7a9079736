package resolver

import (
	"context"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// lookingUp is a look-up under way.
type lookingUp struct {
	question
	posted *sent
	reply  *reply
}

// addresses asks for the A and AAAA records of a name, side by side.
func (r *Resolver) addresses(ctx context.Context, name string) found {
	begun := time.Now()
	got := found{asked: r.families()}
	under := make([]lookingUp, 0, 2)
	if !r.options.IPv6Only {
		q := question{name: name, kind: dns.TypeA}
		under = append(under, lookingUp{q, r.post(ctx, q), &got.four})
	}
	if !r.options.IPv4Only {
		q := question{name: name, kind: dns.TypeAAAA}
		under = append(under, lookingUp{q, r.post(ctx, q), &got.six})
	}
	left := under[:0]
	for _, one := range under {
		var good bool
		if one.reply.answer, good = r.prompt(ctx, one.question, one.posted); !good {
			left = append(left, one)
		}
	}
	if len(left) > 0 {
		late := r.options.Overall
		if len(got.four.answer.records)+len(got.six.answer.records) > 0 {
			late = 2*r.options.Patience - time.Since(begun)
		}
		r.follow(ctx, left, late)
	}
	return got
}

// follow goes on with look-ups that did not end with their first answer, for as
// long as wait. When one has brought addresses, another is given a little longer
// and no more: some servers never answer a question for AAAA.
func (r *Resolver) follow(ctx context.Context, under []lookingUp, wait time.Duration) {
	ctx, enough := context.WithCancelCause(ctx)
	defer enough(nil)
	late := time.AfterFunc(wait, func() { enough(context.DeadlineExceeded) })
	defer late.Stop()
	var wg sync.WaitGroup
	for _, one := range under {
		wg.Go(func() {
			one.reply.answer, one.reply.err = r.lookup(ctx, one.question, one.posted)
			if len(one.reply.answer.records) > 0 {
				late.Reset(2 * r.options.Patience)
			}
		})
	}
	wg.Wait()
}

// families names the kinds of address that are asked for.
func (r *Resolver) families() string {
	switch {
	case r.options.IPv4Only:
		return "A"
	case r.options.IPv6Only:
		return "AAAA"
	}
	return "A and AAAA"
}
