package session

import "bytes"

// gathering is a batch of lines under way. Lines that arrived together share
// one string, so that a line costs no allocation of its own.
type gathering struct {
	first bool // the next line begins a reply
	clean int  // bytes of the reply since something was wrong with its form
	lines []HeardLine
	block string // the lines as they came, when they are one block
	size  int
	text  []byte // of the newest lines, who have no Text yet
	ends  []int  // of each of them, in text
}

// begin makes ready for a reply.
func (g *gathering) begin() { g.first, g.clean = true, 0 }

// more takes what comes next of a reply: many lines when they are there and
// nothing is wrong with them, else one, or a literal. It looks no further ahead
// than the reply has come: so what follows a short one is not looked at for each
// of many.
func (g *gathering) more(p permit) (whole bool, err error) {
	for p.framer.Wants() == 0 && g.clean > 0 {
		block, ends, clean := p.wire.block(g.clean)
		switch {
		case !clean:
			g.clean = 0
		case len(ends) > 0:
			return g.addBlock(p, block, ends), nil
		}
		if !clean || len(g.lines) > 0 || !p.wire.fill(g.clean) {
			break
		}
	}
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
	g.lines, g.block = append(g.lines, line), ""
	g.size += len(text) + line.Cut
	if g.clean += len(text); line.Flaws != 0 {
		g.clean = 0
	}
}

// addBlock takes the lines of a block up to the end of the reply, and reports
// whether it is among them.
func (g *gathering) addBlock(p permit, block []byte, ends []int) (whole bool) {
	from := 0
	for i, end := range ends {
		whole = p.framer.Take(block[from:end-len(crlf)], 0)
		if from = end; whole {
			ends = ends[:i+1]
			break
		}
	}
	g.settle()
	text := string(block[:from])
	if p.wire.skip(from); len(g.lines) == 0 {
		g.block = text
	} else {
		g.block = ""
	}
	g.clean += from
	g.size += from - len(ends)*len(crlf)
	lines := append(make([]HeardLine, 0, len(g.lines)+len(ends)), g.lines...)
	from = 0
	for _, end := range ends {
		lines = append(lines, HeardLine{Text: text[from : end-len(crlf)]})
		from = end
	}
	g.lines = lines
	return whole
}

// settle gives the newest lines their text.
func (g *gathering) settle() {
	text := string(g.text)
	from := 0
	for i, end := range g.ends {
		g.lines[len(g.lines)-len(g.ends)+i].Text = text[from:end]
		from = end
	}
	g.text, g.ends = g.text[:0], g.ends[:0]
}

// take returns the batch and begins the next one.
func (g *gathering) take() hearing {
	g.settle()
	batch := hearing{lines: g.lines, block: g.block, size: g.size}
	g.lines, g.block, g.size = nil, "", 0
	return batch
}
