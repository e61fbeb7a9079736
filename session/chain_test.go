package session_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

// link is one certificate of a lab with its key.
type link struct {
	*x509.Certificate
	key crypto.Signer
}

// sign makes a certificate signed by issuer, itself when that is nil, after
// changes to a good one.
func sign(t *testing.T, issuer *link, name string, change func(*x509.Certificate, *crypto.Signer)) *link {
	t.Helper()
	var key crypto.Signer
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	form := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, BasicConstraintsValid: true, IsCA: true,
	}
	if strings.Contains(name, ".") {
		form.DNSNames, form.IsCA = []string{name}, false
		form.KeyUsage, form.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	if change != nil {
		change(form, &key)
	}
	made := &link{key: key}
	if issuer == nil {
		issuer = &link{form, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, form, issuer.Certificate, key.Public(), issuer.key)
	if err != nil {
		t.Fatal(err)
	}
	if made.Certificate, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return made
}

func rsaKey(t *testing.T, bits int) func(*x509.Certificate, *crypto.Signer) {
	return func(_ *x509.Certificate, key *crypto.Signer) {
		made, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		*key = made
	}
}

func expired(form *x509.Certificate, _ *crypto.Signer) {
	form.NotBefore, form.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
}

// meet lets a server show a chain, its own certificate first, to a session that
// knows it as mx.example.com, and returns what the session tells of it.
func meet(t *testing.T, roots *x509.CertPool, ask tls.ClientAuthType, ours []tls.Certificate, chain ...*link) session.Encryption {
	t.Helper()
	var shown tls.Certificate
	shown.PrivateKey = chain[0].key
	for _, one := range chain {
		shown.Certificate = append(shown.Certificate, one.Raw)
	}
	here, there := net.Pipe()
	s := session.New(smtp.Dialect{}, session.Options{TLS: session.TLS{Roots: roots, Certificates: ours}})
	s.Start(here, session.Target{Host: "mx.example.com", Implicit: true})
	k := &talk{Session: s, t: t}
	layer := tls.Server(there, &tls.Config{Certificates: []tls.Certificate{shown}, ClientAuth: ask, SessionTicketsDisabled: true})
	go func() {
		if layer.Handshake() == nil {
			_, _ = io.Copy(io.Discard, layer)
		}
	}()
	for {
		passed := await[session.Passed](k)
		if passed.Stage != session.StageTLS {
			continue
		}
		s.Close()
		<-s.Done()
		there.Close()
		return *passed.TLS
	}
}

func rooted(links ...*link) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, one := range links {
		pool.AddCert(one.Certificate)
	}
	return pool
}

// TestEveryFaultOfAChainIsTold, by its kind and link, and none hides another.
func TestEveryFaultOfAChainIsTold(t *testing.T) {
	root := sign(t, nil, "Lab Root", nil)
	middle := sign(t, root, "Lab Middle", nil)
	leaf := sign(t, middle, "mx.example.com", nil)
	late := sign(t, root, "Late Middle", expired)
	notYet := func(form *x509.Certificate, _ *crypto.Signer) { form.NotBefore = time.Now().Add(time.Hour) }
	noSigner := func(form *x509.Certificate, _ *crypto.Signer) {
		form.KeyUsage, form.IsCA = x509.KeyUsageDigitalSignature, false
	}
	sha1Signed := func(form *x509.Certificate, _ *crypto.Signer) { form.SignatureAlgorithm = x509.SHA1WithRSA }
	oldRoot := sign(t, nil, "Old Root", rsaKey(t, 2048))
	shortMiddle := sign(t, root, "Short Middle", rsaKey(t, 1024))
	twin := sign(t, root, "Lab Middle", func(form *x509.Certificate, _ *crypto.Signer) { form.SubjectKeyId = middle.SubjectKeyId })
	other := sign(t, root, "Other Middle", noSigner)
	roots := rooted(root, oldRoot)
	for _, test := range []struct {
		name   string
		chain  []*link
		want   string // kind link, in order
		reason string
	}{
		{"a good one", []*link{leaf, middle}, "", ""},
		{"in disorder, and with the root", []*link{leaf, root, middle}, "", ""},
		{"beside a link that is out of date and not needed", []*link{leaf, late, middle}, "", ""},
		{"past its last day", []*link{sign(t, middle, "mx.example.com", expired), middle}, "expired 0", "out of date"},
		{"a link past its last day", []*link{sign(t, late, "mx.example.com", nil), late}, "expired 1", "issuer Late Middle is out of date"},
		{"before its first day", []*link{sign(t, middle, "mx.example.com", notYet), middle}, "not-yet 0", "out of date"},
		{"another name", []*link{sign(t, middle, "mx.example.org", nil), middle}, "wrong-name 0", "another name than mx.example.com"},
		{"signed by itself", []*link{sign(t, nil, "mx.example.com", nil)}, "self-signed 0", "signed by itself"},
		{"an authority nobody knows", []*link{sign(t, sign(t, nil, "Strange Root", nil), "mx.example.com", nil)}, "missing-issuer 0", "does not know"},
		{"a link left out", []*link{leaf}, "missing-issuer 0", "does not know"},
		{"a weak key", []*link{sign(t, middle, "mx.example.com", rsaKey(t, 1024)), middle}, "weak-key 0", "RSA, 1024 bits"},
		{"a link with a weak key", []*link{sign(t, shortMiddle, "mx.example.com", nil), shortMiddle}, "weak-key 1", "RSA, 1024 bits"},
		{"a weak signature", []*link{sign(t, oldRoot, "mx.example.com", sha1Signed)}, "weak-signature 0", "SHA1-RSA"},
		{"not signed by who it says", []*link{leaf, twin}, "broken-signature 0", "not signed by"},
		{"signed by who may not", []*link{sign(t, other, "mx.example.com", nil), other}, "not-authority 1", "may not sign"},
		{"three things at once", []*link{sign(t, nil, "mx.example.org", func(form *x509.Certificate, key *crypto.Signer) {
			expired(form, key)
			rsaKey(t, 1024)(form, key)
		})}, "expired 0, wrong-name 0, self-signed 0, weak-key 0", "out of date"},
		{"made for clients", []*link{sign(t, middle, "mx.example.com", func(form *x509.Certificate, _ *crypto.Signer) {
			form.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}), middle}, "purpose 0", "not made for servers"},
	} {
		t.Run(test.name, func(t *testing.T) {
			layer := meet(t, roots, tls.NoClientCert, nil, test.chain...)
			var got []string
			for _, fault := range layer.Faults {
				got = append(got, string(fault.Kind)+" "+string(rune('0'+fault.Link)))
			}
			if strings.Join(got, ", ") != test.want || layer.Trusted != (test.want == "") {
				t.Errorf("trusted %v, %q, want %q; %+v", layer.Trusted, got, test.want, layer.Faults)
			}
			if !strings.Contains(layer.Reason, test.reason) || (layer.Reason == "") != (test.reason == "") {
				t.Errorf("the reason is %q", layer.Reason)
			}
			if len(layer.Chain) != len(test.chain) || !slices.Equal(layer.Chain[0].DER, test.chain[0].Raw) || layer.AskedForOurs {
				t.Errorf("the chain is %+v", layer.Chain)
			}
		})
	}
}

