// Package encryption shows what is known of a TLS layer, one question a row:
//
//	√ Encrypted        TLS 1.3, TLS_AES_128_GCM_SHA256           ready in 0.12 s
//	√ Name fits        *.biz.mail.yahoo.com covers mx1.biz.mail.yahoo.com
//	√ In date          until 9 Sep 2026, 63 days left
//	√ Trusted          signed by a known authority
//
// A check that does not hold says so in its own row. Names are held against
// the server as RFC 9525 has it, by crypto/x509. Beneath stand every fault with
// the link that has it, what the DNS says (DANE), the certificate, and how the
// list of what the server offers has changed with TLS (RFC 3207 section 4.2).
// While nothing is encrypted one sentence tells so, and what to type.
package encryption

import (
	"time"

	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// Offer tells whether the server offers encryption.
type Offer uint8

// What is known of it. NotAsked is the zero value: there was no EHLO yet.
const (
	NotAsked   Offer = iota
	Offered          // STARTTLS is on the server's list (RFC 3207)
	NotOffered       // it is not
)

// Model is the pane. The zero value draws nothing; New makes a useful one.
type Model struct {
	theme         theme.Theme
	width, height int

	offer    Offer
	failed   string // why a handshake did not work, "" when none was tried
	layer    *session.Encryption
	took     time.Duration
	now      time.Time
	switched bool
	dane     *certificate.Sentence // nil: not known
	before   []string              // what the server offered in clear
	after    []string              // and behind TLS; nil: it was not asked yet
	top      int
}

// New returns a pane of a talk that is not encrypted.
func New(t theme.Theme) Model { return Model{theme: t} }

// SetSize gives the pane w columns and h rows.
func (m *Model) SetSize(w, h int) { m.width, m.height = w, h }

// SetClear tells that the talk is not encrypted, and what the server offers.
func (m *Model) SetClear(offer Offer) {
	m.offer, m.layer, m.failed, m.top = offer, nil, "", 0
	m.dane, m.before, m.after = nil, nil, nil
}

// SetFailed tells that the switch to encryption did not work, and why: words
// for people, without a full stop.
func (m *Model) SetFailed(reason string) {
	m.SetClear(NotAsked)
	if m.failed = reason; reason == "" {
		m.failed = sayNoReason
	}
}

// SetEncryption shows the layer: how long the handshake took (0 is unknown),
// the time against which its dates are held, and whether the line was switched
// (STARTTLS) and not encrypted from the start.
func (m *Model) SetEncryption(layer session.Encryption, took time.Duration, now time.Time, switched bool) {
	m.SetClear(NotAsked)
	m.layer, m.took, m.now, m.switched = &layer, took, now, switched
}

// SetDANE shows what came of holding the certificate against the DNS.
func (m *Model) SetDANE(found certificate.Sentence) { m.dane = &found }

// SetLists compares what the server offered before TLS with what it offers now,
// lines of EHLO without their code; nil was not heard.
func (m *Model) SetLists(before, after []string) { m.before, m.after = before, after }

// Rows is how many rows there are to show at the present width.
func (m Model) Rows() int { return len(m.rows()) }

// Scroll moves the page by so many rows, up when negative.
func (m *Model) Scroll(rows int) {
	m.top = page.Top(len(m.squeezed()), m.top+rows, m.height)
}

// View draws exactly the rows of SetSize.
func (m Model) View() string { return page.Window(m.squeezed(), m.top, m.width, m.height) }

// squeezed returns the rows, without the air at the top when room is short.
func (m Model) squeezed() []string {
	rows := m.rows()
	if len(rows) > m.height {
		return rows[1:]
	}
	return rows
}
