package address

import (
	"net/url"
	"strings"
	"unicode"
)

// Trim returns the address inside what people paste: blanks and invisible
// characters at the ends, "mailto:" with its query, "Name <...>" and a
// trailing dot, comma or semicolon are cut. It does not judge what is left.
func Trim(s string) string {
	s = trimEnds(s)
	if open := opening(s); open >= 0 && strings.HasSuffix(s, ">") {
		s = trimEnds(s[open+1 : len(s)-1])
	}
	const scheme = "mailto:" // RFC 6068
	if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
		s, _, _ = strings.Cut(s[len(scheme):], "?")
		if plain, err := url.PathUnescape(s); err == nil {
			s = plain
		}
		s = trimEnds(s)
	}
	return s
}

// opening returns where the last < stands outside quotation marks; where they do
// not pair, the last there is. -1 is none.
func opening(s string) int {
	at, quoted := -1, false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '<' && !quoted:
			at = i
		}
	}
	if quoted {
		return strings.LastIndexByte(s, '<')
	}
	return at
}

// DisplayName returns the display name of "Name <address>" without quotation marks,
// "" where there is none.
func DisplayName(s string) string {
	s = trimEnds(s)
	open := opening(s)
	if open < 0 || !strings.HasSuffix(s, ">") {
		return ""
	}
	name := strings.TrimSpace(s[:open])
	if len(name) > 1 && name[0] == '"' && name[len(name)-1] == '"' {
		name = unquote(name[1 : len(name)-1])
	}
	return name
}

// unquote drops the backslash of each quoted pair (RFC 5322 section 3.2.1).
func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// trimEnds cuts blanks and what is invisible at both ends, and what a sentence
// or a list leaves behind at the right. Line ends inside stay, to be refused.
func trimEnds(s string) string {
	invisible := func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF' || r == '\u2060'
	}
	s = strings.TrimFunc(s, invisible)
	return strings.TrimRightFunc(s, func(r rune) bool {
		return invisible(r) || r == '.' || r == ',' || r == ';'
	})
}
