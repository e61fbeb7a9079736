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
	o.say(id, ".")
}

// pour sends the blocks of a message and looks after each whether the server
// has spoken. It returns why it stopped, nil at the end of the source.
func (o *owner) pour(up *upload) *Cause {
	block := make([]byte, bodyBlock)
	for {
		n, err := up.body.Source.Read(block)
		if n > 0 {
			if !o.write(block[:n]) {
				return o.cause
			}
			o.account(up, block[:n])
		}
		switch {
		case errors.Is(err, io.EOF):
			return o.lookUp(up)
		case err != nil:
			return &Cause{Why: WhyBodySource, Err: err}
		}
		if cause := o.lookUp(up); cause != nil {
			return cause
		}
	}
}

// lookUp takes what was heard or wished meanwhile, without waiting.
func (o *owner) lookUp(up *upload) *Cause {
	select {
	case batch := <-o.reader.heard:
		o.hear(batch)
	case <-o.ctx.Done():
		return &Cause{Why: WhyBodyStopped}
	default:
	}
	switch {
	case up.answer != nil:
		return &Cause{Why: WhyBodyStopped, Reply: up.answer, Lines: up.answer.Lines}
	case o.over:
		return o.cause
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
