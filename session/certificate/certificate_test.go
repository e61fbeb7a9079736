package certificate

import (
	"encoding/json"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"ehlo/session"
)

var today = time.Date(2026, 7, 8, 12, 0, 0, 0, time.UTC)

// layer is a good one of three links.
func layer() session.Encryption {
	link := func(subject, issuer string, days int) session.Certificate {
		return session.Certificate{
			Subject: subject, Issuer: issuer, Key: "RSA, 1024 bits", Signature: "SHA1-RSA",
			NotBefore: today.AddDate(0, 0, -30), NotAfter: today.AddDate(0, 0, days), DER: []byte(subject),
		}
	}
	leaf := link("mx.example.com", "Lab Middle", 63)
	leaf.Names = []string{"mx.example.com", "mail.example.com"}
	return session.Encryption{
		Version: "TLS 1.3", Cipher: "TLS_AES_128_GCM_SHA256", Trusted: true, Server: "mx.example.com",
		Names: leaf.Names, Chain: []session.Certificate{leaf, link("Lab Middle", "Lab Root", 300), link("Lab Root", "Lab Root", 3000)},
	}
}

func texts(sentences []Sentence) string {
	marks := map[Tone]string{Told: "-", Good: "+", Wrong: "!"}
	var lines []string
	for _, sentence := range sentences {
		lines = append(lines, marks[sentence.Tone]+" "+sentence.Text)
	}
	return strings.Join(lines, "\n")
}

func TestAGoodCertificateInSentences(t *testing.T) {
	want := `+ Encrypted with TLS 1.3, the newest, and AES with 128 bits.
- The certificate is for mx.example.com and mail.example.com.
- It was issued by Lab Middle.
+ It is good from 8 Jun 2026 until 9 Sep 2026: 63 days left.
+ That fits mx.example.com, which we called.
+ An authority that this computer trusts stands behind it.
- The server did not ask for a certificate of ours.`
	if got := texts(Read(layer(), today)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEveryFaultHasItsSentence, with the link that has it, and no gap.
func TestEveryFaultHasItsSentence(t *testing.T) {
	for _, test := range []struct {
		kind session.FaultKind
		link int
		want string
	}{
		{session.FaultNoName, 0, "No name is known"},
		{session.FaultExpired, 0, "The certificate of the server ran out on 9 Sep 2026, 37 days ago."},
		{session.FaultExpired, 1, "The certificate of its issuer, Lab Middle, ran out on"},
		{session.FaultNotYet, 0, "begins only on 8 Jun 2026"},
		{session.FaultWrongName, 0, "does not fit mx.example.com, which we called"},
		{session.FaultSelfSigned, 0, "is signed by itself"},
		{session.FaultUnknownIssuer, 2, "It ends at Lab Root, an authority that this computer does not know"},
		{session.FaultMissingIssuer, 1, "The certificate of its issuer, Lab Middle, was issued by Lab Root, which the server did not show"},
		{session.FaultWeakKey, 0, "has a weak key (RSA, 1024 bits)"},
		{session.FaultWeakSignature, 1, "Lab Middle, is signed with SHA1-RSA, which can be forged"},
		{session.FaultBrokenSignature, 0, "is not signed by Lab Middle, as it says"},
		{session.FaultNotAuthority, 1, "signs another, and is not allowed to"},
		{session.FaultPurpose, 0, "not made for servers"},
		{session.FaultConstraint, 0, "may not sign for this name"},
		{session.FaultOther, 0, "does not hold: in other words."},
	} {
		bad := layer()
		bad.Trusted, bad.Faults = false, []session.Fault{{Kind: test.kind, Link: test.link, Text: "in other words"}}
		got := texts(Read(bad, today.AddDate(0, 0, 100)))
		if !strings.Contains(got, "! ") || !strings.Contains(got, test.want) || strings.ContainsAny(got, "{}") || strings.Contains(got, "trusts stands") {
			t.Errorf("%s: %s", test.kind, got)
		}
	}
	none := session.Encryption{Version: "TLS 1.2", Cipher: "X", Faults: []session.Fault{{Kind: session.FaultNoCertificate}}}
	if got := texts(Read(none, today)); !strings.Contains(got, "showed no certificate") || strings.Contains(got, "fits") {
		t.Error(got)
	}
}

// TestWhatACertificateSaysIsHarmless: it was written by anybody, at any length.
func TestWhatACertificateSaysIsHarmless(t *testing.T) {
	bad := layer()
	bad.Chain[0].Issuer = "\x1b[2J" + strings.Repeat("x", 60_000)
	bad.Names = []string{"\u202emx", strings.Repeat("a", 10_000), "{server}", "d", "e", "f"}
	got := texts(Read(bad, today))
	if strings.ContainsAny(got, "\x1b\u202e") || len(got) > 2000 || !strings.Contains(got, "and 2 more") {
		t.Errorf("%d bytes: %.3000q", len(got), got)
	}
}

func TestDaysLeft(t *testing.T) {
	for days, want := range map[int]string{0: "only less than a day left", 1: "only 1 day left", 13: "only 13 days left", 20: ": 20 days left."} {
		one := layer()
		one.Chain[0].NotAfter = today.AddDate(0, 0, days).Add(time.Hour)
		if got := texts(Read(one, today)); !strings.Contains(got, want) {
			t.Errorf("%d: %s", days, got)
		}
	}
}

func TestTheChainAsPEM(t *testing.T) {
	rest := PEM(layer())
	for _, link := range layer().Chain {
		block, more := pem.Decode(rest)
		if block == nil || block.Type != "CERTIFICATE" || string(block.Bytes) != string(link.DER) {
			t.Fatalf("%q", rest)
		}
		rest = more
	}
	if len(rest) > 0 || PEM(session.Encryption{}) != nil {
		t.Errorf("more follows: %q", rest)
	}
}

func TestWords(t *testing.T) {
	all := make(map[string]string)
	if err := json.Unmarshal(wordsJSON, &all); err != nil {
		t.Fatal(err)
	}
	for _, suite := range []string{"TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA"} {
		if got := cipherWords(suite); got == "" || got == suite {
			t.Errorf("%s: %q", suite, got)
		}
	}
}
