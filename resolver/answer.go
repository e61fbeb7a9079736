package resolver

import (
	"errors"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// maxAliases bounds how many aliases are followed for one name.
const maxAliases = 8

var (
	errAliases  = errors.New("the aliases go round in circles or are too many")
	errReferral = errors.New("it only pointed to other servers and does not look up for us")
	errUnfit    = errors.New("its answer does not belong to the question")
)

// question is what is asked for.
type question struct {
	name string // without the last dot
	kind uint16 // dns.TypeMX
	// unchecked asks for what there is, whatever its signatures are worth
	// (the CD flag, RFC 4035 section 3.2.2).
	unchecked bool
}

// answer is what a server said to a question, checked. The zero answer says
// nothing: the name was neither found nor denied.
type answer struct {
	name    string   // the name the records belong to, behind all aliases
	aliases []string // the names on the way there, the last is name
	records []dns.RR // of the type asked for, as they came
	exists  bool     // there is such a name (NOERROR)
	denied  bool     // there is none (NXDOMAIN)
	open    bool     // it ends with an alias that has to be asked for
	minimum uint32   // lowest time to live on the way, in seconds
	server  Server
	took    time.Duration
	extra   []string // what the server adds to its answer (RFC 8914), not sanitised

	authoritative, authenticated bool
}

// answerOf reads a message that answers the question with NOERROR or NXDOMAIN.
// It fails when the message is no answer at all, so that "no such record" is
// only ever believed when it was said.
func answerOf(q question, m *dns.Msg) (answer, error) {
	got := answer{
		name:          dns.Fqdn(q.name),
		authoritative: m.Authoritative, authenticated: m.AuthenticatedData,
		denied: m.Rcode == dns.RcodeNameError, extra: extraOf(m),
	}
	got.exists = !got.denied
	if isReferral(m) {
		return got, errReferral
	}
	if err := got.follow(m.Answer); err != nil {
		return got, err
	}
	got.pick(q.kind, m.Answer)
	if len(m.Answer) > 0 && len(got.records) == 0 && len(got.aliases) == 0 {
		return got, errUnfit
	}
	got.name = plain(got.name)
	got.open = got.exists && len(got.records) == 0 && len(got.aliases) > 0 && !hasSOA(m)
	return got, nil
}

// follow walks the aliases of an answer section, in whatever order they stand.
func (a *answer) follow(records []dns.RR) error {
	for range maxAliases + 1 {
		alias := aliasOf(a.name, records)
		if alias == nil {
			return nil
		}
		a.name = alias.Target
		a.aliases = append(a.aliases, plain(alias.Target))
		a.lower(alias.Hdr.Ttl)
	}
	return errAliases
}

func aliasOf(name string, records []dns.RR) *dns.CNAME {
	for _, record := range records {
		alias, ok := record.(*dns.CNAME)
		if ok && alias.Hdr.Class == dns.ClassINET && same(alias.Hdr.Name, name) {
			return alias
		}
	}
	return nil
}

// pick keeps the records of the kind asked for that belong to the name.
func (a *answer) pick(kind uint16, records []dns.RR) {
	for _, record := range records {
		head := record.Header()
		if head.Rrtype != kind || head.Class != dns.ClassINET || !same(head.Name, a.name) {
			continue
		}
		a.records = append(a.records, record)
		a.lower(head.Ttl)
	}
}

// lower notes a time to live. RFC 2181 section 8: the top bit set means 0.
func (a *answer) lower(ttl uint32) {
	if ttl > 1<<31-1 {
		ttl = 0
	}
	first := len(a.records)+len(a.aliases) == 1
	if first || ttl < a.minimum {
		a.minimum = ttl
	}
}

// join adds the answer to the question that the aliases of the former led to.
func (a *answer) join(next answer) error {
	former := *a
	*a = next
	if len(former.aliases) == 0 {
		return nil
	}
	a.aliases = append(former.aliases, next.aliases...)
	a.authenticated = former.authenticated && next.authenticated
	a.minimum = min(former.minimum, next.minimum)
	if len(next.records)+len(next.aliases) == 0 {
		a.minimum = former.minimum
	}
	a.took = former.took + next.took
	a.extra = append(former.extra, next.extra...)
	if len(a.aliases) > maxAliases {
		return errAliases
	}
	return nil
}

// alias returns the name the one asked for is an alias of, "" when it is none.
func (a *answer) alias() string {
	if len(a.aliases) == 0 {
		return ""
	}
	return a.aliases[len(a.aliases)-1]
}

func (a *answer) ttl() time.Duration { return seconds(a.minimum) }

// isReferral reports whether a message only points to other servers. RFC 2308
// section 2.2: NS records without SOA and without an answer are a referral,
// not the absence of the record.
func isReferral(m *dns.Msg) bool {
	if m.Rcode != dns.RcodeSuccess || m.Authoritative || len(m.Answer) > 0 || hasSOA(m) {
		return false
	}
	return has(m.Ns, dns.TypeNS)
}

func hasSOA(m *dns.Msg) bool { return has(m.Ns, dns.TypeSOA) }

func has(records []dns.RR, kind uint16) bool {
	for _, record := range records {
		if record.Header().Rrtype == kind {
			return true
		}
	}
	return false
}

// plain returns a name of a message as it is shown: lower case, no last dot.
func plain(name string) string {
	return strings.TrimSuffix(strings.ToLower(name), ".")
}
