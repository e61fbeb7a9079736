package explain

import "strings"

// Service is what answers where something else was expected. The zero value
// means that its first words do not tell.
type Service struct {
	ID   string // ssh, http, pop3, imap, sieve, tls, telnet, vnc, ftp, smtp
	Name string // as a sentence has it: "an SSH server"
}

// services is read in order.
var services = data[struct {
	Services []struct {
		Service
		Starts, Holds, Lacks []string // in lower case
	}
}]("services.json")

// maxFirst bounds the lines and the bytes of each that tell a service.
const maxFirst, maxFirstBytes = 5, 256

// ServiceOf tells by the first lines that a server says what it is: an SSH
// identification (RFC 4253 section 4.2), an HTTP status line (RFC 9112 section
// 4), the greetings of POP3 (RFC 1939 section 4), IMAP (RFC 9051 section 7.1),
// ManageSieve (RFC 5804 section 1.7) and FTP (RFC 959 section 5.4), or a TLS
// record, an alert or a handshake (RFC 8446 section 5.1). It reports false for
// what it does not know.
func ServiceOf(lines []string) (Service, bool) {
	for _, line := range lines[:min(len(lines), maxFirst)] {
		first := latin(line[:min(len(line), maxFirstBytes)])
		for _, s := range services().Services {
			if begins(first, s.Starts) && (len(s.Holds) == 0 || holds(first, s.Holds)) && !holds(first, s.Lacks) {
				return s.Service, true
			}
		}
	}
	return Service{}, false
}

// latin makes a letter of each byte, so that bytes that are no text can stand
// in the data, and lowers it.
func latin(line string) string {
	var letters strings.Builder
	for i := range len(line) {
		letters.WriteRune(rune(line[i]))
	}
	return strings.ToLower(letters.String())
}

func begins(text string, starts []string) bool {
	for _, start := range starts {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

func holds(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
