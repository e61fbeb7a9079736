//go:build peers && unix

package peers

import (
	"net/netip"
	"testing"

	"ehlo/resolver"
	"ehlo/session/certificate"
	"ehlo/session/probe"
)

// TestDANE holds the certificates that Postfix shows against the TLSA records
// that NSD has of them, as Unbound tells them: what is signed counts, and who
// speaks only for its own zones says nothing about that.
func TestDANE(t *testing.T) {
	const (
		doNotCount = "There are TLSA records (DANE), but the resolver does not say that they are signed: they do not count."
		differs    = "DANE does not fit: the signed DNS names another certificate. Servers that look will not send mail here."
	)
	for _, tt := range []struct {
		host, server string
		tone         certificate.Tone
		words        string
	}{
		{"fits.signed", unbound, certificate.Good, "DANE fits: the signed DNS names this very certificate (TLSA 3 1 1)."},
		{"below.signed", unbound, certificate.Good, "DANE fits: the signed DNS names its issuer, Peers Lane Middle (TLSA 2 1 1)."},
		{"differs.signed", unbound, certificate.Wrong, differs},
		{"unusable.signed", unbound, certificate.Told, "There are TLSA records (DANE), none of a kind that mail uses: they do not count."},
		{"unnamed.signed", unbound, certificate.Told, "There are no TLSA records for this server (DANE)."},
		{"fits.plain", unbound, certificate.Told, doNotCount},
		{"differs.plain", unbound, certificate.Told, doNotCount},
		{"fits.signed", dns, certificate.Told, doNotCount},
	} {
		t.Run(tt.host+"@"+tt.server, func(t *testing.T) {
			t.Parallel()
			host := tt.host + signedBy
			p := probe.Probe{Resolver: resolver.New(resolver.Options{Servers: []string{tt.server}, Timeout: deliveryTime})}
			target := probe.Target{Host: host, Addr: netip.MustParseAddrPort(at(trust, "127.0.0.1"))}
			got, err := p.DANE(t.Context(), target, layerOf(t, trust, host))
			if err != nil || got.About != certificate.AboutDANE || got.Tone != tt.tone || got.Text != tt.words {
				t.Errorf("%+v, %v; want %q", got, err, tt.words)
			}
		})
	}
}

// TestDANEIsBogus: records whose signatures do not fit are no answer.
func TestDANEIsBogus(t *testing.T) {
	p := probe.Probe{Resolver: resolver.New(resolver.Options{Servers: []string{unbound}, Timeout: deliveryTime})}
	target := probe.Target{Host: "fits.stripped" + signedBy, Addr: netip.MustParseAddrPort(at(trust, "127.0.0.1"))}
	if got, err := p.DANE(t.Context(), target, layerOf(t, trust, "good.tls."+domain)); err == nil {
		t.Errorf("%+v", got)
	}
}
