package practice

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"slices"
	"sync"
	"time"
)

// identity is a certificate the server makes for itself, at Start when the
// scenario offers TLS or else when it is first needed, and keeps in memory
// alone.
type identity struct {
	once sync.Once
	cert tls.Certificate
	err  error
}

// oneDay is how long a certificate of ours holds, and how far before its
// making it begins, for clocks that differ.
const oneDay = 24 * time.Hour

// config returns what TLS needs, made at the first call.
func (i *identity) config(names []string) (*tls.Config, error) {
	i.once.Do(func() { i.cert, i.err = selfMade(names) })
	return &tls.Config{Certificates: []tls.Certificate{i.cert}, MinVersion: tls.VersionTLS12}, i.err
}

// pool returns the roots that trust the certificate.
func (i *identity) pool(names []string) (*x509.CertPool, error) {
	if _, err := i.config(names); err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AddCert(i.cert.Leaf)
	return pool, nil
}

// selfMade makes an ECDSA certificate that is its own root.
func selfMade(names []string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	form := &x509.Certificate{
		SerialNumber:          big.NewInt(now.UnixNano()),
		Subject:               pkix.Name{CommonName: names[0], Organization: []string{"ehlo practice"}},
		DNSNames:              names,
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		NotBefore:             now.Add(-oneDay),
		NotAfter:              now.Add(oneDay),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(raw)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key, Leaf: leaf}, err
}

// certified returns the names the scenario's certificate is for.
func (s *Scenario) certified() []string {
	if len(s.Names) > 0 {
		return s.Names
	}
	return []string{s.Host}
}

// encrypts reports whether the scenario needs a certificate.
func (s *Scenario) encrypts() bool {
	return slices.Contains(s.Offers, "STARTTLS") ||
		slices.ContainsFunc(s.Ports, func(p Port) bool { return p.Door == DoorTLS })
}

// Roots returns the roots that trust the server's certificate, for clients
// that check it. The first call makes the certificate.
func (s *Server) Roots() (*x509.CertPool, error) {
	return s.identity.pool(s.scenario.certified())
}
