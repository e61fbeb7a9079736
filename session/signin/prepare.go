package signin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// prepare makes one form of the forms in which a name or password may be typed:
// SASLprep (RFC 4013), which SCRAM wants (RFC 5802 section 5.1). ok is false for
// text that it forbids.
func prepare(text string) (prepared string, ok bool) {
	if !utf8.ValidString(text) {
		return "", false
	}
	prepared = norm.NFKC.String(strings.Map(mapped, text))
	if strings.ContainsFunc(prepared, forbidden) || !oneDirection(prepared) {
		return "", false
	}
	return prepared, true
}

// mapped makes any blank a space and drops what is not seen (RFC 4013 section
// 2.1, RFC 3454 tables C.1.2 and B.1).
func mapped(r rune) rune {
	switch {
	case r == 0x200b: // in both tables; dropped, as libraries do
		return -1
	case r != ' ' && unicode.Is(unicode.Zs, r):
		return ' '
	case r == 0x00ad, r == 0x034f, r == 0x1806, r >= 0x180b && r <= 0x180d,
		r == 0x200c, r == 0x200d, r == 0x2060, r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff:
		return -1
	}
	return r
}

// forbidden reports whether a character may not stand in the output (RFC 4013
// section 2.3): controls, private use, no characters at all, and those that
// change how others are shown.
func forbidden(r rune) bool {
	switch {
	case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Noncharacter_Code_Point, r):
		return true
	case r == 0x06dd, r == 0x070f, r == 0x180e, r >= 0x2028 && r <= 0x2029, r >= 0x2061 && r <= 0x2063,
		r >= 0x206a && r <= 0x206f, r >= 0xfff9 && r <= 0xfffd, r >= 0x1d173 && r <= 0x1d17a, // controls
		r >= 0x2ff0 && r <= 0x2ffb,                                                     // unfit for canonical form
		r == 0x0340, r == 0x0341, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, // of direction
		r == 0xe0001, r >= 0xe0020 && r <= 0xe007f: // tags
		return true
	}
	return false
}

// oneDirection reports whether text runs one way only: a letter from right to
// left must then stand first and last, and none from left to right (RFC 3454
// section 6).
func oneDirection(text string) bool {
	var right, left bool
	for _, r := range text {
		switch direction(r) {
		case bidi.R, bidi.AL:
			right = true
		case bidi.L:
			left = true
		}
	}
	if !right {
		return true
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return !left && fromRight(first) && fromRight(last)
}

func fromRight(r rune) bool {
	class := direction(r)
	return class == bidi.R || class == bidi.AL
}

func direction(r rune) bidi.Class {
	properties, _ := bidi.LookupRune(r)
	return properties.Class()
}
