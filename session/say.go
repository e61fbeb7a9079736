package session

import (
	"strings"
	"time"
)

// sayWhatMay sends what is queued for as long as lock-step allows it.
func (o *owner) sayWhatMay() {
	for !o.over {
		item, ok := o.queue.take(o.free())
		if !ok {
			return
		}
		switch out := item.out.(type) {
		case Line:
			o.say(item.id, out.Text)
		case Body:
			o.upload(item.id, out)
		}
	}
}

// say sends one line: parsed in the light of the State it meets, one write.
func (o *owner) say(id ID, text string) {
	command := o.dialect.Parse(text, o.state)
	first, rest := o.dialect.Encode(command)
	o.tap.learn(command.Secrets)
	shown := command.Shown()
	since := time.Now()
	o.state = o.state.Sent(shown)
	for range command.Answers {
		o.waits = append(o.waits, wait{id: id, to: shown, since: since})
	}
	o.rest = rest
	stuffed := command.Effect == EffectText && strings.HasPrefix(command.Line, ".")
	o.events.put(Said{Stamp{since}, id, shown, stuffed, o.state})
	o.write(first)
}

// write sends bytes with a deadline; a failure ends the conversation.
func (o *owner) write(data []byte) bool {
	if !o.closing.Load() {
		o.wire.conn.SetWriteDeadline(time.Now().Add(o.options.Timeouts.Write))
	}
	if o.closing.Load() {
		o.wire.conn.SetDeadline(longAgo)
	}
	_, err := o.wire.conn.Write(data)
	if err != nil {
		o.end(o.lost(err))
	}
	return err == nil
}
