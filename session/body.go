package session

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"time"
)

// bodyBlock is how much of a message goes out in one write.
const bodyBlock = 64 << 10

// progressEvery is the least time between two events of progress.
const progressEvery = 100 * time.Millisecond

// upload is a message on its way.
type upload struct {
	id     ID
	body   Body
	bytes  int64
	head   []byte
	digest hash.Hash // nil unless asked for
	told   time.Time // of the last progress
	answer *Reply    // what the server said before the dot
}

// upload sends a message and the dot that ends it. Whatever stops it before
// the dot ends the conversation, so that no server takes half a message.
func (o *owner) upload(id ID, body Body) {
	up := &upload{id: id, body: body, told: time.Now()}
	if !o.state.InPayload() {
		o.events.put(up.ended(false))
		return
	}
	if o.options.Digest {
		up.digest = sha256.New()
	}
	o.body = up
	o.events.put(BodyBegan{Stamp{up.told}, id, body.Length})
	cause := o.pour(up)
	o.events.put(up.ended(cause == nil))
	if cause != nil {
		o.end(cause)
		return
	}
	o.body = nil
	o.queue.stopAsked() // a wish from before is not meant for the answer to the dot
	o.say(id, Line{Text: "."})
}

// pour sends the blocks of a message and looks before each whether the server
// has spoken. It returns why it stopped, nil at the end of the source.
func (o *owner) pour(up *upload) *Cause {
	source := newPump(up.body.Source)
	defer source.stop()
	for {
		if cause := o.lookUp(up); cause != nil {
			return cause
		}
		select {
		case piece := <-source.full:
			if piece.err != nil || !o.pass(up, piece.data) {
				return o.brokenOff(up, piece.err)
			}
			source.empty <- piece.data[:cap(piece.data)]
		case batch := <-o.heard():
			o.hear(batch)
		case <-o.events.room:
		case <-o.ctx.Done():
		}
	}
}

// pass sends one block and reports success.
func (o *owner) pass(up *upload, data []byte) bool {
	if !o.write(data) {
		return false
	}
	o.account(up, data)
	return true
}

// brokenOff returns why no further block goes out, nil at the end of the source.
func (o *owner) brokenOff(up *upload, err error) *Cause {
	if err == nil || errors.Is(err, io.EOF) {
		return o.lookUp(up)
	}
	return &Cause{Why: WhyBodySource, Err: err}
}

// lookUp takes what was heard or wished meanwhile, without waiting.
func (o *owner) lookUp(up *upload) *Cause {
	select {
	case batch := <-o.heard():
		o.hear(batch)
	default:
	}
	switch {
	case up.answer != nil:
		return &Cause{Why: WhyBodyStopped, Reply: up.answer, Lines: up.answer.Lines}
	case o.over && o.cause != nil:
		return o.cause
	case o.over, o.ctx.Err() != nil:
		return &Cause{Why: WhyBodyStopped}
	}
	return nil
}

func (o *owner) account(up *upload, block []byte) {
	up.bytes += int64(len(block))
	if room := MaxHead - len(up.head); room > 0 {
		up.head = append(up.head, block[:min(room, len(block))]...)
	}
	if up.digest != nil {
		up.digest.Write(block)
	}
	if now := time.Now(); now.Sub(up.told) >= progressEvery {
		up.told = now
		o.events.put(BodyMoved{Stamp{now}, up.bytes, up.body.Length})
	}
}

func (up *upload) ended(finished bool) BodyEnded {
	event := BodyEnded{Stamp: Stamp{time.Now()}, ID: up.id, Bytes: up.bytes, Head: up.head, Finished: finished}
	if up.digest != nil {
		event.SHA256 = hex.EncodeToString(up.digest.Sum(nil))
	}
	return event
}
