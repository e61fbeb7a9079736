package certificate

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"

	"ehlo/session"
)

// signed makes a certificate good for a day around today, for a host when the
// name has a dot, else of an authority.
func signed(t *testing.T, issuer *x509.Certificate, issuerKey crypto.Signer, name string, host bool) (*x509.Certificate, crypto.Signer) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: today.AddDate(0, 0, -1), NotAfter: today.AddDate(0, 0, 1),
		BasicConstraintsValid: true, IsCA: !host, KeyUsage: x509.KeyUsageCertSign,
	}
	if host {
		form.DNSNames = []string{name}
	}
	if issuer == nil {
		issuer, issuerKey = form, key
	}
	der, err := x509.CreateCertificate(rand.Reader, form, issuer, key.Public(), issuerKey)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made, key
}

func shown(server string, chain ...*x509.Certificate) session.Encryption {
	layer := session.Encryption{Server: server}
	for _, one := range chain {
		layer.Chain = append(layer.Chain, session.Certificate{DER: one.Raw})
	}
	return layer
}

func sum256(data []byte) []byte { s := sha256.Sum256(data); return s[:] }
func sum512(data []byte) []byte { s := sha512.Sum512(data); return s[:] }

// TestDANE holds a chain of three against records as RFC 7672 section 3 has it.
func TestDANE(t *testing.T) {
	root, rootKey := signed(t, nil, nil, "Lab Root", false)
	middle, middleKey := signed(t, root, rootKey, "Lab Middle", false)
	leaf, _ := signed(t, middle, middleKey, "mx.example.com", true)
	other, _ := signed(t, nil, nil, "mx.example.com", true)
	good := shown("mx.example.com", leaf, middle, root)
	later := today.AddDate(0, 0, 10)
	for _, test := range []struct {
		name    string
		records []TLSA
		layer   session.Encryption
		now     time.Time
		names   []string
		want    DANE
		said    string
	}{
		{"none", nil, good, today, nil, DANE{}, "no TLSA records"},
		{"3 1 1", []TLSA{{3, 1, 1, sum256(leaf.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true}, "this very certificate (TLSA 3 1 1)"},
		{"3 0 1", []TLSA{{3, 0, 1, sum256(leaf.Raw)}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true}, "3 0 1"},
		{"3 1 2", []TLSA{{3, 1, 2, sum512(leaf.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true}, "3 1 2"},
		{"3 0 0", []TLSA{{3, 0, 0, leaf.Raw}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true}, "3 0 0"},
		{"3 1 0", []TLSA{{3, 1, 0, leaf.RawSubjectPublicKeyInfo}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true}, "3 1 0"},
		{"its own, whatever name and date", []TLSA{{3, 1, 1, sum256(leaf.RawSubjectPublicKeyInfo)}}, shown("x.example.net", leaf), later, nil, DANE{Records: 1, Usable: 1, Matched: true}, "fits"},
		{"the key of another", []TLSA{{3, 1, 1, sum256(other.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
		{"its own is not the issuer's", []TLSA{{3, 1, 1, sum256(middle.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
		{"2 0 1", []TLSA{{2, 0, 1, sum256(middle.Raw)}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true, Link: 1, Subject: "Lab Middle"}, "its issuer, Lab Middle (TLSA 2 0 1)"},
		{"2 1 2 of the root", []TLSA{{2, 1, 2, sum512(root.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 1, Usable: 1, Matched: true, Link: 2, Subject: "Lab Root"}, "Lab Root"},
		{"an issuer that is not shown", []TLSA{{2, 1, 1, sum256(root.RawSubjectPublicKeyInfo)}}, shown("mx.example.com", leaf, middle), today, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
		{"one that stands in the record", []TLSA{{2, 0, 0, root.Raw}}, shown("mx.example.com", leaf, middle), today, nil, DANE{Records: 1, Usable: 1, Matched: true, Link: 2, Subject: "Lab Root"}, "Lab Root"},
		{"the issuer wants the name", []TLSA{{2, 0, 1, sum256(middle.Raw)}}, shown("x.example.net", leaf, middle), today, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
		{"or another that may stand for it", []TLSA{{2, 0, 1, sum256(middle.Raw)}}, shown("x.example.net", leaf, middle), today, []string{"mx.example.com"}, DANE{Records: 1, Usable: 1, Matched: true, Link: 1, Subject: "Lab Middle"}, "fits"},
		{"and the dates", []TLSA{{2, 0, 1, sum256(middle.Raw)}}, good, later, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
		{"and to have signed it", []TLSA{{2, 0, 1, sum256(root.Raw)}}, shown("mx.example.com", other, root), today, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
		{"usages of the web", []TLSA{{0, 0, 1, sum256(root.Raw)}, {1, 1, 1, sum256(leaf.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 2}, "none of a kind that mail uses"},
		{"not of the form", []TLSA{{3, 1, 1, []byte("short")}, {3, 2, 1, sum256(leaf.Raw)}, {3, 1, 3, sum256(leaf.Raw)}, {3, 1, 0, nil}}, good, today, nil, DANE{Records: 4}, "none of a kind"},
		{"one of several", []TLSA{{3, 1, 1, sum256(other.Raw)}, {3, 1, 1, sum256(leaf.RawSubjectPublicKeyInfo)}}, good, today, nil, DANE{Records: 2, Usable: 2, Matched: true}, "fits"},
		{"no certificate", []TLSA{{3, 1, 1, sum256(leaf.Raw)}}, session.Encryption{}, today, nil, DANE{Records: 1, Usable: 1}, "does not fit"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Match(test.records, test.layer, test.now, test.names...)
			said := got.Read(true).Text
			if !strings.Contains(said, test.said) {
				t.Errorf("said %q", said)
			}
			if got.Matched && len(test.records) > 0 && insecure(got) {
				t.Error("counts though nobody signed it")
			}
			if got.Matched && got.Record.String() == "0 0 0" {
				t.Error("no record is named")
			}
			if got.Records != test.want.Records || got.Usable != test.want.Usable || got.Matched != test.want.Matched || got.Link != test.want.Link || got.Subject != test.want.Subject && test.want.Link > 0 {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// insecure reports whether records count that the resolver does not call signed.
func insecure(d DANE) bool { return d.Read(false).Tone != Told }

// TestManyRecords: no more are looked at than a server has reason for.
func TestManyRecords(t *testing.T) {
	leaf, _ := signed(t, nil, nil, "mx.example.com", true)
	records := make([]TLSA, 10_000)
	for i := range records {
		records[i] = TLSA{2, 0, 0, leaf.Raw}
	}
	if got := Match(records, shown("mx.example.com", leaf), today); got.Records != len(records) || got.Usable != MaxRecords {
		t.Errorf("%+v", got)
	}
}
