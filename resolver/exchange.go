package resolver

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/miekg/dns"
)

const (
	rounds     = 3 // how often a silent server is asked
	maxServers = 8 // servers used of those given
)

// race is one question put to several servers. Only ask and its helpers touch
// it; the tries report through the channel.
type race struct {
	question question
	servers  []Server
	posted   *sent // to the first, if it was; its first try
	next     int   // of the plan: servers in order, rounds times
	open     int   // tries under way
	reports  chan report
	over     map[int]Try // by server: its last word, which was no answer
	wg       sync.WaitGroup
}

// report is how one try ended.
type report struct {
	index  int // of the server
	answer answer
	try    Try
	good   bool // answer is to be used
}

// race asks the next server when the former fails or is silent; those stay
// listened to. When it returns, nothing of it is left running.
func (r *Resolver) race(ctx context.Context, q question, posted *sent) (answer, error) {
	servers, err := r.servers(ctx)
	if err != nil {
		return answer{}, err
	}
	run := &race{
		question: q, servers: servers, posted: posted, over: make(map[int]Try),
		reports: make(chan report, rounds*len(servers)),
	}
	begun := time.Now()
	if posted != nil {
		begun = posted.begun
	}
	asked, cancel := context.WithDeadline(ctx, begun.Add(r.options.Timeout))
	defer run.wg.Wait()
	defer cancel()
	patience := time.NewTimer(time.Until(begun.Add(r.options.Patience)))
	defer patience.Stop()
	for run.start(asked, r); run.running(asked); {
		select {
		case <-patience.C:
			run.start(asked, r)
		case got := <-run.reports:
			if got.good {
				return got.answer, nil
			}
			run.lost(got)
			run.start(asked, r)
		}
		patience.Reset(r.options.Patience)
	}
	return answer{}, run.failure(ctx)
}

// start begins the next try of the plan, if one is left and time is too.
func (c *race) start(ctx context.Context, r *Resolver) {
	for ; c.next < rounds*len(c.servers) && (ctx.Err() == nil || c.posted != nil); c.next++ {
		index := c.next % len(c.servers)
		if _, over := c.over[index]; over {
			continue
		}
		c.next++
		c.open++
		posted := c.posted
		c.posted = nil
		c.wg.Go(func() { c.reports <- r.try(ctx, index, c.servers[index], c.question, posted) })
		return
	}
}

// running reports whether an answer may still come. Once time is up every try
// reports, and all are heard, so that each server's longest silence is told.
func (c *race) running(ctx context.Context) bool {
	return c.open > 0 && (len(c.over) < len(c.servers) || ctx.Err() != nil)
}

// lost takes note of a try that failed; its server is not asked again. What a
// server said counts for more than its silence.
func (c *race) lost(got report) {
	c.open--
	before, known := c.over[got.index]
	if !known || before.Rcode == "" && (got.try.Rcode != "" || got.try.Took > before.Took) {
		c.over[got.index] = got.try
	}
}

// failure is the error of a question nobody answered.
func (c *race) failure(ctx context.Context) error {
	failed := &Error{
		Kind: NoAnswer, Name: shown(c.question.name), Type: dns.TypeToString[c.question.kind],
		Err: context.Cause(ctx),
	}
	for index := range c.servers {
		if try, asked := c.over[index]; asked {
			failed.Tries = append(failed.Tries, try)
			failed.Err = try.Err
		}
	}
	if stopped(ctx) {
		failed.Kind, failed.Err = Stopped, ctx.Err()
	}
	return failed
}

// stopped reports whether the caller gave up, and not the time or we.
func stopped(ctx context.Context) bool {
	return errors.Is(ctx.Err(), context.Canceled) && !errors.Is(context.Cause(ctx), context.DeadlineExceeded)
}

// try puts the question to one server, over UDP and then, if the answer does
// not fit there, over TCP (RFC 7766 section 5).
func (r *Resolver) try(ctx context.Context, index int, server Server, q question, posted *sent) report {
	start := time.Now()
	got := report{index: index, try: Try{Server: server}}
	var m *dns.Msg
	var err error
	if posted != nil {
		start = posted.begun
		m, err = posted.wait(ctx)
	} else {
		m, err = r.exchange(ctx, "udp", server, query(q, true))
	}
	if err == nil && m.Truncated {
		got.try.TCP = true
		m, err = r.exchange(ctx, "tcp", server, query(q, true))
	}
	if err == nil && unaware(m) {
		m, err = r.bare(ctx, &got.try, q)
	}
	got.try.Took = time.Since(start)
	if err != nil {
		got.try.Err = err
		return got
	}
	got.judge(q, m)
	return got
}

// bare asks again without EDNS, as a server that does not know it must be
// asked (RFC 6891 section 7).
func (r *Resolver) bare(ctx context.Context, try *Try, q question) (*dns.Msg, error) {
	m, err := r.exchange(ctx, "udp", try.Server, query(q, false))
	if err != nil || !m.Truncated {
		return m, err
	}
	try.TCP = true
	return r.exchange(ctx, "tcp", try.Server, query(q, false))
}

// judge decides whether the message of a server is an answer.
func (got *report) judge(q question, m *dns.Msg) {
	if m.Truncated {
		got.try.Err = errors.New("its answer is cut off even over TCP")
		return
	}
	if m.Rcode != dns.RcodeSuccess && m.Rcode != dns.RcodeNameError {
		got.try.Rcode = rcode(m.Rcode)
		got.try.Extra = extraOf(m)
		return
	}
	got.answer, got.try.Err = answerOf(q, m)
	got.answer.server, got.answer.took = got.try.Server, got.try.Took
	got.good = got.try.Err == nil
}
