// Package address reads what people type or paste where a mail address, a
// domain or a server is asked for, and says in one plain line what is wrong
// with it.
//
//	jcatalaa@catium.com               a mailbox
//	Jean <jcatalaa@catium.com>,       the same, as mail programs copy it
//	mailto:jcatalaa@catium.com?cc=x   the same, as browsers copy it
//	catium.com                        a domain: where does its mail go?
//	mx1.example.org:2525              a server
//	smtps://mx1.example.org           a server and how to speak to it
//
// It is as lenient as a server may be: what only the other end can judge (two
// dots in a row before the @) passes. What cannot go into a command without
// breaking it (line ends, angle brackets) does not.
//
//	form               RFC 5321 section 4.1.2
//	lengths            RFC 5321 section 4.5.3.1
//	address literals   RFC 5321 section 4.1.3
//	names not in ASCII RFC 5891, RFC 6531 section 3.3
package address

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lengths of RFC 5321 sections 4.5.3.1.1 to .3, in octets. A path is 256
// with its angle brackets.
const (
	maxLocal   = 64
	maxDomain  = 255
	maxAddress = 254
)

// Address is a mailbox. The zero value is no address, and stands for the null
// sender where one is allowed.
type Address struct {
	Local  string // before the @, as typed, quotes included
	Domain Domain
}

// Domain is a name of the DNS or an address literal. The zero value is none.
type Domain struct {
	ASCII   string     // "xn--bcher-kva.example", or the literal with its brackets
	Unicode string     // "bücher.example"; the same as ASCII where there is no other form
	IP      netip.Addr // valid for an address literal only
}

// String returns the address as it goes into a command, without angle
// brackets; "" for the zero value.
func (a Address) String() string {
	if a == (Address{}) {
		return ""
	}
	return a.Local + "@" + a.Domain.ASCII
}

// Display returns the address as people write it, the domain in its own
// letters.
func (a Address) Display() string {
	if a == (Address{}) {
		return ""
	}
	return a.Local + "@" + a.Domain.Unicode
}

// NeedsUTF8 reports whether the address goes only to servers that offer
// SMTPUTF8 (RFC 6531): its local part is not ASCII.
func (a Address) NeedsUTF8() bool { return !isASCII(a.Local) }

// Error tells what is wrong with something typed.
type Error struct {
	Input   string // as typed
	Problem string // plain words, without the input
}

func (e *Error) Error() string { return fmt.Sprintf("%q: %s", e.Input, e.Problem) }

// Parse reads one mail address, trimmed as Trim does. An error is an *Error.
func Parse(s string) (Address, error) {
	address, problem := parse(Trim(s))
	if problem != "" {
		return Address{}, &Error{Input: s, Problem: problem}
	}
	return address, nil
}

func parse(s string) (Address, string) {
	if s == "" {
		return Address{}, "no address is given"
	}
	if problem := badByte(s); problem != "" {
		return Address{}, problem
	}
	local, name, problem := split(s)
	if problem == "" {
		problem = badLocal(local)
	}
	if problem != "" {
		return Address{}, problem
	}
	domain, problem := parseDomain(name, true)
	if problem == "" && len(local)+1+len(domain.ASCII) > maxAddress {
		problem = fmt.Sprintf("it is longer than the %d characters mail allows", maxAddress)
	}
	return Address{Local: local, Domain: domain}, problem
}

// badByte finds what can stand nowhere: a control character would end the
// command or deceive the eye.
func badByte(s string) string {
	place := 0
	for i, r := range s {
		place++
		if _, size := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
			return fmt.Sprintf("character %d is not text (byte 0x%02X)", place, s[i])
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return fmt.Sprintf("character %d is an invisible control character (U+%04X)", place, r)
		}
	}
	return ""
}

// split cuts an address at its one @ outside quotes.
func split(s string) (local, domain, problem string) {
	at, quoted, escaped := -1, false, false
	for i := range len(s) {
		switch c := s[i]; {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '@' && at >= 0:
			return "", "", "there is more than one @; one address at a time"
		case c == '@':
			at = i
		case c == ' ':
			return "", "", fmt.Sprintf("character %d is a blank; an address has none", utf8.RuneCountInString(s[:i])+1)
		}
	}
	switch {
	case quoted:
		return "", "", "a quotation mark is not closed"
	case at < 0:
		return "", "", "there is no @; an address is name@domain"
	}
	return s[:at], s[at+1:], ""
}

// badLocal checks the part before the @: a Dot-string or a Quoted-string of
// RFC 5321 section 4.1.2, but dots may stand where they like.
func badLocal(local string) string {
	switch {
	case local == "":
		return "there is nothing before the @"
	case len(local) > maxLocal:
		return fmt.Sprintf("the part before the @ has %d characters; mail allows %d", len(local), maxLocal)
	case local[0] == '"' && local[len(local)-1] == '"' && len(local) > 1:
		return badQuoted(local[1 : len(local)-1])
	}
	if i := strings.IndexAny(local, `<>()[],;:\"`); i >= 0 {
		return fmt.Sprintf("%q cannot stand before the @ without quotation marks around that part", local[i:i+1])
	}
	return ""
}

// badQuoted checks the inside of a quoted part: quotation marks need a
// backslash.
func badQuoted(inside string) string {
	for i := 0; i < len(inside); i++ {
		switch inside[i] {
		case '\\':
			i++
		case '"':
			return "a quotation mark stands in the middle of the part before the @"
		}
	}
	return ""
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
