package session

import "time"

// permit lets the reader read one whole reply from a wire, and no byte more
// than is needed to see its end.
type permit struct {
	wire   *wire
	framer Framer
}

// hearing is what the reader found: lines, and at the end the reply or why
// there is none.
type hearing struct {
	begun time.Time // when the first byte of the reply arrived
	lines []HeardLine
	reply *Reply
	err   error
}

// reader reads by permit, until permits is closed or the wire breaks. It has
// no memory of its own between permits, so the owner may replace the wire
// while no permit is out.
type reader struct {
	permits chan permit
	heard   chan hearing
	quit    <-chan struct{}
}

func (r reader) run() {
	for {
		select {
		case p := <-r.permits:
			if !r.read(p) {
				return
			}
		case <-r.quit:
			return
		}
	}
}

// read takes one whole reply and passes it on in batches of what arrived
// together. It reports whether the wire still stands.
func (r reader) read(p permit) bool {
	batch := hearing{begun: p.wire.begun()}
	size, first := 0, true
	for {
		line, whole, err := next(p)
		if err == nil || line.Text != "" {
			line.First = first
			first = false
			batch.lines = append(batch.lines, line)
			size += len(line.Text)
		}
		if whole {
			reply := p.framer.Reply()
			batch.reply = &reply
		}
		batch.err = err
		if whole || err != nil || size >= readBlock || !p.wire.lineReady() {
			if !r.pass(batch) {
				return false
			}
			batch, size = hearing{begun: batch.begun}, 0
		}
		if whole || err != nil {
			return err == nil
		}
	}
}

func (r reader) pass(batch hearing) bool {
	select {
	case r.heard <- batch:
		return true
	case <-r.quit:
		return false
	}
}

// next reads the next piece of a reply, a line or a literal.
func next(p permit) (line HeardLine, whole bool, err error) {
	if n := p.framer.Wants(); n > 0 {
		data, err := p.wire.literal(n)
		if err != nil {
			return HeardLine{}, false, err
		}
		return HeardLine{Text: string(data)}, p.framer.Take(data, 0), nil
	}
	text, cut, flaws, err := p.wire.line()
	line = HeardLine{Text: string(text), Cut: cut, Flaws: flaws}
	if err != nil {
		return line, false, err
	}
	return line, p.framer.Take(text, flaws), nil
}
