package resolver

import (
	"errors"
	"net/netip"
	"strings"

	"github.com/miekg/dns"
	"golang.org/x/net/idna"
)

// Name is a domain or host in both of its forms. The zero value is no name.
type Name struct {
	ASCII   string     // as DNS knows it, lower case, without the last dot; an address without brackets
	Unicode string     // as people read it
	Address netip.Addr // set when it is an address and no name
}

var (
	errEmpty = errors.New("it is empty")
	errForm  = errors.New("a name has at most 253 letters, 63 between two dots, and no empty part")
	errSign  = errors.New("a name has letters, digits, hyphens and dots only")
)

// ParseName reads a domain or host in any script (RFC 5891), or an address,
// also as a mail address has it: "[192.0.2.1]", "[IPv6:2001:db8::1]" (RFC 5321
// section 4.1.3). A last dot is dropped. The error is an *Error, BadName.
func ParseName(text string) (Name, error) {
	if addr, ok := literal(text); ok {
		return Name{ASCII: addr.String(), Unicode: text, Address: addr}, nil
	}
	name := strings.TrimSuffix(text, ".")
	ascii, err := toASCII(name)
	if err != nil {
		return Name{}, &Error{Kind: BadName, Name: text, Err: err}
	}
	return Name{ASCII: ascii, Unicode: shown(ascii)}, nil
}

func toASCII(name string) (string, error) {
	if name == "" {
		return "", errEmpty
	}
	if !plainASCII(name) {
		ascii, err := idna.Lookup.ToASCII(name)
		if err != nil {
			return "", errSign
		}
		name = ascii
	}
	if strings.IndexFunc(name, unfit) >= 0 {
		return "", errSign
	}
	if len(name) > 253 || !wellFormed(name) {
		return "", errForm
	}
	return strings.ToLower(name), nil
}

func wellFormed(name string) bool {
	if _, ok := dns.IsDomainName(name); !ok {
		return false
	}
	return !strings.HasPrefix(name, ".") && !strings.Contains(name, "..") && !strings.HasSuffix(name, ".")
}

// unfit reports whether a letter cannot stand in a name that is typed. The
// underscore can: names with it are in use.
func unfit(letter rune) bool {
	return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._", letter)
}

func plainASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// shown returns a name as people read it; as it is when it cannot be turned.
func shown(ascii string) string {
	if !strings.Contains(ascii, "xn--") {
		return ascii
	}
	if unicode, err := idna.Lookup.ToUnicode(ascii); err == nil {
		return unicode
	}
	return ascii
}

// literal reads an address, in brackets or not.
func literal(text string) (netip.Addr, bool) {
	if inside, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(inside, "]") {
		text = strings.TrimSuffix(inside, "]")
	}
	if len(text) > 5 && strings.EqualFold(text[:5], "IPv6:") {
		text = text[5:]
	}
	addr, err := netip.ParseAddr(text)
	return addr.Unmap(), err == nil
}
