package address

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Kind says which of the things a target can be was given.
type Kind uint8

// The kinds of target. KindNone is the zero value.
const (
	KindNone    Kind = iota
	KindMailbox      // user@domain: look up where its mail goes
	KindDomain       // domain: the same, without a recipient
	KindServer       // host:port, an IP address, or a URL: connect there
)

// Target is what the command line names: whom or what to talk to.
type Target struct {
	Kind   Kind
	To     Address // for KindMailbox
	Domain Domain  // for KindMailbox and KindDomain
	Server Server  // for KindServer
	Scheme string  // for KindServer: "smtp", "imaps" ...; "" when none was written
	User   string  // for KindServer: what stood before an @ in a URL
}

// Server is a host with a port.
type Server struct {
	Host string     // a name in ASCII, or an IP address without brackets
	IP   netip.Addr // valid when Host is an IP address
	Port uint16     // 0 when none was given and there is no usual one
}

// String returns host:port, an IPv6 address in brackets.
func (s Server) String() string {
	host := s.Host
	if s.IP.Is6() {
		host = "[" + host + "]"
	}
	return host + ":" + strconv.Itoa(int(s.Port))
}

// ParseTarget reads a target of the command line:
//
//	user@domain | domain | host:port | IP | scheme://[user@]host[:port]
//
// An error is an *Error.
func ParseTarget(s string) (Target, error) {
	target, problem := parseTarget(Trim(s))
	if problem != "" {
		return Target{}, &Error{Input: withoutPassword(s), Problem: problem}
	}
	return target, nil
}

func parseTarget(s string) (Target, string) {
	if problem := badByte(s); problem != "" {
		return Target{}, problem
	}
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		return parseURL(strings.ToLower(scheme), rest)
	}
	if strings.ContainsRune(s, '@') {
		to, problem := parse(s)
		return Target{Kind: KindMailbox, To: to, Domain: to.Domain}, problem
	}
	if _, err := netip.ParseAddr(s); err == nil || strings.ContainsAny(s, ":[") {
		server, problem := parseServer(s, 25)
		return Target{Kind: KindServer, Server: server}, problem
	}
	domain, problem := parseDomain(s, false)
	if s == "" {
		problem = "no address, domain or server is given"
	}
	return Target{Kind: KindDomain, Domain: domain}, problem
}

// ParseServer reads HOST or HOST:PORT, [IPv6]:PORT included. port is taken
// when none is written. An error is an *Error.
func ParseServer(s string, port uint16) (Server, error) {
	trimmed := trimEnds(s)
	problem := badByte(trimmed)
	if problem == "" {
		var server Server
		if server, problem = parseServer(trimmed, port); problem == "" {
			return server, nil
		}
	}
	return Server{}, &Error{Input: s, Problem: problem}
}

func parseServer(s string, port uint16) (Server, string) {
	host, digits := s, ""
	if _, err := netip.ParseAddr(s); err != nil { // a bare IPv6 address has colons, but no port
		if colon := strings.LastIndexByte(s, ':'); colon > strings.LastIndexByte(s, ']') {
			host, digits = s[:colon], s[colon+1:]
			var problem string
			if port, problem = parsePort(digits); problem != "" {
				return Server{}, problem
			}
		}
	}
	server, problem := parseHost(host)
	server.Port = port
	return server, problem
}

func parseHost(s string) (Server, string) {
	bare := s
	if inside, ok := strings.CutPrefix(s, "["); ok {
		if bare, ok = strings.CutSuffix(inside, "]"); !ok {
			return Server{}, "the bracket is not closed"
		}
	}
	if ip, err := netip.ParseAddr(bare); err == nil {
		return Server{Host: bare, IP: ip}, ""
	}
	switch {
	case s == "":
		return Server{}, "there is no host before the colon"
	case strings.ContainsRune(s, ':') && bare == s:
		return Server{}, "there is more than one colon; an IPv6 address with a port is written [address]:port"
	}
	domain, problem := parseDomain(bare, false)
	return Server{Host: domain.ASCII}, problem
}

// parsePort reads a port, 1 to 65535.
func parsePort(s string) (uint16, string) {
	n, err := strconv.ParseUint(s, 10, 64)
	switch {
	case s == "":
		return 0, "there is no port after the colon"
	case err != nil && strings.Trim(s, "0123456789") != "":
		return 0, fmt.Sprintf("the port %q is not a number", s)
	case err != nil || n < 1 || n > 65535:
		return 0, fmt.Sprintf("the port %s is out of range; ports go from 1 to 65535", s)
	}
	return uint16(n), ""
}

func parseURL(scheme, rest string) (Target, string) {
	port, known := usualPort(scheme)
	if !known {
		return Target{}, fmt.Sprintf("%q is no scheme known here; smtp, smtps, submission, lmtp, pop3, pop3s, imap, imaps, sieve, tcp and tls are", scheme)
	}
	rest = strings.TrimSuffix(rest, "/")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return Target{}, fmt.Sprintf("nothing can follow the host here, but %q does", rest[i:])
	}
	user := ""
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		user, rest = rest[:at], rest[at+1:]
		if strings.ContainsRune(user, ':') {
			return Target{}, "a password does not belong on the command line; other users can read it there"
		}
	}
	server, problem := parseServer(rest, port)
	if problem == "" && server.Port == 0 {
		problem = scheme + ":// needs a port: " + scheme + "://host:port"
	}
	return Target{Kind: KindServer, Server: server, Scheme: scheme, User: user}, problem
}

// withoutPassword hides what stands between the colon and the @ of a URL, so
// that the error about it does not show it.
func withoutPassword(s string) string {
	scheme, rest, _ := strings.Cut(s, "://")
	user, password, ok := strings.Cut(rest, ":")
	at := strings.LastIndexByte(password, '@')
	if !ok || at < 0 {
		return s
	}
	return scheme + "://" + user + ":<hidden>" + password[at:]
}

// usualPort returns the registered port of a scheme, 0 where there is none,
// and whether the scheme is known.
func usualPort(scheme string) (uint16, bool) {
	switch scheme {
	case "smtp":
		return 25, true
	case "smtps":
		return 465, true // RFC 8314 section 3.3
	case "submission":
		return 587, true // RFC 6409
	case "lmtp":
		return 24, true
	case "pop3":
		return 110, true
	case "pop3s":
		return 995, true
	case "imap":
		return 143, true
	case "imaps":
		return 993, true
	case "sieve":
		return 4190, true // RFC 5804
	case "tcp", "tls":
		return 0, true
	}
	return 0, false
}
