package session

import (
	"bytes"
	"time"
)

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
	batch := hearing{begun: p.wire.begun()}
	first := true
	for {
		literal := p.framer.Wants() > 0
		text, line, whole, err := next(p)
		if err == nil || len(text) > 0 {
			line.First = first
			first = false
			lines.addPiece(text, line, literal)
		}
		if whole {
			reply := p.framer.Reply()
			batch.reply = &reply
		}
		batch.err = err
		if whole || err != nil || len(lines.text) >= readBlock || !p.wire.lineReady() {
			batch.lines = lines.take()
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

// gathering is a batch under way. The text of all its lines becomes one
// string, so that a line costs no allocation of its own.
type gathering struct {
	text  []byte
	lines []HeardLine
	ends  []int // of each line, in text
}

func (g *gathering) add(text []byte, line HeardLine) {
	g.text = append(g.text, text...)
	g.lines = append(g.lines, line)
	g.ends = append(g.ends, len(g.text))
}

// addPiece adds a line, or the lines of a literal, each as one.
func (g *gathering) addPiece(text []byte, line HeardLine, literal bool) {
	if !literal {
		g.add(text, line)
		return
	}
	for part := range bytes.Lines(text) {
		g.add(bytes.TrimSuffix(bytes.TrimSuffix(part, []byte("\n")), []byte("\r")), line)
		line.First = false
	}
}

// take returns the batch and begins the next one.
func (g *gathering) take() []HeardLine {
	text := string(g.text)
	lines := append([]HeardLine(nil), g.lines...)
	from := 0
	for i, end := range g.ends {
		lines[i].Text = text[from:end]
		from = end
	}
	g.text, g.lines, g.ends = g.text[:0], g.lines[:0], g.ends[:0]
	return lines
}
