package smtp

import (
	"slices"
	"strings"
)

// Letter is what was typed of the message under way: as much of it as tells
// whether its form is right (RFC 5322 section 2.1). The zero value is an empty
// one.
type Letter struct {
	Lines  int
	Parted bool // an empty line has ended the header
	From   bool // the header names a sender
	Broken bool // a line stands in the header that is none: no empty line came before it
}

// with adds a line. A message may begin with a blank in its first line, as
// that folds nothing.
func (l Letter) with(line string) Letter {
	l.Lines++
	switch {
	case l.Parted:
	case line == "":
		l.Parted = true
	case l.Lines > 1 && (line[0] == ' ' || line[0] == '\t'):
	default:
		name := fieldName(line)
		l.From = l.From || strings.EqualFold(name, "From")
		l.Broken = l.Broken || name == ""
	}
	return l
}

// fieldName returns the name of a header field, "" for a line that is none
// (RFC 5322 section 2.2; a blank before the colon is of its section 4.5).
func fieldName(line string) string {
	name, _, found := strings.Cut(line, ":")
	name = strings.TrimRight(name, " \t")
	if !found || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return ""
	}
	return name
}

// eightBit reports whether a text has bytes over 127.
func eightBit(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return true
		}
	}
	return false
}

// mayHoldEightBit reports whether the message under way may hold bytes over 127: its
// MAIL said so (RFC 6152 section 3, RFC 3030 section 3).
func (s State) mayHoldEightBit() bool {
	return slices.ContainsFunc(s.Params, func(param string) bool {
		return strings.EqualFold(param, "BODY=8BITMIME") || strings.EqualFold(param, "BODY=BINARYMIME")
	})
}
