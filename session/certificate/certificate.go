// Package certificate says in sentences what a TLS layer and its chain of
// certificates are: for which names, whether the one asked for is among them,
// who issued it, until when it is good, and every fault with the link that has
// it. It also writes the chain as PEM, and holds it against TLSA records
// (DANE).
//
//	for _, sentence := range certificate.Read(layer, now) { ... }
//	os.WriteFile("chain.pem", certificate.PEM(layer), 0o600)
//	found := certificate.Match(records, layer, now)
//
//	subject                     source
//	what stands in it           RFC 5280
//	names held against the host RFC 9525
//	TLSA records                RFC 6698, RFC 7671
//	DANE for mail               RFC 7672
//
// The facts themselves are session.Encryption; texts are data, and safe to be
// shown: what a certificate says was written by anybody. It has no IO.
package certificate

import (
	"bytes"
	"cmp"
	"encoding/pem"
	"time"

	"ehlo/session"
)

// About is what a sentence is about.
type About string

// The subjects, in the order in which Read tells them.
const (
	AboutLayer  About = "layer"  // protocol and cipher
	AboutNames  About = "names"  // for whom it is
	AboutMatch  About = "match"  // whether that is who was called
	AboutIssuer About = "issuer" // who signed it
	AboutDates  About = "dates"
	AboutTrust  About = "trust"  // whether a known authority stands behind it
	AboutFault  About = "fault"  // what is wrong, one sentence each
	AboutClient About = "client" // a certificate of ours
	AboutDANE   About = "dane"
)

// Tone is how a sentence is meant.
type Tone uint8

// The tones. Told is the zero value.
const (
	Told  Tone = iota // neither good nor bad
	Good              // as it should be
	Wrong             // not
)

// Sentence is one thing to know, safe to show.
type Sentence struct {
	About About
	Tone  Tone
	Text  string
}

// Read says what is known of a layer. Dates are held against now.
func Read(layer session.Encryption, now time.Time) []Sentence {
	all := []Sentence{ofLayer(layer)}
	if len(layer.Chain) > 0 {
		all = append(all, ofNames(layer.Names), ofIssuer(layer.Chain[0]), ofDates(layer.Chain[0], now))
	}
	if fits, known := ofMatch(layer); known {
		all = append(all, fits)
	}
	if layer.Trusted {
		all = append(all, Sentence{AboutTrust, Good, say("trusted")})
	}
	for _, fault := range layer.Faults {
		all = append(all, ofFault(layer, fault, now))
	}
	return append(all, ofClient(layer))
}

// PEM writes the chain as it was shown (RFC 7468), the server's own certificate
// first; nil when there was none. It is bounded as the chain is.
func PEM(layer session.Encryption) []byte {
	var out bytes.Buffer
	for _, link := range layer.Chain {
		_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: link.DER}) // a Buffer takes all
	}
	return out.Bytes()
}

// ofMatch tells that the name asked for is among those of the certificate; that
// it is not is a fault.
func ofMatch(layer session.Encryption) (Sentence, bool) {
	for _, fault := range layer.Faults {
		switch fault.Kind {
		case session.FaultWrongName, session.FaultNoName, session.FaultNoCertificate:
			return Sentence{}, false
		}
	}
	return Sentence{AboutMatch, Good, say("match", "server", layer.Server)}, true
}

func ofNames(names []string) Sentence {
	const most = 4
	switch n := len(names); {
	case n == 0:
		return Sentence{AboutNames, Wrong, say("names_none")}
	case n > most:
		return Sentence{AboutNames, Told, say("names_more", "names", list(names[:most]), "n", count(n-most))}
	}
	return Sentence{AboutNames, Told, say("names", "names", list(names))}
}

func ofIssuer(leaf session.Certificate) Sentence {
	if leaf.SelfSigned {
		return Sentence{AboutIssuer, Told, say("issuer_self")}
	}
	return Sentence{AboutIssuer, Told, say("issuer", "issuer", leaf.Issuer)}
}

func ofDates(leaf session.Certificate, now time.Time) Sentence {
	if now.Before(leaf.NotBefore) || now.After(leaf.NotAfter) {
		return Sentence{AboutDates, Wrong, say("dates_out", "from", day(leaf.NotBefore), "until", day(leaf.NotAfter))}
	}
	left := leaf.NotAfter.Sub(now)
	key, tone := "dates", Good
	if left < soon {
		key, tone = "dates_soon", Told
	}
	return Sentence{AboutDates, tone, say(key, "from", day(leaf.NotBefore), "until", day(leaf.NotAfter), "left", days(left))}
}

// soon is when a certificate should have been renewed: authorities renew a month
// before the end, or at a third of the life of a short one.
const soon = 14 * 24 * time.Hour

// ofFault says what is wrong with one link.
func ofFault(layer session.Encryption, fault session.Fault, now time.Time) Sentence {
	var link session.Certificate
	if fault.Link < len(layer.Chain) {
		link = layer.Chain[fault.Link]
	}
	it := say("it_own")
	if fault.Link > 0 {
		it = say("it_link", "subject", link.Subject)
	}
	text := say("fault:"+cmp.Or(string(fault.Kind), string(session.FaultOther)),
		"it", it, "subject", link.Subject, "issuer", link.Issuer, "server", layer.Server, "names", list(firstNames(link)),
		"from", day(link.NotBefore), "until", day(link.NotAfter), "ago", days(now.Sub(link.NotAfter)), "in", days(link.NotBefore.Sub(now)),
		"key", link.Key, "signature", link.Signature, "text", fault.Text)
	return Sentence{AboutFault, Wrong, text}
}

func firstNames(link session.Certificate) []string { return link.Names[:min(len(link.Names), 3)] }

func ofClient(layer session.Encryption) Sentence {
	switch {
	case layer.ShowedOurs:
		return Sentence{AboutClient, Told, say("client_shown")}
	case layer.AskedForOurs:
		return Sentence{AboutClient, Told, say("client_asked")}
	}
	return Sentence{AboutClient, Told, say("client_none")}
}
