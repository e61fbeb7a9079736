package resolver

import (
	"context"
	"errors"
	"time"

	"github.com/miekg/dns"
)

// doubtWait bounds the question that tells a bogus answer from a dead server.
const doubtWait = 2 * time.Second

// doubted looks behind a failed question for MX: a server that said SERVFAIL
// is asked once more, not to check signatures. When it then answers, they were
// the fault. Other errors and other questions come back as they are.
func (r *Resolver) doubted(ctx context.Context, q question, err error) error {
	var failed *Error
	if q.kind != dns.TypeMX || !errors.As(err, &failed) || failed.Kind != NoAnswer {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, min(doubtWait, r.options.Timeout))
	defer cancel()
	q.unchecked = true
	for index, try := range failed.Tries {
		if try.Rcode == rcode(dns.RcodeServerFailure) && r.try(ctx, index, try.Server, q, nil).good {
			failed.Bogus = true
			return failed
		}
	}
	return err
}
