package session

import (
	"iter"
	"slices"
	"sync"
)

// Block is lines in the midst of a long reply as they came together: whole,
// each with its CRLF, nothing wrong with their form and nothing in them hidden.
// A line costs four bytes beside its text, and a block may be used again: who
// has taken what it holds says Done.
type Block struct {
	text []byte
	ends []uint32
}

// spentBlocks are those that are done with.
var spentBlocks = sync.Pool{New: func() any { return new(Block) }}

// newBlock returns a block of lines that end where ends tells.
func newBlock(text []byte, ends []uint32) *Block {
	b := spentBlocks.Get().(*Block)
	b.text, b.ends = append(b.text[:0], text...), append(b.ends[:0], ends...)
	return b
}

// Done gives the block back. Nobody may look at it any more; one that is not
// given back is no loss.
func (b *Block) Done() {
	if b != nil {
		spentBlocks.Put(b)
	}
}

// Text returns the lines, each with its CRLF. It is not to be changed.
func (b *Block) Text() []byte { return b.text }

// Ends returns where each line ends in the text, its CRLF included. It is not to
// be changed.
func (b *Block) Ends() []uint32 { return b.ends }

// all are the lines, each for itself.
func (b *Block) all(yield func(HeardLine) bool) {
	text := string(b.text)
	from := uint32(0)
	for _, end := range b.ends {
		if !yield(HeardLine{Text: text[from : end-uint32(len(crlf))]}) {
			return
		}
		from = end
	}
}

// Len returns how many lines were heard.
func (h Heard) Len() int {
	if h.Block != nil {
		return len(h.Block.ends)
	}
	return len(h.Lines)
}

// All returns the lines that were heard, in their order.
func (h Heard) All() iter.Seq[HeardLine] {
	if h.Block != nil {
		return h.Block.all
	}
	return slices.Values(h.Lines)
}
