package session

import (
	"bytes"
	"slices"
)

// gathering is a batch of lines under way, or a block of them. Lines that
// arrived together share one string, so that a line costs no allocation of its
// own.
type gathering struct {
	first bool // the next line begins a reply
	clean int  // bytes of the reply since something was wrong with its form, line ends apart
	lines []HeardLine
	text  []byte // of the lines
	ends  []int  // of each line, in text
	block *Block
	size  int // of all, in bytes
}

// begin makes ready for a reply.
func (g *gathering) begin() { g.first, g.clean = true, 0 }

// blocks reports whether the next lines may be taken by the block. They are when
// so many came one by one: what follows a short reply is not looked at for each
// of many.
func (g *gathering) blocks(p permit) bool {
	return g.clean >= readBlock && len(g.lines) == 0 && p.framer.Wants() == 0
}

// more takes what comes next of a reply: a block, or one line, or a literal.
func (g *gathering) more(p permit) (whole bool, err error) {
	for g.blocks(p) {
		text, ends := p.wire.block()
		if len(ends) > 0 {
			return g.addBlock(p, text, ends), nil
		}
		if !p.wire.fill() {
			break
		}
	}
	return g.one(p)
}

// addBlock takes lines up to the end of the reply, or up to a literal, and
// reports whether the reply is whole.
func (g *gathering) addBlock(p permit, text []byte, ends []uint32) (whole bool) {
	from := uint32(0)
	for i, end := range ends {
		whole = p.framer.Take(text[from:end-uint32(len(crlf))], 0)
		if from = end; whole || p.framer.Wants() > 0 {
			ends = ends[:i+1]
			break
		}
	}
	g.block = newBlock(text[:from], ends)
	p.wire.skip(int(from))
	g.size = int(from) - len(ends)*len(crlf)
	return whole
}

// one takes a line or a literal.
func (g *gathering) one(p permit) (whole bool, err error) {
	literal := p.framer.Wants() > 0
	text, line, whole, err := next(p)
	switch {
	case literal:
		g.addLiteral(text)
	case err == nil || len(text) > 0:
		g.add(text, line)
	}
	return whole, err
}

// addLiteral adds the lines of a literal, each as one.
func (g *gathering) addLiteral(text []byte) {
	for part := range bytes.Lines(text) {
		g.add(bytes.TrimSuffix(bytes.TrimSuffix(part, []byte("\n")), []byte("\r")), HeardLine{})
	}
}

func (g *gathering) add(text []byte, line HeardLine) {
	line.First = g.first
	g.first = false
	g.text = append(g.text, text...)
	g.ends = append(g.ends, len(g.text))
	g.lines = append(g.lines, line)
	g.size += len(text) + line.Cut
	if g.clean += len(text); line.Flaws != 0 {
		g.clean = 0
	}
}

// full reports whether the batch is large enough to be passed on.
func (g *gathering) full() bool { return g.block != nil || len(g.text) >= readBlock }

// take returns the batch and begins the next one.
func (g *gathering) take() hearing {
	lines, text := slices.Clone(g.lines), string(g.text)
	from := 0
	for i, end := range g.ends {
		lines[i].Text = text[from:end]
		from = end
	}
	batch := hearing{lines: lines, block: g.block, size: g.size}
	g.text, g.lines, g.ends, g.block, g.size = g.text[:0], g.lines[:0], g.ends[:0], nil, 0
	return batch
}
