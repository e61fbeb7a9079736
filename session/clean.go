package session

import (
	"encoding/binary"
	"math/bits"
)

// crlf ends a line (RFC 5321 section 2.3.8).
const crlf = "\r\n"

// Words of eight equal bytes, to look at eight bytes of a text at a time.
const (
	eachHigh  = 0x8080808080808080
	eachAfter = 0x0e0e0e0e0e0e0e0e // the byte after CR
)

// cleanLines appends where lines end in a text that a line begins, the CRLF of
// each included, up to a line that is not whole, ends otherwise, or holds a CR
// or a NUL. It looks at the text once: it is what a flood is looked at by.
func cleanLines(ends []uint32, text []byte) []uint32 {
	for at := 0; ; {
		at = nextLow(text, at)
		switch {
		case at+1 >= len(text):
			return ends
		case text[at] == '\r' && text[at+1] == '\n':
			at += len(crlf)
			ends = append(ends, uint32(at))
		case text[at] == '\r' || text[at] == '\n' || text[at] == 0:
			return ends
		default:
			at++ // a tab, and what is no matter here
		}
	}
}

// nextLow returns where the first byte is, from at on, that is not above CR; the
// length of the text when there is none.
func nextLow(text []byte, at int) int {
	for ; at+8 <= len(text); at += 8 {
		word := binary.LittleEndian.Uint64(text[at:])
		// The highest bit of each byte that is lower; what a borrow adds stands
		// above the first.
		if low := (word - eachAfter) &^ word & eachHigh; low != 0 {
			return at + bits.TrailingZeros64(low)/8
		}
	}
	for at < len(text) && text[at] > '\r' {
		at++
	}
	return at
}
