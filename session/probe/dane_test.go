package probe_test

import (
	"net/netip"
	"strings"
	"testing"

	"ehlo/resolver"
	dnspractice "ehlo/resolver/practice"
	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/session/probe"
)

// TestDANE: what the DNS says counts only where it is signed, and no answer is
// not "no record".
func TestDANE(t *testing.T) {
	record := "_25._tcp.mx1.example.org. 60 IN TLSA 3 1 1 " + strings.Repeat("ab", 32) + "\nmx2.example.org. 60 IN A 192.0.2.2\n"
	layer := session.Encryption{Server: "mx1.example.org"}
	for _, test := range []struct {
		name, zone, host, want string
		tone                   certificate.Tone
	}{
		{"signed", ";! authenticated yes\n" + record, "mx1.example.org", "DANE does not fit", certificate.Wrong},
		{"not signed", record, "mx1.example.org", "does not say that they are signed", certificate.Told},
		{"none", ";! authenticated yes\n" + record, "mx2.example.org", "There are no TLSA records", certificate.Told},
		{"no name", record, "", "There are no TLSA records", certificate.Told},
		{"no answer", ";! on _25._tcp.mx1.example.org rcode SERVFAIL\n", "mx1.example.org", "", certificate.Told},
	} {
		t.Run(test.name, func(t *testing.T) {
			zone, err := dnspractice.ParseZone(test.name, test.zone)
			if err != nil {
				t.Fatal(err)
			}
			server := &dnspractice.Server{Zone: zone}
			if err := server.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			way := probe.Probe{Resolver: resolver.New(resolver.Options{Servers: []string{server.Addr().String()}})}
			target := probe.Target{Host: test.host, Addr: netip.MustParseAddrPort("192.0.2.1:25")}
			says, err := way.DANE(t.Context(), target, layer)
			if !strings.Contains(says.Text, test.want) || says.Tone != test.tone || (err != nil) != (test.want == "") {
				t.Errorf("%+v %v", says, err)
			}
		})
	}
}
