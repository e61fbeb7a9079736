package resolver

import (
	"errors"
	"net/netip"
	"slices"
	"time"

	"github.com/miekg/dns"
)

// found is what the two questions for the addresses of a host brought.
type found struct {
	four, six reply
	asked     string // the record types asked for, in words
}

// reply is how one of the questions ended; the zero reply was not asked for.
type reply struct {
	answer answer
	err    error
}

// fold takes in the addresses found for the host, and notes what is odd.
func (h *Host) fold(got found) {
	h.take(got.four.answer, got.four.err)
	h.take(got.six.answer, got.six.err)
	h.Missing = h.missing(got)
	switch {
	case h.Failure != nil:
		h.note(noteNoAnswer, h.Failure.reason())
	case h.Missing:
		h.note(noteMissing)
	case len(h.Addresses) == 0:
		h.note(noteNoAddress, got.asked)
	}
	if len(h.Addresses) > MaxAddresses {
		h.note(noteManyAddresses, len(h.Addresses), MaxAddresses)
		h.Addresses = h.Addresses[:MaxAddresses]
	}
}

// take takes in the answer to one question for addresses.
func (h *Host) take(got answer, err error) {
	if err != nil {
		errors.As(err, &h.Failure)
		return
	}
	h.Took = max(h.Took, got.took)
	if alias := got.alias(); alias != "" {
		h.CNAME = alias
	}
	for _, record := range got.records {
		addr := addressOf(record)
		if !addr.IsValid() || slices.Contains(h.Addresses, addr) {
			continue
		}
		h.Addresses = append(h.Addresses, addr)
		if h.TTL == 0 {
			h.TTL = got.ttl()
		}
	}
}

// missing reports whether DNS said that the name does not exist, and nothing
// speaks against it.
func (h *Host) missing(got found) bool {
	four, six := got.four.answer, got.six.answer
	return h.Failure == nil && (four.denied || six.denied) && !four.exists && !six.exists
}

// judge notes what is odd about a host as a mail server for the world.
func (h *Host) judge() {
	if unicode := shown(h.Name); unicode != h.Name {
		h.note(noteInternational, unicode, h.Name)
	}
	if h.CNAME != "" {
		h.note(noteAlias, h.Name, h.CNAME)
	}
	for _, addr := range h.Addresses {
		if reach := reachOf(addr); reach != "" {
			h.note(notePrivate, addr, reach)
		}
	}
}

// literal returns the address that the name of the host is, if it is one. An
// MX must name a host (RFC 5321 section 5.1).
func (h *Host) literal() netip.Addr {
	addr, err := netip.ParseAddr(h.Name)
	if err != nil {
		return netip.Addr{}
	}
	return addr
}

// addressOf returns the address in an A or AAAA record, else the zero Addr.
func addressOf(record dns.RR) netip.Addr {
	var addr netip.Addr
	switch rr := record.(type) {
	case *dns.A:
		addr, _ = netip.AddrFromSlice(rr.A.To4())
	case *dns.AAAA:
		addr, _ = netip.AddrFromSlice(rr.AAAA.To16())
	}
	return addr
}

func seconds(ttl uint32) time.Duration { return time.Duration(ttl) * time.Second }
