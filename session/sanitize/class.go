package sanitize

import (
	"strconv"
	"unicode"
)

// Shown reports whether a code point stands in shown text as it is, a mark on a
// character before it among them. All else Text writes as an escape; formats
// with escapes of their own, as JSON, have to write it as one.
func Shown(r rune) bool { return r >= ' ' && r <= '~' || r > '~' && !unsafeToShow(r) }

// unsafeToShow reports whether a code point beyond ASCII must not reach a
// screen: it is no letter, mark, number, sign or blank of Unicode, or it is one
// of those that draw nothing.
func unsafeToShow(r rune) bool {
	return !unicode.IsGraphic(r) ||
		unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// clings reports whether a code point may be drawn onto the one before it and
// take no place of its own: combining marks, and what joins a grapheme cluster
// without being one (UAX 29).
func clings(r rune) bool {
	switch {
	case unicode.Is(unicode.M, r):
	case r >= 0x1160 && r <= 0x11FF: // Hangul vowels and finals
	case r >= 0xD7B0 && r <= 0xD7FF: // more of them
	case r >= 0xFF9E && r <= 0xFF9F: // halfwidth voiced marks
	case r >= 0x1F3FB && r <= 0x1F3FF: // skin tones
	default:
		return false
	}
	return true
}

const hex = "0123456789ABCDEF"

// appendByte appends a byte as \x1B.
func appendByte(dst []byte, b byte) []byte {
	return append(dst, '\\', 'x', hex[b>>4], hex[b&15])
}

// appendPoint appends a code point as \u{202E}.
func appendPoint(dst []byte, r rune) []byte {
	dst = append(dst, `\u{`...)
	start := len(dst)
	dst = strconv.AppendInt(dst, int64(r), 16)
	for i := start; i < len(dst); i++ {
		if dst[i] >= 'a' {
			dst[i] -= 'a' - 'A'
		}
	}
	return append(dst, '}')
}
