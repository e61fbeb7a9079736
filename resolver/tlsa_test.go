package resolver_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ehlo/resolver"
	"ehlo/resolver/practice"
)

// withTLSA starts a server with records of a certificate.
func withTLSA(t *testing.T, lines ...string) *practice.Server {
	t.Helper()
	zone, err := practice.ParseZone("tlsa", strings.Join(lines, "\n")+"\n")
	if err != nil {
		t.Fatal(err)
	}
	server := &practice.Server{Zone: zone}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server
}

// TestTLSA: the question of RFC 6698 section 3, with the AD flag as it comes.
func TestTLSA(t *testing.T) {
	records := []string{
		"_25._tcp.mx1.example.org. 600 IN TLSA 3 1 1 0102030405060708091011121314151617181920212223242526272829303132",
		"_25._tcp.mx1.example.org. 600 IN TLSA 2 0 0 aabb",
		"mx1.example.org. 600 IN A 192.0.2.25",
		"mx2.example.org. 600 IN A 192.0.2.26",
		"_25._tcp.mx3.example.org. 600 IN CNAME _25._tcp.mx1.example.org.",
	}
	for _, secure := range []bool{false, true} {
		lines := records
		if secure {
			lines = append([]string{";! authenticated yes"}, records...)
		}
		r := resolver.New(asking(withTLSA(t, lines...)))
		for _, host := range []string{"mx1.example.org", "MX1.example.org.", "mx3.example.org"} {
			found, err := r.TLSA(t.Context(), host, 25)
			if err != nil || len(found.Records) != 2 || found.Secure != secure {
				t.Fatalf("%s: %+v %v", host, found, err)
			}
			if first := found.Records[0]; first.Usage != 3 || first.Selector != 1 || first.Matching != 1 || len(first.Data) != 32 {
				t.Errorf("%s: %+v", host, first)
			}
			if second := found.Records[1]; second.Usage != 2 || !bytes.Equal(second.Data, []byte{0xaa, 0xbb}) {
				t.Errorf("%s: %+v", host, second)
			}
		}
		for _, host := range []string{"mx2.example.org", "nowhere.example.org", "192.0.2.25", "localhost"} {
			if found, err := r.TLSA(t.Context(), host, 25); err != nil || len(found.Records) > 0 {
				t.Errorf("%s: %+v %v", host, found, err)
			}
		}
		if found, err := r.TLSA(t.Context(), "mx1.example.org", 587); err != nil || len(found.Records) > 0 {
			t.Errorf("another port: %+v %v", found, err)
		}
	}
}

// TestTLSAIsBounded: many records, and one that is longer than any certificate.
func TestTLSAIsBounded(t *testing.T) {
	lines := []string{"_25._tcp.long.example.org. 600 IN TLSA 3 0 0 " + strings.Repeat("ab", 20<<10)}
	for i := range 80 {
		lines = append(lines, fmt.Sprintf("_25._tcp.many.example.org. 600 IN TLSA 3 1 1 %064x", i))
	}
	r := resolver.New(asking(withTLSA(t, lines...)))
	found, err := r.TLSA(t.Context(), "many.example.org", 25)
	if err != nil || len(found.Records) != resolver.MaxTLSA {
		t.Errorf("%d records, %v", len(found.Records), err)
	}
	if found, err = r.TLSA(t.Context(), "long.example.org", 25); err != nil || len(found.Records) != 0 {
		t.Errorf("%d records, %v", len(found.Records), err)
	}
}

// TestTLSAFails: no answer is not "no record".
func TestTLSAFails(t *testing.T) {
	r := resolver.New(asking(withTLSA(t, ";! on _25._tcp.mx1.example.org rcode SERVFAIL")))
	_, err := r.TLSA(t.Context(), "mx1.example.org", 25)
	var failed *resolver.Error
	if !errors.As(err, &failed) || failed.Kind != resolver.NoAnswer {
		t.Errorf("%v", err)
	}
	if _, err = r.TLSA(t.Context(), "not a name", 25); !errors.As(err, &failed) || failed.Kind != resolver.BadName {
		t.Errorf("%v", err)
	}
}
