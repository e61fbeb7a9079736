package practice

import (
	"context"
	"net"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// maxAliases bounds how many aliases the server follows in one answer.
const maxAliases = 8

// ServeDNS answers one question. It is called by the DNS library.
func (s *Server) ServeDNS(w dns.ResponseWriter, asked *dns.Msg) {
	if len(asked.Question) != 1 {
		return
	}
	question := asked.Question[0]
	rule := s.Zone.rule(question)
	_, tcp := w.RemoteAddr().(*net.TCPAddr)
	switch {
	case rule.Silent, !pause(s.ending, rule.Delay):
		return
	case tcp && rule.CutTCP:
		w.Close()
		return
	}
	m := s.Zone.Answer(asked)
	if !tcp && rule.Truncate {
		m.Answer, m.Ns, m.Truncated = nil, nil, true
	}
	wrong(w, m, rule)
	if rule.OnlyWrong {
		return
	}
	if !tcp {
		m.Truncate(roomFor(asked))
	}
	w.WriteMsg(m)
}

// wrong sends what comes before the right answer by the rule.
func wrong(w dns.ResponseWriter, m *dns.Msg, rule Rule) {
	if rule.WrongID {
		other := m.Copy()
		other.Id++
		w.WriteMsg(other)
	}
	if rule.WrongName {
		other := m.Copy()
		other.Question[0].Name = "wrong." + other.Question[0].Name
		w.WriteMsg(other)
	}
}

// pause waits and reports whether the server still goes on.
func pause(ctx context.Context, delay time.Duration) bool {
	if delay <= 0 {
		return true
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// roomFor returns the size of a UDP answer the asker takes.
func roomFor(asked *dns.Msg) int {
	if opt := asked.IsEdns0(); opt != nil {
		return int(max(opt.UDPSize(), dns.MinMsgSize))
	}
	return dns.MinMsgSize
}

// Answer returns the answer to a question, as the records and the rule for the
// name have it. Rules about time and about the way are left to the server.
func (z *Zone) Answer(asked *dns.Msg) *dns.Msg {
	question := asked.Question[0]
	rule := z.rule(question)
	m := new(dns.Msg)
	m.SetReply(asked)
	m.RecursionAvailable = true
	m.Authoritative = z.Authoritative
	opt := asked.IsEdns0()
	if opt != nil && rule.NoEDNS {
		m.Rcode = dns.RcodeFormatError
		return m
	}
	if opt != nil {
		m.SetEdns0(dns.DefaultMsgSize, false)
	}
	switch {
	case rule.Bogus && !asked.CheckingDisabled:
		rule.Rcode, rule.Extra = dns.RcodeServerFailure, dns.ExtendedErrorCodeDNSBogus
		refuse(m, rule)
	case rule.Rcode != dns.RcodeSuccess:
		refuse(m, rule)
	case rule.Referral:
		refer(m)
	case rule.Unrelated:
		m.Answer = z.ofOthers(question)
	default:
		explain(m, rule)
		m.AuthenticatedData = z.Authenticated && asked.AuthenticatedData && !rule.Bogus
		z.answer(m, question.Name, question.Qtype, rule)
	}
	return m
}

// rule returns the rule for a question; the zero Rule when there is none.
func (z *Zone) rule(question dns.Question) Rule {
	rule, ok := z.Rules[plain(question.Name)]
	if !ok {
		rule = z.Rules["*"]
	}
	if !rule.concerns(question.Qtype) {
		return Rule{}
	}
	return rule
}

// answer fills in the records of a name, following aliases.
func (z *Zone) answer(m *dns.Msg, name string, kind uint16, rule Rule) {
	for range maxAliases {
		records, alias := z.find(name, kind)
		m.Answer = append(m.Answer, records...)
		if alias == nil {
			if len(records) == 0 {
				z.deny(m, name)
			}
			return
		}
		m.Answer = append(m.Answer, alias)
		if rule.Bare {
			return
		}
		name = alias.Target
	}
}

// find returns the records of a name and type in their order, and the alias the
// name is when it has none.
func (z *Zone) find(name string, kind uint16) (records []dns.RR, alias *dns.CNAME) {
	for _, record := range z.Records {
		if plain(record.Header().Name) != plain(name) {
			continue
		}
		if record.Header().Rrtype == kind {
			records = append(records, record)
		}
		if cname, ok := record.(*dns.CNAME); ok && kind != dns.TypeCNAME {
			alias = cname
		}
	}
	return records, alias
}

// deny says that there is no such record, or no such name (RFC 2308). A name
// exists when it or one below it has records.
func (z *Zone) deny(m *dns.Msg, name string) {
	m.Rcode = dns.RcodeNameError
	for _, record := range z.Records {
		owner := plain(record.Header().Name)
		if owner == plain(name) || strings.HasSuffix(owner, "."+plain(name)) {
			m.Rcode = dns.RcodeSuccess
		}
	}
	m.Ns = append(m.Ns, &dns.SOA{
		Hdr: dns.RR_Header{Name: ".", Rrtype: dns.TypeSOA, Class: dns.ClassINET, Ttl: 60},
		Ns:  "practice.", Mbox: "nobody.practice.", Serial: 1, Minttl: 60,
	})
}

// ofOthers returns records of the type asked for that belong to other names.
func (z *Zone) ofOthers(question dns.Question) []dns.RR {
	var records []dns.RR
	for _, record := range z.Records {
		head := record.Header()
		if head.Rrtype == question.Qtype && plain(head.Name) != plain(question.Name) {
			records = append(records, record)
		}
	}
	return records
}

func refuse(m *dns.Msg, rule Rule) {
	m.Rcode = rule.Rcode
	explain(m, rule)
}

// explain adds the extended error of a rule (RFC 8914), to those who know EDNS.
func explain(m *dns.Msg, rule Rule) {
	if opt := m.IsEdns0(); opt != nil && (rule.Extra != 0 || rule.ExtraText != "") {
		opt.Option = append(opt.Option, &dns.EDNS0_EDE{InfoCode: rule.Extra, ExtraText: rule.ExtraText})
	}
}

func refer(m *dns.Msg) {
	m.Authoritative, m.RecursionAvailable = false, false
	m.Ns = append(m.Ns, &dns.NS{
		Hdr: dns.RR_Header{Name: ".", Rrtype: dns.TypeNS, Class: dns.ClassINET, Ttl: 60},
		Ns:  "a.root-servers.practice.",
	})
}
