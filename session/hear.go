package session

import (
	"errors"
	"time"
)

// hear takes a batch from the reader: tells its lines, folds its reply, gives
// the next permit, and ends the conversation when the wire has broken.
func (o *owner) hear(batch hearing) {
	now := time.Now()
	to, late, unasked := o.answering(batch.begun)
	heard := Heard{Stamp{now}, to, batch.lines, unasked, late, batch.block}
	count := heard.Len() // its block is not ours any more once it is told
	if count > 0 {
		o.tap.hideHeard(&heard)
		o.events.heard(heard, batch.size)
	}
	if batch.err != nil && o.late {
		o.end(tooLate(batch.lines))
		return
	}
	if batch.err != nil {
		o.end(o.lost(batch.err, batch.lines...))
		return
	}
	if batch.reply == nil {
		o.heardMore(to, count, batch.size)
		return
	}
	o.lines, o.bytes, o.endless = 0, 0, false
	reply := *batch.reply
	o.tap.hideReply(&reply, to)
	o.answered(now, reply, unasked)
	if !o.over {
		o.permit()
	}
}

// heardMore counts a reply that is not whole yet: one without end is told, and
// ends a strict conversation.
func (o *owner) heardMore(to Command, lines, size int) {
	o.lines += lines
	o.bytes += size
	if o.endless || o.lines <= EndlessLines && o.bytes <= EndlessBytes {
		return
	}
	o.endless = true
	o.events.put(Endless{Stamp{time.Now()}, o.lines, o.bytes})
	if o.options.Strict {
		o.end(&Cause{Why: WhyProtocol, To: to, Err: errEndless})
	}
}

var errEndless = errors.New("the reply does not end")

// answering returns the command that is answered by a reply whose first byte
// came at begun. One that came before the command went out is no answer to it.
func (o *owner) answering(begun time.Time) (to Command, late, unasked bool) {
	if len(o.waits) == 0 || begun.Before(o.waits[0].since) {
		return Command{}, false, true
	}
	return o.waits[0].to, o.waits[0].givenUp, false
}

// answered folds a whole reply and does what it means for the connection.
func (o *owner) answered(now time.Time, reply Reply, unasked bool) {
	if unasked {
		o.events.put(Answered{Stamp: Stamp{now}, Reply: reply, Unasked: true, State: o.state})
		o.spokeUnasked(reply)
		return
	}
	w := o.waits[0]
	if reply.Class != Data && !(reply.Class == GoOn && o.rest != nil) {
		o.waits = o.waits[1:]
	}
	o.state = o.state.Heard(reply)
	if w.to.Effect == EffectPayload && reply.Class == GoOn {
		o.waits = nil // what was said meanwhile is text to the server
	}
	o.events.put(Answered{Stamp{now}, reply, w.to, w.id, now.Sub(w.since), false, w.givenUp, o.state})
	if !o.greeted {
		o.greet(reply)
		return
	}
	o.obey(w.to, reply)
}

// callIn asks the reader for what it has of a greeting that is overdue, by a
// deadline that has passed.
func (o *owner) callIn() {
	o.late = true
	if o.wire.conn.SetReadDeadline(longAgo) != nil {
		o.end(tooLate(nil))
	}
}

// maxPiece is how much is kept of a first line without end, in bytes: that of a
// whole reply line (RFC 5321 section 4.5.3.1.5).
const maxPiece = 512

// tooLate makes the cause of a greeting that did not come in time. A server
// that began a first line and did not end it was not silent.
func tooLate(lines []HeardLine) *Cause {
	if len(lines) == 0 || !lines[0].First {
		return &Cause{Why: WhySilent, Stage: StageGreeting}
	}
	piece := lines[0].Text
	return &Cause{Why: WhyNotProtocol, Stage: StageGreeting, Lines: []string{piece[:min(len(piece), maxPiece)]}}
}

// greet handles the greeting: whatever it says, the wait for it is over.
func (o *owner) greet(reply Reply) {
	o.greeted = true
	if o.late { // it came while we gave up
		o.late = false
		_ = o.wire.conn.SetReadDeadline(time.Time{}) // an error shows at the next read
	}
	o.queue.setReaching(false)
	if reply.Class == Unclear || o.options.Strict && reply.broken() {
		o.end(&Cause{Why: WhyNotProtocol, Stage: StageGreeting, Reply: &reply, Lines: reply.Lines})
		return
	}
	if reply.Class == Yes {
		o.passed(StageGreeting, nil)
	}
}

// obey does what a reply to a command asks of the connection.
func (o *owner) obey(to Command, reply Reply) {
	switch {
	case o.options.Strict && reply.broken():
		o.end(&Cause{Why: whyBroken(to, reply), To: to, Reply: &reply, Lines: reply.Lines})
	case reply.Class == GoOn && o.rest != nil:
		rest := o.rest
		o.rest = nil
		o.write(rest)
	case to.Effect == EffectUpgrade && reply.Class == Yes:
		o.encrypt()
	case to.Effect == EffectQuit && reply.Class == Yes:
		o.end(nil)
	}
}

// broken reports whether the form of a reply is such that a program should not
// act on it.
func (r Reply) broken() bool { return r.Flaws&^FlawCut != 0 }

// whyBroken is the cause of an end by a reply against the protocol. When it
// answers the dot with anything but a no, nobody knows.
func whyBroken(to Command, reply Reply) Why {
	if to.Effect == EffectEnd && !reply.Class.Refusal() {
		return WhyAfterData
	}
	return WhyProtocol
}

// spokeUnasked handles what the server says while nothing is outstanding: a
// farewell ends, all else ends only a strict conversation, or a message under
// way (its answer came before the dot).
func (o *owner) spokeUnasked(reply Reply) {
	switch {
	case o.body != nil:
		o.body.answer = &reply
	case reply.Closing:
		o.end(&Cause{Why: WhyHungUp, Reply: &reply, Lines: reply.Lines})
	case o.options.Strict:
		o.end(&Cause{Why: WhyProtocol, Reply: &reply, Lines: reply.Lines})
	}
}

// lost makes the cause of a wire that broke.
func (o *owner) lost(err error, lines ...HeardLine) *Cause {
	cause := &Cause{Why: WhyLost, Err: err}
	for _, line := range lines {
		cause.Lines = append(cause.Lines, line.Text)
	}
	if len(o.waits) > 0 {
		cause.To = o.waits[0].to
	}
	switch {
	case o.body != nil:
		cause.Why = WhyBodyStopped
	case alerted(err):
		cause.Why, cause.Stage = WhyTLSFailed, StageTLS
	case !o.greeted:
		cause.Why, cause.Stage = WhyClosedEarly, StageGreeting
	}
	return cause
}

// endOutstanding reports whether the dot that ends a message has begun to go
// out and has no answer: whether the message was taken nobody knows.
func (o *owner) endOutstanding() bool {
	for _, w := range o.waits {
		if w.to.Effect == EffectEnd {
			return true
		}
	}
	return false
}

// ofMessage reports whether a cause says what became of a message; such a
// cause is told even when the user hung up.
func (c *Cause) ofMessage() bool {
	return c.Why == WhyAfterData || c.Why == WhyBodyStopped || c.Why == WhyBodySource
}
