package practice

import (
	"errors"
	"strings"
)

var (
	errPath   = errors.New("an address stands in < >, like <user@example.com>")
	errTooBig = errors.New("that address is too long")
)

// maxPath bounds an address with its brackets (RFC 5321 section 4.5.3.1.3).
const maxPath = 256

// parsePath reads "FROM:<address> PARAMETERS" (RFC 5321 section 4.1.2). The
// word before the colon is given in upper case. A source route is dropped
// (appendix C); a blank after the colon is let pass, as servers do.
func parsePath(text, word string) (address string, params []string, err error) {
	head, rest, ok := strings.Cut(text, ":")
	if !ok || !strings.EqualFold(strings.TrimSpace(head), word) {
		return "", nil, errors.New("that wants " + word + ":<address>")
	}
	rest = strings.TrimLeft(rest, " ")
	end := closing(rest)
	switch {
	case end < 0:
		return "", nil, errPath
	case end > maxPath:
		return "", nil, errTooBig
	}
	address, tail := rest[1:end], rest[end+1:]
	if tail != "" && tail[0] != ' ' {
		return "", nil, errPath
	}
	if strings.HasPrefix(address, "@") {
		if _, address, ok = strings.Cut(address, ":"); !ok {
			return "", nil, errPath
		}
	}
	return address, strings.Fields(tail), nil
}

// closing returns where the ">" is that ends a path; -1 when the text does not
// begin with "<" or does not end it. Quoted strings may hold anything.
func closing(text string) int {
	if text == "" || text[0] != '<' {
		return -1
	}
	quoted := false
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c < ' ' || c == 0x7f:
			return -1
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '>' && !quoted:
			return i
		case (c == ' ' || c == '<') && !quoted:
			return -1
		}
	}
	return -1
}

// checkAddress judges an address that is not the null sender. Only the shape:
// a local part of at most 64 octets, and a domain; "postmaster" needs none.
func checkAddress(address string) error {
	at := strings.LastIndexByte(address, '@')
	local, domain := address, ""
	if at >= 0 {
		local, domain = address[:at], address[at+1:]
	}
	switch {
	case strings.EqualFold(address, "postmaster"):
		return nil
	case local == "" || domain == "" || strings.ContainsAny(domain, `"\ `):
		return errPath
	case len(local) > 64: // RFC 5321 section 4.5.3.1.1
		return errTooBig
	}
	return nil
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
