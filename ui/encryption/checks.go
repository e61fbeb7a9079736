package encryption

import (
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"ehlo/session/sanitize"
)

// verdict is how a check ended.
type verdict uint8

const (
	unknown verdict = iota
	holds
	fails
)

// check is one row: a question, how it ended, and the words for it.
type check struct {
	verdict verdict
	label   string
	says    string
}

// checks are the rows of an encrypted layer.
func (m Model) checks() []check {
	name, date := m.nameFits(), m.inDate()
	return []check{
		{holds, "Encrypted", sanitize.Text(m.layer.Version + ", " + m.layer.Cipher)},
		name, date, m.trusted(name, date),
	}
}

// nameFits tells whether the certificate is for the server that was called. A
// trusted one is: the session looks at both.
func (m Model) nameFits() check {
	server := sanitize.Text(m.layer.Server)
	switch name := m.covering(); {
	case name != "" && name != m.layer.Server:
		return check{holds, "Name fits", fmt.Sprintf(sayCovers, sanitize.Text(name), server)}
	case name != "", m.layer.Trusted:
		return check{holds, "Name fits", fmt.Sprintf(sayIsFor, server)}
	case len(m.layer.Names) == 0:
		return check{fails, "Name fits", sayNoNames}
	}
	return check{fails, "Name fits", fmt.Sprintf(sayOtherName, names(m.layer.Names))}
}

// covering returns the first name of the certificate that covers the server.
func (m Model) covering() string {
	for _, name := range m.layer.Names {
		one := x509.Certificate{DNSNames: []string{name}}
		if one.VerifyHostname(m.layer.Server) == nil {
			return name
		}
	}
	return ""
}

func (m Model) inDate() check {
	end := m.layer.NotAfter
	if end.IsZero() {
		return check{unknown, "In date", sayNoDate}
	}
	day := end.Format(dateForm)
	if m.now.After(end) {
		return check{fails, "In date", fmt.Sprintf(sayEnded, day, days(m.now.Sub(end)))}
	}
	return check{holds, "In date", fmt.Sprintf(sayUntil, day, days(end.Sub(m.now)))}
}

// trusted tells whether a known authority has signed. The reason of a session
// names one fault; with another fault before it, nobody has looked.
func (m Model) trusted(name, date check) check {
	switch {
	case m.layer.Trusted:
		return check{holds, "Trusted", saySigned}
	case m.layer.NotAfter.IsZero() && m.layer.Reason != "":
		return check{fails, "Trusted", "no: " + sanitize.Text(m.layer.Reason)}
	case name.verdict == fails || date.verdict == fails:
		return check{unknown, "Trusted", sayNotJudged}
	case m.layer.Reason == "":
		return check{fails, "Trusted", sayUnsigned}
	}
	return check{fails, "Trusted", "no: " + sanitize.Text(m.layer.Reason)}
}

// names lists the names of a certificate, three at most.
func names(all []string) string {
	const most = 3
	list := sanitize.Text(strings.Join(all[:min(len(all), most)], ", "))
	if more := len(all) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", list, more)
	}
	return list
}

// days words a time in whole days.
func days(d time.Duration) string {
	switch n := int(d / (24 * time.Hour)); n {
	case 0:
		return "less than a day"
	case 1:
		return "1 day"
	default:
		return fmt.Sprintf("%d days", n)
	}
}
