package probe

import (
	"context"
	"time"

	"ehlo/session"
	"ehlo/session/certificate"
)

// DANE holds the certificates of a layer against the TLSA records of its server
// (RFC 7672 section 3), as an added fact. names are others for which the
// certificate may be, such as the domain of the mail (section 3.2.2). Where the
// DNS gives no answer, the error says why; without a Resolver nothing is asked.
func (p Probe) DANE(ctx context.Context, target Target, layer session.Encryption, names ...string) (certificate.Sentence, error) {
	if p.Resolver == nil || target.Host == "" {
		return certificate.DANE{}.Read(false), nil
	}
	found, err := p.Resolver.TLSA(ctx, target.Host, target.Addr.Port())
	if err != nil {
		return certificate.Sentence{}, err
	}
	records := make([]certificate.TLSA, 0, len(found.Records))
	for _, record := range found.Records {
		records = append(records, certificate.TLSA(record))
	}
	return certificate.Match(records, layer, time.Now(), names...).Read(found.Secure), nil
}
