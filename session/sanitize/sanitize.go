// Package sanitize makes text of others safe to show. Every byte that comes
// from a network, a certificate or a file passes it before it reaches a
// terminal, a log or a report.
//
// What could move the cursor, hide, reorder or narrow other text becomes a
// visible escape; all else stays as it is:
//
//	\x1B       a byte: a C0 control (tab, CR, LF and NUL too), DEL, or a byte
//	           that is not UTF-8 (an 8-bit C1 control, Latin-1, a surrogate)
//	\u{202E}   a code point: C1 controls, bidi controls, zero-width characters,
//	           soft hyphen, line and paragraph separators, variation selectors,
//	           tags, interlinear marks, fillers, noncharacters, private use, and
//	           what this build's Unicode tables do not know
//
// Combining marks are kept up to MaxMarks in a row, and only on a character of
// the same text: a mark at the beginning would sit on what stands before it on
// the screen.
//
// A backslash stays a backslash, so that Windows paths and quoted pairs read as
// they were written. The escapes are therefore for eyes and cannot be turned
// back; who needs the exact bytes keeps them, as a record does. Lines are not
// known here: split text first, then pass each line.
package sanitize

import (
	"unicode"
	"unicode/utf8"
)

// MaxMarks is how many combining marks in a row are kept as they are. Living
// scripts need four at most.
const MaxMarks = 8

// Text returns text with all that is unsafe to show escaped. Clean ASCII comes
// back as it is, without a copy. The result is valid UTF-8, and Text of it
// changes nothing more.
func Text(text string) string {
	clean := plain(text)
	if clean == len(text) {
		return text
	}
	shown := make([]byte, 0, len(text)+len(text)/4+16)
	return string(escape(append(shown, text[:clean]...), []byte(text[clean:]), clean == 0))
}

// Append appends text to dst as Text shows it and returns the longer slice. It
// allocates only when dst is too short.
func Append(dst, text []byte) []byte {
	clean := plain(text)
	dst = append(dst, text[:clean]...)
	return escape(dst, text[clean:], clean == 0)
}

// plain returns the length of the printable ASCII that text begins with.
func plain[T string | []byte](text T) int {
	for i := range len(text) {
		if text[i]-' ' > '~'-' ' {
			return i
		}
	}
	return len(text)
}

// escape appends text to dst, escaped. Bare tells that no character stands
// before it to carry a mark.
func escape(dst, text []byte, bare bool) []byte {
	marks := 0 // in a row; MaxMarks where none may follow
	if bare {
		marks = MaxMarks
	}
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r < utf8.RuneSelf && unicode.IsPrint(r):
			dst, marks = append(dst, text[0]), 0
		case size == 1: // a control, or not UTF-8
			dst, marks = appendByte(dst, text[0]), MaxMarks
		case unsafeToShow(r) || clings(r) && marks >= MaxMarks:
			dst, marks = appendPoint(dst, r), MaxMarks
		case clings(r):
			dst, marks = append(dst, text[:size]...), marks+1
		default:
			dst, marks = append(dst, text[:size]...), 0
		}
		text = text[size:]
	}
	return dst
}
