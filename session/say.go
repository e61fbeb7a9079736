package session

import (
	"strings"
	"time"
)

// sayWhatMay sends what is queued for as long as lock-step allows it.
func (o *owner) sayWhatMay() {
	for !o.over && !o.held() {
		item, ok := o.queue.take(o.free())
		if !ok {
			return
		}
		switch out := item.out.(type) {
		case Line:
			o.sayGroup(item.id, out)
		case Body:
			o.upload(item.id, out)
		}
	}
}

// sayGroup sends a line, and in the same write those that are joined to it for
// as long as the dialect lets one follow the other (RFC 2920 section 3.1).
func (o *owner) sayGroup(id ID, line Line) {
	since := time.Now()
	last, data := o.put(id, line, since)
	for o.rest == nil {
		next, ok := o.queue.takeJoined(func(text string) bool {
			return o.dialect.Joins(last, o.dialect.Parse(text, o.state).Shown())
		})
		if !ok {
			break
		}
		var more []byte
		last, more = o.put(next.id, next.out.(Line), since)
		data = append(data, more...)
	}
	o.write(data)
}

// say sends one line in a write of its own.
func (o *owner) say(id ID, line Line) {
	_, data := o.put(id, line, time.Now())
	o.write(data)
}

// put reads a line in the light of the State it meets, folds it and tells it,
// and returns the bytes to be written.
func (o *owner) put(id ID, line Line, since time.Time) (shown Command, data []byte) {
	command := line.read(o.dialect, o.state)
	data, o.rest = o.dialect.Encode(command)
	o.tap.learnFrom(command, line)
	shown = command.Shown()
	o.state = o.state.Sent(shown)
	for range command.Answers {
		o.waits = append(o.waits, wait{id: id, to: shown, since: since})
	}
	stuffed := command.Effect == EffectText && strings.HasPrefix(command.Line, ".")
	o.events.put(Said{Stamp{since}, id, shown, stuffed, o.state})
	return shown, data
}

// write sends bytes with a deadline; a failure ends the conversation.
func (o *owner) write(data []byte) bool {
	o.writeBy(time.Now().Add(o.options.Timeouts.Write))
	_, err := o.wire.conn.Write(data)
	// A deadline left behind would break a handshake, or what TLS says by itself.
	o.writeBy(time.Time{})
	if err != nil {
		o.lastWords(err)
	}
	return err == nil
}

// writeBy sets the deadline of writes, unless Close has set the last one.
func (o *owner) writeBy(deadline time.Time) {
	if !o.closing.Load() {
		o.wire.conn.SetWriteDeadline(deadline)
	}
	if o.closing.Load() {
		o.wire.conn.SetDeadline(longAgo)
	}
}

// lastWordsWait is how long a server that has closed may take to say why.
const lastWordsWait = time.Second

// lastWords hears what the server said before the wire broke under a write:
// one that refuses in the middle of a message and closes has refused.
func (o *owner) lastWords(err error) {
	patience := time.NewTimer(lastWordsWait)
	defer patience.Stop()
	for !o.over && (o.body == nil || o.body.answer == nil) {
		select {
		case batch := <-o.heard():
			o.hear(batch)
		case <-patience.C:
			o.end(o.lost(err))
		case <-o.ctx.Done():
			o.end(o.lost(err))
		}
	}
}
