package encryption

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

var now = time.Date(2026, 7, 8, 9, 15, 0, 0, time.UTC)

// yahoo is the layer of the mockup, trusted.
func yahoo() session.Encryption {
	return session.Encryption{
		Version: "TLS 1.3", Cipher: "TLS_AES_128_GCM_SHA256", Trusted: true,
		Names: []string{"*.biz.mail.yahoo.com"}, Issuer: "Example Issuing CA G2",
		NotAfter: time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC), Server: "mx1.biz.mail.yahoo.com",
	}
}

func pane(w, h int) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	return m
}

func TestLayers(t *testing.T) {
	otherName, outOfDate, selfSigned := yahoo(), yahoo(), yahoo()
	otherName.Trusted, otherName.Reason = false, "it is for another name than mx1.biz.mail.yahoo.com"
	otherName.Names = []string{"mail.example.net", "a.example.net", "b.example.net", "c.example.net", "d.example.net"}
	outOfDate.Trusted, outOfDate.Reason = false, "it is out of date: good from 1 Jan 2025 to 1 Jul 2026"
	outOfDate.NotAfter = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	selfSigned.Trusted, selfSigned.Reason = false, "it is signed by itself"
	selfSigned.Names = []string{"mx1.biz.mail.yahoo.com"}
	bare := session.Encryption{Version: "TLS 1.2", Cipher: "X", Reason: "the server showed no certificate", Server: "mx"}
	tests := []struct {
		name  string
		layer session.Encryption
	}{
		{"trusted", yahoo()},
		{"other-name", otherName},
		{"out-of-date", outOfDate},
		{"self-signed", selfSigned},
		{"no-certificate", bare},
	}
	for _, tt := range tests {
		for _, w := range []int{80, 40} {
			name := fmt.Sprintf("%s-%d", tt.name, w)
			t.Run(name, func(t *testing.T) {
				m := pane(w, 24)
				m.SetEncryption(tt.layer, 120*time.Millisecond, now, true)
				golden.Frame(t, name, m.View(), w, 24)
			})
		}
	}
}

func TestNotEncrypted(t *testing.T) {
	for name, offer := range map[string]Offer{"not-asked": NotAsked, "offered": Offered, "not-offered": NotOffered} {
		m := pane(80, 5)
		m.SetClear(offer)
		golden.Frame(t, name+"-80", m.View(), 80, 5)
		m.SetSize(37, 8)
		golden.Frame(t, name+"-37", m.View(), 37, 8)
	}
	m := pane(80, 6)
	m.SetFailed("tls: first record does not look like a TLS handshake")
	golden.Frame(t, "failed-80", m.View(), 80, 6)
	m.SetFailed("")
	if !strings.Contains(ansi.Strip(m.View()), sayNoReason) {
		t.Error("no reason is a reason too")
	}
}

func TestDates(t *testing.T) {
	tests := []struct {
		left time.Duration
		want string
	}{
		{time.Hour, "less than a day left"},
		{25 * time.Hour, "1 day left"},
		{-25 * time.Hour, "1 day ago"},
		{-72 * time.Hour, "3 days ago"},
	}
	for _, tt := range tests {
		layer := yahoo()
		layer.NotAfter = now.Add(tt.left)
		m := pane(80, 9)
		m.SetEncryption(layer, 0, now, false)
		if view := ansi.Strip(m.View()); !strings.Contains(view, tt.want) {
			t.Errorf("%v: no %q in\n%s", tt.left, tt.want, view)
		}
	}
}

// A certificate is the word of a stranger.
func TestUntrusted(t *testing.T) {
	layer := yahoo()
	layer.Names = []string{"a\x1b[2J"}
	layer.Issuer, layer.Reason, layer.Server, layer.Trusted = "b\x1b[2J", "c\x1b[2J", "d\x1b[2J", false
	m := pane(80, 24)
	m.SetEncryption(layer, 0, now, false)
	view := m.View()
	m.SetFailed("e\x1b[2J")
	if strings.Contains(view+m.View(), "\x1b[2J") {
		t.Error("a control sequence reached the screen")
	}
}

func TestScrollAndSizes(t *testing.T) {
	m := pane(80, 4)
	m.SetEncryption(yahoo(), time.Second, now, true)
	m.Scroll(100)
	if view := ansi.Strip(m.View()); !strings.HasSuffix(view, "starts anew.") {
		t.Errorf("the end is out of reach:\n%s", view)
	}
	m.Scroll(-m.Rows())
	if view := ansi.Strip(m.View()); !strings.HasPrefix(view, " √ Encrypted") {
		t.Errorf("the beginning is out of reach:\n%s", view)
	}
	for w := range 90 {
		m.SetSize(w, 20)
		for _, row := range strings.Split(m.View(), "\n") {
			if got := ansi.StringWidth(row); got > w {
				t.Fatalf("width %d: a row of %d", w, got)
			}
		}
	}
}

// TestChainAndLists: every fault, the chain, what the DNS says, and what TLS has
// changed in the list of offers.
func TestChainAndLists(t *testing.T) {
	faulty := yahoo()
	faulty.Trusted, faulty.NotBefore, faulty.AskedForOurs = false, now.AddDate(0, -4, 0), true
	faulty.Chain = []session.Certificate{
		{Subject: "*.biz.mail.yahoo.com", Issuer: "Example Issuing CA G2", Names: faulty.Names, NotBefore: faulty.NotBefore, NotAfter: faulty.NotAfter, Key: "RSA, 1024 bits", Signature: "SHA256-RSA", SHA256: strings.Repeat("5f0a", 16), DER: []byte("x")},
		{Subject: "Example Issuing CA G2", Issuer: "Example Root CA", DER: []byte("y")},
	}
	faulty.Faults = []session.Fault{{Kind: session.FaultWeakKey}, {Kind: session.FaultUnknownIssuer, Link: 1}}
	for _, w := range []int{80, 40} {
		m := pane(w, 34)
		m.SetEncryption(faulty, 120*time.Millisecond, now, true)
		m.SetDANE(certificate.DANE{Records: 1, Usable: 1}.Read(true))
		m.SetLists([]string{"SIZE 31981568", "STARTTLS"}, []string{"SIZE 31981568", "AUTH PLAIN"})
		golden.Frame(t, fmt.Sprintf("chain-%d", w), m.View(), w, 34)
		if pem := string(m.PEM()); strings.Count(pem, "BEGIN CERTIFICATE") != 2 {
			t.Errorf("PEM: %s", pem)
		}
	}
	wrongName := faulty
	wrongName.Server = "mail.example.net"
	wrongName.Faults = []session.Fault{{Kind: session.FaultWrongName}}
	m := pane(80, 34)
	m.SetEncryption(wrongName, 0, now, false)
	if view := ansi.Strip(m.View()); !strings.Contains(view, "√ Trusted") || !strings.Contains(view, "no: it is for *.biz.mail.yahoo.com") {
		t.Errorf("a wrong name is no want of trust:\n%s", view)
	}
	m = New(theme.New(theme.Options{}))
	if m.PEM() != nil {
		t.Error("no layer, no chain")
	}
}
