package session

import (
	"context"
	"net"
	"sync"
	"time"
)

// owner is the goroutine that owns a conversation: it alone writes, folds the
// State, and puts events out.
type owner struct {
	*Session
	target  Target
	state   State
	wire    *wire
	reader  reader
	readers sync.WaitGroup
	tap     tap
	waits   []wait // answers outstanding, oldest first; same order as State's
	greeted bool
	begun   time.Time // of the stage under way
	timer   *time.Timer
	lines   int     // of the reply that is coming in
	bytes   int     // likewise
	endless bool    // and that it does not end was told
	rest    []byte  // what waits for a GoOn
	body    *upload // the message under way, if any
	late    bool    // the greeting has not come in time
	over    bool
	cause   *Cause
}

// wait is one answer that has not come yet.
type wait struct {
	id      ID
	to      Command
	since   time.Time
	givenUp bool
	overdue bool
}

func newOwner(s *Session, target Target) *owner {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	o := &owner{Session: s, target: target, state: s.dialect.Start(), timer: timer}
	for _, secret := range s.options.Secrets {
		o.tap.add(secret.Reveal())
	}
	return o
}

// converse is the life of a conversation: reach the server, hear its greeting,
// then say and hear until it ends.
func (o *owner) converse(conn net.Conn) {
	if o.reach(conn) {
		o.listen()
	}
	for !o.over {
		o.sayWhatMay()
		if !o.over {
			o.await()
		}
	}
	o.finish(o.cause)
}

// reach connects, unless a connection was given, and makes it an encrypted one
// where TLS comes first. It reports success.
func (o *owner) reach(conn net.Conn) bool {
	if conn == nil {
		return o.connect() && (!o.target.Implicit || o.encrypt())
	}
	o.adopt(conn)
	return !o.target.Implicit || o.encrypt()
}

// listen starts the reader and the wait for the greeting.
func (o *owner) listen() {
	o.reader = reader{permits: make(chan permit, 1), heard: make(chan hearing), quit: o.ctx.Done()}
	o.readers.Go(o.reader.run)
	if o.dialect.ServerFirst() {
		o.begin(StageGreeting)
		o.waits = append(o.waits, wait{since: o.begun})
	} else {
		o.queue.setReaching(false)
		o.greeted = true
	}
	o.permit()
}

// permit lets the reader read the next reply.
func (o *owner) permit() {
	o.reader.permits <- permit{wire: o.wire, framer: o.dialect.Frame(o.state)}
}

// await blocks until something happens: a line heard, a wish of the user, a
// deadline, the end.
func (o *owner) await() {
	o.setTimer()
	select {
	case batch := <-o.heard():
		o.hear(batch)
	case <-o.queue.wake:
		o.stopWaiting()
	case <-o.events.room:
	case <-o.timer.C:
		o.overdue()
	case <-o.ctx.Done():
		o.end(o.stopped())
	}
}

// heard is where the reader passes on what it heard; nil, which never passes
// anything, while nobody takes the events.
func (o *owner) heard() <-chan hearing {
	if o.events.full() {
		return nil
	}
	return o.reader.heard
}

// stopped is the cause of an end that the user asked for.
func (o *owner) stopped() *Cause {
	cause := &Cause{Why: WhyStopped}
	if !o.greeted {
		cause.Stage = StageGreeting
	}
	return cause
}

// setTimer aims the timer at the deadline of the oldest wait that has one.
func (o *owner) setTimer() {
	o.timer.Stop()
	for _, w := range o.waits {
		if !w.overdue && !w.givenUp {
			o.timer.Reset(time.Until(w.since.Add(o.patience(w))))
			return
		}
	}
}

func (o *owner) patience(w wait) time.Duration {
	switch {
	case !o.greeted:
		return o.options.Timeouts.Greeting
	case w.to.Effect == EffectEnd:
		return o.options.Timeouts.End
	}
	return o.options.Timeouts.Reply
}

