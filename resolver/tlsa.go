package resolver

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/miekg/dns"
)

// The bounds on what is kept of TLSA records: a server has a handful, and the
// longest usual one holds a whole certificate.
const (
	MaxTLSA     = 50
	maxTLSAData = 16 << 10 // bytes of one record
)

// TLSA is one record of what a server's certificate is (RFC 6698 section 2.1).
type TLSA struct {
	Usage, Selector, Matching uint8
	Data                      []byte
}

// TLSAs is what DNS says of the certificate of a server. No Records is an
// answer: nothing is said of it.
type TLSAs struct {
	Records []TLSA // at most MaxTLSA
	// Secure tells that the resolver found the answer signed (the AD flag, RFC
	// 4035 section 3.2.3); others do not count (RFC 7672 section 2.2).
	Secure bool
	TTL    time.Duration
	Server Server
	Took   time.Duration
}

// TLSA asks what the certificate of a server is to be (RFC 6698 section 3): for
// "mx1.example.org" and 25, the name is _25._tcp.mx1.example.org. The error is
// an *Error; that there is no record is none.
func (r *Resolver) TLSA(ctx context.Context, host string, port uint16) (TLSAs, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Overall)
	defer cancel()
	name, err := ParseName(host)
	if err != nil {
		return TLSAs{}, err
	}
	if _, known := withoutDNS(name, r.options); known {
		return TLSAs{}, nil // an address, or this computer
	}
	asked := fmt.Sprintf("_%d._tcp.%s", port, name.ASCII)
	got, err := r.lookup(ctx, question{name: asked, kind: dns.TypeTLSA}, nil)
	if err != nil {
		return TLSAs{}, err
	}
	found := TLSAs{Secure: got.authenticated, TTL: got.ttl(), Server: got.server, Took: got.took}
	for _, record := range got.records[:min(len(got.records), MaxTLSA)] {
		tlsa, ok := record.(*dns.TLSA)
		if !ok || len(tlsa.Certificate) > 2*maxTLSAData {
			continue
		}
		if data, err := hex.DecodeString(tlsa.Certificate); err == nil {
			found.Records = append(found.Records, TLSA{tlsa.Usage, tlsa.Selector, tlsa.MatchingType, data})
		}
	}
	return found, nil
}
