package encryption

import (
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/certificate"
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
	begin, end := m.layer.NotBefore, m.layer.NotAfter
	day := end.Format(dateForm)
	switch {
	case end.IsZero():
		return check{unknown, "In date", sayNoDate}
	case m.now.After(end):
		return check{fails, "In date", fmt.Sprintf(sayEnded, day, days(m.now.Sub(end)))}
	case m.now.Before(begin):
		return check{fails, "In date", fmt.Sprintf(sayNotYet, begin.Format(dateForm), days(begin.Sub(m.now)))}
	case begin.IsZero():
		return check{holds, "In date", fmt.Sprintf(sayUntil, day, days(end.Sub(m.now)))}
	}
	return check{holds, "In date", fmt.Sprintf(sayFromUntil, begin.Format(dateForm), day, days(end.Sub(m.now)))}
}

// trusted tells whether a known authority has signed, and nothing in the chain
// is weak: the faults beneath tell more. Where a layer has none of them, its
// reason names one, and with another before it nobody has looked.
func (m Model) trusted(name, date check) check {
	switch {
	case m.layer.Trusted, len(m.layer.Faults) > 0 && !slices.ContainsFunc(m.layer.Faults, ofTrust):
		return check{holds, "Trusted", saySigned}
	case len(m.layer.Faults) > 0 && m.layer.Faults[0].Kind != session.FaultNoCertificate:
		return check{fails, "Trusted", sayBeneath}
	case m.layer.NotAfter.IsZero() && m.layer.Reason != "":
		return check{fails, "Trusted", "no: " + sanitize.Text(m.layer.Reason)}
	case name.verdict == fails || date.verdict == fails:
		return check{unknown, "Trusted", sayNotJudged}
	case m.layer.Reason == "":
		return check{fails, "Trusted", sayUnsigned}
	}
	return check{fails, "Trusted", "no: " + sanitize.Text(m.layer.Reason)}
}

// ofTrust reports whether a fault is one of trust, and not of name or date.
func ofTrust(fault session.Fault) bool {
	switch fault.Kind {
	case session.FaultWrongName, session.FaultNoName, session.FaultExpired, session.FaultNotYet:
		return false
	}
	return true
}

// faults are the sentences for all that is wrong.
func (m Model) faults() (all []string) {
	for _, sentence := range certificate.Read(*m.layer, m.now) {
		if sentence.About == certificate.AboutFault {
			all = append(all, sentence.Text)
		}
	}
	return all
}

// said is the sentence about something, "" when there is none.
func (m Model) said(about certificate.About) string {
	for _, sentence := range certificate.Read(*m.layer, m.now) {
		if sentence.About == about {
			return sentence.Text
		}
	}
	return ""
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
