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
	block *Block // instead of lines
	size  int    // of the lines in bytes, line ends apart
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
	var lines gathering
	for {
		select {
		case p := <-r.permits:
			if !r.read(p, &lines) {
				return
			}
		case <-r.quit:
			return
		}
	}
}

// read takes one whole reply and passes it on in batches of what arrived
// together. It reports whether the wire still stands.
func (r reader) read(p permit, lines *gathering) bool {
	begun := p.wire.begun()
	lines.begin()
	for {
		whole, err := lines.more(p)
		if whole || err != nil || lines.full() || !p.wire.lineReady() {
			batch := lines.take()
			batch.begun, batch.err = begun, err
			if whole {
				reply := p.framer.Reply()
				batch.reply = &reply
			}
			if !r.pass(batch) {
				return false
			}
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

// next reads the next piece of a reply, a line or a literal. Its text is good
// until the next call.
func next(p permit) (text []byte, line HeardLine, whole bool, err error) {
	if n := p.framer.Wants(); n > 0 {
		text, err = p.wire.literal(n)
	} else {
		text, line.Cut, line.Flaws, err = p.wire.line()
	}
	if err != nil {
		return text, line, false, err
	}
	return text, line, p.framer.Take(text, line.Flaws), nil
}
