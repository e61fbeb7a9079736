package command

import (
	"context"
	"io"
)

// patientBlock is how much is read ahead of a source that keeps us waiting.
const patientBlock = 64 << 10

// patient reads a source that no deadline can wake, such as standard input,
// and comes back when ctx ends. The read under way is then left behind: it
// ends with the program.
type patient struct {
	ctx    context.Context
	source io.ReadCloser
	blocks chan []byte // full ones
	free   chan []byte // to be filled
	rest   []byte      // of the block that is being handed out
	block  []byte      // that block, whole
	err    error       // set before blocks is closed
}

// Read hands out what has come, and waits when nothing has.
func (p *patient) Read(to []byte) (int, error) {
	if p.blocks == nil {
		p.begin()
	}
	for len(p.rest) == 0 {
		if p.block != nil {
			p.free <- p.block[:cap(p.block)]
			p.block = nil
		}
		select {
		case block, more := <-p.blocks:
			if !more {
				return 0, p.err
			}
			p.block, p.rest = block, block
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(to, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *patient) begin() {
	p.blocks, p.free = make(chan []byte, 2), make(chan []byte, 2)
	p.free <- make([]byte, patientBlock)
	p.free <- make([]byte, patientBlock)
	go p.fill()
}

// fill reads ahead, two blocks at most.
func (p *patient) fill() {
	defer close(p.blocks)
	for block := range p.free {
		n, err := p.source.Read(block)
		p.blocks <- block[:n]
		if err != nil {
			p.err = err
			return
		}
	}
}

// Close closes the source.
func (p *patient) Close() error { return p.source.Close() }
