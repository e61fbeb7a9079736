package address

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// String returns the domain as it goes on the wire.
func (d Domain) String() string { return d.ASCII }

// ParseDomain reads the name of a domain or host, trimmed as Trim does. An
// address literal is no name. An error is an *Error.
func ParseDomain(s string) (Domain, error) {
	trimmed := Trim(s)
	problem := badByte(trimmed)
	if problem == "" {
		var domain Domain
		if domain, problem = parseDomain(trimmed, false); problem == "" {
			return domain, nil
		}
	}
	return Domain{}, &Error{Input: s, Problem: problem}
}

// parseDomain reads what stands after an @ (literals allowed) or alone.
func parseDomain(s string, literals bool) (Domain, string) {
	switch {
	case s == "" && literals:
		return Domain{}, "there is nothing after the @"
	case s == "":
		return Domain{}, "no domain is given"
	case s[0] == '[' && literals:
		return parseLiteral(s)
	}
	if ip, err := netip.ParseAddr(s); err == nil {
		return Domain{}, fmt.Sprintf("%s is an IP address, not a domain; after an @ it stands in brackets: %s", s, Literal(ip))
	}
	domain, problem := bothForms(s)
	if problem == "" {
		problem = badName(domain.ASCII)
	}
	return domain, problem
}

// bothForms returns a name in ASCII and in its own letters (RFC 5891).
func bothForms(s string) (Domain, string) {
	if isASCII(s) && !strings.Contains(strings.ToLower(s), "xn--") {
		name := strings.ToLower(s)
		return Domain{ASCII: name, Unicode: name}, ""
	}
	// Names with an underscore exist: the strict rules of host names are not asked for.
	profile := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false), idna.Transitional(false))
	ascii, err := profile.ToASCII(s)
	if err != nil {
		return Domain{}, "the domain has letters that no domain name can have"
	}
	letters, err := profile.ToUnicode(ascii)
	if err != nil {
		letters = ascii
	}
	return Domain{ASCII: ascii, Unicode: letters}, ""
}

// badName checks a name in ASCII: RFC 1035 section 2.3.4 for the lengths;
// letters, digits, hyphens, and the underscore that some hosts have.
func badName(name string) string {
	if len(name) > maxDomain {
		return fmt.Sprintf("the domain has %d characters; mail allows %d", len(name), maxDomain)
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return "the domain has a dot too many"
		case len(label) > 63:
			return fmt.Sprintf("a part of the domain between dots has %d characters; 63 are allowed", len(label))
		}
		if i := strings.IndexFunc(label, notInName); i >= 0 {
			r, _ := utf8.DecodeRuneInString(label[i:])
			return fmt.Sprintf("%q cannot stand in a domain", r)
		}
	}
	return ""
}

func notInName(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return r != '-' && r != '_'
}

// parseLiteral reads [192.0.2.1] or [IPv6:2001:db8::1], RFC 5321 section 4.1.3.
func parseLiteral(s string) (Domain, string) {
	inside, closed := strings.CutSuffix(s[1:], "]")
	if !closed {
		return Domain{}, "the bracket is not closed"
	}
	bare, tagged := inside, false
	if len(inside) > 5 && strings.EqualFold(inside[:5], "IPv6:") {
		bare, tagged = inside[5:], true
	}
	ip, err := netip.ParseAddr(bare)
	switch {
	case err != nil || ip.Zone() != "" || tagged && !ip.Is6():
		return Domain{}, "what stands in the brackets is no IP address"
	case !tagged && ip.Is6():
		return Domain{}, "an IPv6 address in brackets is written " + Literal(ip)
	}
	literal := Literal(ip)
	return Domain{ASCII: literal, Unicode: literal, IP: ip}, ""
}

// Literal returns an IP address in the form it has after an @ and after EHLO
// (RFC 5321 section 4.1.3): "[192.0.2.1]", "[IPv6:2001:db8::1]".
func Literal(ip netip.Addr) string {
	if ip.Is4() {
		return "[" + ip.String() + "]"
	}
	return "[IPv6:" + ip.WithZone("").String() + "]"
}