// TestAnUnknownRootIsNamed, also when the server shows it.
func TestAnUnknownRootIsNamed(t *testing.T) {
	root := sign(t, nil, "Strange Root", nil)
	layer := meet(t, x509.NewCertPool(), tls.NoClientCert, nil, sign(t, root, "mx.example.com", nil), root)
	if len(layer.Faults) != 1 || layer.Faults[0] != (session.Fault{Kind: session.FaultUnknownIssuer, Link: 1}) {
		t.Errorf("%+v", layer.Faults)
	}
	if top := layer.Chain[1]; top.Subject != "Strange Root" || !top.SelfSigned || top.Key != "ECDSA, P-256" || len(top.SHA256) != 64 {
		t.Errorf("%+v", top)
	}
}

// TestAChainWithoutEnd is cut and counted.
func TestAChainWithoutEnd(t *testing.T) {
	root := sign(t, nil, "Lab Root", nil)
	chain := []*link{sign(t, root, "mx.example.com", nil)}
	for range session.MaxChain + 4 {
		chain = append(chain, root)
	}
	layer := meet(t, rooted(root), tls.NoClientCert, nil, chain...)
	if !layer.Trusted || len(layer.Chain) != session.MaxChain || layer.Dropped != 5 {
		t.Errorf("trusted %v, %d links, %d dropped", layer.Trusted, len(layer.Chain), layer.Dropped)
	}
}

// TestACertificateOfOursIsShownWhenAskedFor, and both are told.
func TestACertificateOfOursIsShownWhenAskedFor(t *testing.T) {
	root := sign(t, nil, "Lab Root", nil)
	leaf := sign(t, root, "mx.example.com", nil)
	mine := sign(t, root, "pc17.example.org", nil)
	ours := []tls.Certificate{{Certificate: [][]byte{mine.Raw}, PrivateKey: mine.key}}
	for _, test := range []struct {
		name         string
		ask          tls.ClientAuthType
		ours         []tls.Certificate
		asked, shown bool
	}{
		{"not asked for", tls.NoClientCert, ours, false, false},
		{"asked for, and there is none", tls.RequestClientCert, nil, true, false},
		{"asked for and shown", tls.RequestClientCert, ours, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			layer := meet(t, rooted(root), test.ask, test.ours, leaf)
			if layer.AskedForOurs != test.asked || layer.ShowedOurs != test.shown {
				t.Errorf("asked %v, shown %v", layer.AskedForOurs, layer.ShowedOurs)
			}
		})
	}
}

// TestAServerThatWantsACertificateOfOurs says so in the TLS layer, after the
// handshake: TLS has failed, and the line was not just cut.
func TestAServerThatWantsACertificateOfOurs(t *testing.T) {
	root := sign(t, nil, "Lab Root", nil)
	leaf := sign(t, root, "mx.example.com", nil)
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		here, there := net.Pipe()
		s := session.New(smtp.Dialect{}, session.Options{TLS: session.TLS{Roots: rooted(root)}})
		s.Start(here, session.Target{Host: "mx.example.com", Implicit: true})
		layer := tls.Server(there, &tls.Config{
			Certificates: []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: leaf.key}},
			ClientAuth:   tls.RequireAnyClientCert, MaxVersion: version,
		})
		go func() {
			_ = layer.Handshake()
			there.Close()
		}()
		k := &talk{Session: s, t: t}
		if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyTLSFailed || ended.Cause.Stage != session.StageTLS {
			t.Errorf("%x: ended with %+v", version, ended.Cause)
		}
		<-s.Done()
	}
}
