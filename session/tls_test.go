package session_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"net/netip"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

// certified returns a certificate of our own for names and addresses, and the
// pool that trusts it.
func certified(t *testing.T, addr netip.Addr, names ...string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: names,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	if addr.IsValid() {
		template.IPAddresses = []net.IP{addr.AsSlice()}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// encrypts lets the server make the far end encrypted.
func (k *talk) encrypts(certificate tls.Certificate) {
	k.t.Helper()
	layer := tls.Server(k.peer, &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err := layer.Handshake(); err != nil {
		k.t.Fatal(err)
	}
	k.peer = layer
	k.lines.Reset(layer)
}

func TestASlowAnswerToSTARTTLSLeavesTheHandshakeItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		certificate, roots := certified(t, netip.Addr{}, "mx.example.com")
		k := greeted(t, session.Options{
			TLS:      session.TLS{Roots: roots},
			Timeouts: session.Timeouts{Write: 10 * time.Second, Reply: time.Minute, Handshake: time.Minute},
		})
		k.Send(session.Line{Text: "STARTTLS"})
		k.hears("STARTTLS")
		time.Sleep(30 * time.Second)
		k.says("220 go\r\n")
		k.encrypts(certificate)
		await[session.Passed](k)
		k.exchange("EHLO a", "250 b\r\n")
	})
}

// TestHangingUpDoesNotWaitForAFarewell: TLS says goodbye to a peer that reads
// nothing for half a second at most.
func TestHangingUpDoesNotWaitForAFarewell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		certificate, roots := certified(t, netip.Addr{}, "mx.example.com")
		k := greeted(t, session.Options{TLS: session.TLS{Roots: roots}})
		k.Send(session.Line{Text: "STARTTLS"})
		k.hears("STARTTLS")
		k.says("220 go\r\n")
		k.encrypts(certificate)
		k.toData()
		k.Send(session.Body{Source: endless{}, Length: -1})
		k.peer.Read(make([]byte, 1))
		synctest.Wait()
		asked := time.Now()
		k.Close()
		await[session.Ended](k)
		if took := time.Since(asked); took > time.Second {
			t.Errorf("took %v of the test's clock", took)
		}
	})
}

// TestACertificateIsHeldAgainstWhatWasAsked: the name, or the address where
// there is none; trust without either is none.
func TestACertificateIsHeldAgainstWhatWasAsked(t *testing.T) {
	here := netip.MustParseAddr("192.0.2.1")
	for _, test := range []struct {
		name    string
		addr    netip.Addr
		names   []string
		target  session.Target
		trusted bool
		listed  []string
	}{
		{"the name", netip.Addr{}, []string{"mx.example.com"}, session.Target{Host: "mx.example.com."}, true, []string{"mx.example.com"}},
		{"another name", netip.Addr{}, []string{"other.example.com"}, session.Target{Host: "mx.example.com"}, false, []string{"other.example.com"}},
		{"the address", here, nil, session.Target{Addr: netip.AddrPortFrom(here, 25)}, true, []string{"192.0.2.1"}},
		{"a name for an address", netip.Addr{}, []string{"mx.example.com"}, session.Target{Addr: netip.AddrPortFrom(here, 25)}, false, []string{"mx.example.com"}},
		{"nothing to hold it against", netip.Addr{}, []string{"mx.example.com"}, session.Target{}, false, []string{"mx.example.com"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			certificate, roots := certified(t, test.addr, test.names...)
			ours, theirs := net.Pipe()
			s := session.New(smtp.Dialect{}, session.Options{TLS: session.TLS{Roots: roots}})
			test.target.Implicit = true
			s.Start(ours, test.target)
			k := &talk{Session: s, t: t}
			layer := tls.Server(theirs, &tls.Config{Certificates: []tls.Certificate{certificate}})
			go layer.Handshake()
			passed := await[session.Passed](k)
			if passed.TLS == nil || passed.TLS.Trusted != test.trusted || (passed.TLS.Reason == "") != test.trusted || !slices.Equal(passed.TLS.Names, test.listed) {
				t.Errorf("told %+v", passed.TLS)
			}
			go io.Copy(io.Discard, theirs)
			s.Close()
			<-s.Done()
			theirs.Close()
		})
	}
}

// TestClearTextWhereTLSIsExpected and the reverse end with their names.
func TestTheWrongLayer(t *testing.T) {
	for _, test := range []struct {
		name     string
		implicit bool
		said     string
		want     session.Why
	}{
		{"clear text on a TLS port", true, "220 mx.example.com ESMTP\r\n", session.WhyTLSFailed},
		{"HTTP on a TLS port", true, "HTTP/1.0 400 Bad Request\r\n\r\n", session.WhyTLSFailed},
		{"HTTP on a mail port", false, "HTTP/1.0 400 Bad Request\r\n\r\n", session.WhyNotProtocol},
		{"a TLS alert on a mail port", false, "\x15\x03\x01\x00\x02\x02\x28\n", session.WhyNotProtocol},
	} {
		t.Run(test.name, func(t *testing.T) {
			ours, theirs := net.Pipe()
			s := session.New(smtp.Dialect{}, session.Options{})
			s.Start(ours, session.Target{Host: "mx.example.com", Implicit: test.implicit})
			k := &talk{Session: s, t: t}
			go io.Copy(io.Discard, theirs)
			go theirs.Write([]byte(test.said))
			if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != test.want {
				t.Errorf("ended with %v", ended.Cause)
			}
			theirs.Close()
			<-s.Done()
		})
	}
}
