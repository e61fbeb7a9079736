package certificate

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"fmt"
	"slices"
	"time"

	"ehlo/session"
)

// TLSA is one record of what a server's certificate is (RFC 6698 section 2.1).
type TLSA struct {
	Usage    uint8  // 2 the issuer (DANE-TA), 3 the server's own (DANE-EE); others do not count for mail
	Selector uint8  // 0 the whole certificate, 1 its public key
	Matching uint8  // 0 as it is, 1 its SHA-256, 2 its SHA-512
	Data     []byte // what is to be found
}

// String returns the numbers of a record as people write them: "3 1 1".
func (r TLSA) String() string { return fmt.Sprintf("%d %d %d", r.Usage, r.Selector, r.Matching) }

// The usages that count for mail (RFC 7672 section 3.1).
const (
	usageAnchor = 2
	usageOwn    = 3
)

// MaxRecords is how many records of one server are looked at.
const MaxRecords = 50

// DANE is what came of holding a chain against TLSA records. The zero value is
// that there were none.
type DANE struct {
	Records int  // that were found
	Usable  int  // those of them that count for mail
	Matched bool // one of them fits
	Record  TLSA // that one
	Link    int  // the link it names; len(Chain) for an issuer that stands in the record alone
	Subject string
}

// Match holds a chain against the TLSA records of its server (RFC 7672 section
// 3.2). A record of the server's own certificate looks at no name and no date;
// one of its issuer wants both in order, and the host name asked for, or one of
// names, in the certificate. Whether the records may be believed, because they
// were signed, is for the caller to know.
func Match(records []TLSA, layer session.Encryption, now time.Time, names ...string) DANE {
	found := DANE{Records: len(records)}
	chain := parsed(layer)
	for _, record := range records[:min(len(records), MaxRecords)] {
		if !record.usable() {
			continue
		}
		found.Usable++
		if found.Matched || len(chain) == 0 {
			continue
		}
		if link, subject, fits := record.match(chain, slices.Concat(names, []string{layer.Server}), now); fits {
			found.Matched, found.Record, found.Link, found.Subject = true, record, link, subject
		}
	}
	return found
}

// Read says what was found; secure is whether the resolver says that the records
// are signed (the AD flag): others do not count (RFC 7672 section 2.2).
func (d DANE) Read(secure bool) Sentence {
	switch {
	case d.Records == 0:
		return Sentence{AboutDANE, Told, say("dane_none")}
	case !secure:
		return Sentence{AboutDANE, Told, say("dane_insecure")}
	case d.Usable == 0:
		return Sentence{AboutDANE, Told, say("dane_unusable")}
	case !d.Matched:
		return Sentence{AboutDANE, Wrong, say("dane_differs")}
	case d.Record.Usage == usageOwn:
		return Sentence{AboutDANE, Good, say("dane_own", "record", d.Record.String())}
	}
	return Sentence{AboutDANE, Good, say("dane_anchor", "record", d.Record.String(), "subject", d.Subject)}
}

// usable reports whether a record counts for mail: usages 0 and 1 do not (RFC
// 7672 section 3.1.3), nor what is not known or not of its length.
func (r TLSA) usable() bool {
	lengthFits := len(r.Data) > 0
	switch r.Matching {
	case 0:
	case 1:
		lengthFits = len(r.Data) == sha256.Size
	case 2:
		lengthFits = len(r.Data) == sha512.Size
	default:
		return false
	}
	return lengthFits && r.Selector <= 1 && (r.Usage == usageOwn || r.Usage == usageAnchor)
}

// match finds the link that a record names.
func (r TLSA) match(chain []*x509.Certificate, names []string, now time.Time) (link int, subject string, fits bool) {
	if r.Usage == usageOwn {
		return 0, chain[0].Subject.CommonName, r.names(chain[0])
	}
	for link, certificate := range chain {
		if link > 0 && r.names(certificate) && leadsTo(certificate, chain, names, now) {
			return link, certificate.Subject.CommonName, true
		}
	}
	// A whole certificate in the record need not be shown (RFC 7671 section 5.2.2).
	if r.Selector == 0 && r.Matching == 0 {
		anchor, err := x509.ParseCertificate(r.Data)
		if err == nil && leadsTo(anchor, chain, names, now) {
			return len(chain), anchor.Subject.CommonName, true
		}
	}
	return 0, "", false
}

// names reports whether a record is of this certificate (RFC 6698 section 2.1).
func (r TLSA) names(certificate *x509.Certificate) bool {
	data := certificate.Raw
	if r.Selector == 1 {
		data = certificate.RawSubjectPublicKeyInfo
	}
	switch r.Matching {
	case 1:
		sum := sha256.Sum256(data)
		data = sum[:]
	case 2:
		sum := sha512.Sum512(data)
		data = sum[:]
	}
	return bytes.Equal(data, r.Data)
}

// leadsTo reports whether a chain is in order up to an anchor, and for one of
// the names.
func leadsTo(anchor *x509.Certificate, chain []*x509.Certificate, names []string, now time.Time) bool {
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(anchor)
	for _, certificate := range chain[1:] {
		between.AddCert(certificate)
	}
	for _, name := range names {
		options := x509.VerifyOptions{DNSName: name, Roots: roots, Intermediates: between, CurrentTime: now}
		if _, err := chain[0].Verify(options); err == nil && name != "" {
			return true
		}
	}
	return false
}

// parsed reads the chain again; it was read before, so nothing is wrong with it.
func parsed(layer session.Encryption) (chain []*x509.Certificate) {
	for _, link := range layer.Chain {
		certificate, err := x509.ParseCertificate(link.DER)
		if err != nil {
			return chain
		}
		chain = append(chain, certificate)
	}
	return chain
}