// overdue handles a deadline: a greeting that does not come ends the
// conversation, an answer that does not come ends a strict one only.
func (o *owner) overdue() {
	now := time.Now()
	for i := range o.waits {
		w := &o.waits[i]
		if w.overdue || w.givenUp || now.Before(w.since.Add(o.patience(*w))) {
			continue
		}
		w.overdue = true
		o.events.put(Overdue{Stamp{now}, w.to, now.Sub(w.since)})
		switch {
		case !o.greeted:
			o.callIn()
		case o.options.Strict:
			o.end(&Cause{Why: WhyOverdue, To: w.to})
		}
		return
	}
}

// stopWaiting gives up the answers outstanding when the user asked for it.
func (o *owner) stopWaiting() {
	if !o.queue.stopAsked() {
		return
	}
	for i := range o.waits {
		if w := &o.waits[i]; !w.givenUp {
			w.givenUp = true
			o.events.put(GaveUp{Stamp{time.Now()}, w.to})
		}
	}
}

// free reports whether lock-step lets the next line go: every answer is whole
// or was given up.
func (o *owner) free() bool {
	if !o.greeted {
		return false
	}
	for _, w := range o.waits {
		if !w.givenUp {
			return false
		}
	}
	return true
}

// held reports whether nothing at all may go out: before the greeting is
// whole, and behind a STARTTLS, where it would be read as part of the
// handshake.
func (o *owner) held() bool {
	for _, w := range o.waits {
		if w.to.Effect == EffectUpgrade && !w.givenUp {
			return true
		}
	}
	return !o.greeted
}

// adopt makes conn the connection of the conversation.
func (o *owner) adopt(conn net.Conn) {
	if o.wire != nil {
		o.wire.release() // nobody reads: a handshake was under way
	}
	o.wire = newWire(conn)
	o.conn.Store(&conn)
	if o.closing.Load() {
		conn.SetDeadline(longAgo)
	}
}

// begin notes and tells that a stage is under way.
func (o *owner) begin(stage Stage) {
	o.begun = time.Now()
	o.events.put(Began{Stamp{o.begun}, stage, o.target.Addr})
}

// passed tells that the stage under way is done.
func (o *owner) passed(stage Stage, encryption *Encryption) {
	now := time.Now()
	event := Passed{Stamp: Stamp{now}, Stage: stage, Addr: o.target.Addr, Took: now.Sub(o.begun), TLS: encryption, State: o.state}
	if o.wire != nil {
		event.Local = addrPort(o.wire.conn.LocalAddr())
	}
	o.events.put(event)
}

// end notes that the conversation is over, and why; the first cause stays.
func (o *owner) end(cause *Cause) {
	if o.over {
		return
	}
	o.over = true
	if cause != nil && o.endOutstanding() {
		cause.Why = WhyAfterData
	}
	o.cause = cause
	if o.closing.Load() && cause != nil && !cause.ofMessage() {
		o.cause = nil
	}
}

// finish closes what is open, waits for the reader, gives back what was never
// said, and tells the end.
func (o *owner) finish(cause *Cause) {
	o.cancel()
	if o.wire != nil {
		o.wire.hangUp()
	}
	o.readers.Wait()
	if o.wire != nil {
		o.wire.release()
	}
	o.timer.Stop()
	o.giveBack(o.queue.end())
	o.events.put(Ended{Stamp{time.Now()}, cause, o.state})
	close(o.done)
}

// giveBack tells of what was queued and never went out, secrets replaced. What
// a line holds depends on the one before it: behind AUTH stands a password.
func (o *owner) giveBack(queue []queued) {
	var lines []string
	state := o.state
	now := time.Now()
	for _, item := range queue {
		switch out := item.out.(type) {
		case Line:
			shown := out.read(o.dialect, state).Shown()
			state = state.Sent(shown)
			lines = append(lines, shown.Line)
		case Body:
			o.events.put(BodyEnded{Stamp: Stamp{now}, ID: item.id})
		}
	}
	if len(lines) > 0 {
		o.events.put(Returned{Stamp{now}, lines})
	}
}

// within returns a context that ends with the session or after d.
func (o *owner) within(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(o.ctx, d)
}
