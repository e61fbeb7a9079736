package session

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"
)

// Bounds on what is kept of certificates. A chain has three links mostly, and
// rarely more than a hundred names.
const (
	MaxChain = 20   // links; the rest is counted
	MaxNames = 1000 // names of one certificate
)

// Certificate is one link of the chain that a server showed, in plain values.
type Certificate struct {
	Subject    string   // its common name, else its whole name
	Issuer     string   // likewise, of who signed it
	Names      []string // the hosts and addresses it is for, at most MaxNames
	NotBefore  time.Time
	NotAfter   time.Time
	Key        string // "RSA, 2048 bits"
	Signature  string // "SHA256-RSA"
	SelfSigned bool   // it names itself as its issuer
	SHA256     string // of DER, hex
	DER        []byte // as it came (RFC 5280 section 4.1)
}

// Fault is one thing wrong with a chain.
type Fault struct {
	Kind FaultKind
	Link int    // index in Encryption.Chain; 0 is the server's own
	Text string // in the library's words, where there are no better ones
}

// FaultKind names what is wrong with a link.
type FaultKind string

// The kinds.
const (
	FaultNoCertificate   FaultKind = "no-certificate"   // none was shown
	FaultNoName          FaultKind = "no-name"          // no name is known to hold it against
	FaultExpired         FaultKind = "expired"          // past its last day
	FaultNotYet          FaultKind = "not-yet"          // before its first
	FaultWrongName       FaultKind = "wrong-name"       // for other names (RFC 9525)
	FaultSelfSigned      FaultKind = "self-signed"      // signed by itself, and trusted by nobody
	FaultUnknownIssuer   FaultKind = "unknown-issuer"   // the chain ends at an authority that is not known
	FaultMissingIssuer   FaultKind = "missing-issuer"   // who signed this link was not shown and is not known
	FaultWeakKey         FaultKind = "weak-key"         // RSA under 2048 bits (NIST SP 800-57)
	FaultWeakSignature   FaultKind = "weak-signature"   // by MD5 or SHA-1 (RFC 9155)
	FaultBrokenSignature FaultKind = "broken-signature" // not of the certificate that stands as issuer
	FaultNotAuthority    FaultKind = "not-authority"    // it signs, and is not allowed to
	FaultPurpose         FaultKind = "purpose"          // not for servers
	FaultConstraint      FaultKind = "constraint"       // its authority may not sign for this name
	FaultOther           FaultKind = "other"            // see Fault.Text
)

// minRSA is the shortest RSA key that is not weak, in bits.
const minRSA = 2048

// plainly puts a certificate into plain values.
func plainly(certificate *x509.Certificate) Certificate {
	sum := sha256.Sum256(certificate.Raw)
	subject, issuer := certificate.Subject.CommonName, certificate.Issuer.CommonName
	if subject == "" {
		subject = certificate.Subject.String()
	}
	if issuer == "" {
		issuer = certificate.Issuer.String()
	}
	return Certificate{
		Subject: subject, Issuer: issuer, Names: names(certificate),
		NotBefore: certificate.NotBefore, NotAfter: certificate.NotAfter,
		Key: keyWords(certificate), Signature: certificate.SignatureAlgorithm.String(),
		SelfSigned: namesItself(certificate), SHA256: hex.EncodeToString(sum[:]), DER: certificate.Raw,
	}
}

// names returns the names and addresses a certificate is for.
func names(certificate *x509.Certificate) []string {
	list := append([]string(nil), certificate.DNSNames[:min(len(certificate.DNSNames), MaxNames)]...)
	for _, ip := range certificate.IPAddresses[:min(len(certificate.IPAddresses), MaxNames-len(list))] {
		list = append(list, ip.String())
	}
	return list
}

func keyWords(certificate *x509.Certificate) string {
	switch key := certificate.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA, %d bits", key.N.BitLen())
	case *ecdsa.PublicKey:
		return "ECDSA, " + key.Curve.Params().Name
	case ed25519.PublicKey:
		return "Ed25519"
	}
	return certificate.PublicKeyAlgorithm.String()
}

// namesItself reports whether a certificate has itself as its issuer, by name
// and, where both tell it, by key.
func namesItself(certificate *x509.Certificate) bool {
	return isIssuer(certificate, certificate)
}

// isIssuer reports whether a certificate says that it was signed by another.
func isIssuer(certificate, issuer *x509.Certificate) bool {
	if !bytes.Equal(certificate.RawIssuer, issuer.RawSubject) {
		return false
	}
	one, other := certificate.AuthorityKeyId, issuer.SubjectKeyId
	return len(one) == 0 || len(other) == 0 || bytes.Equal(one, other)
}

func weakKey(certificate *x509.Certificate) bool {
	key, isRSA := certificate.PublicKey.(*rsa.PublicKey)
	return isRSA && key.N.BitLen() < minRSA || certificate.PublicKeyAlgorithm == x509.DSA
}

func weakSignature(certificate *x509.Certificate) bool {
	switch certificate.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return true
	}
	return false
}
