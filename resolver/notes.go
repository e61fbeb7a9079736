package resolver

import (
	"fmt"
	"net/netip"
)

// Note is something worth telling about a route or a host, in plain words.
type Note struct {
	Code string // for programs: "alias"
	Text string // for people: one sentence or two
}

// The codes of notes on a host.
const (
	CodeAlias             = "alias"                 // the MX names an alias (RFC 2181 section 10.3)
	CodeNotExisting       = "not-existing"          // there is no such name
	CodeLooksLikeAddress  = "looks-like-an-address" // the MX names an address
	CodePrivateAddress    = "private-address"       // not to be reached from the internet
	CodeNoAddress         = "no-address"            // the name has no address
	CodeNoAnswer          = "no-answer"             // DNS did not tell its addresses
	CodeTooManyAddresses  = "too-many-addresses"    // over MaxAddresses; the others were left out
	CodeImplicit          = "implicit"              // on a route: there is no MX
	CodeNullAmongOthers   = "null-among-others"     // on a route: "takes no mail" beside mail servers
	CodeTooManyExchangers = "too-many-hosts"        // on a route: over MaxHosts; the others were left out
	CodeExtra             = "server-adds"           // on a route: an extended error beside a proper answer (RFC 8914)
	CodeInternational     = "international"         // the name as people read it and as DNS knows it
)

// wording is a code with the format of its text.
type wording struct{ code, format string }

// The words of the notes.
var (
	noteAlias         = wording{CodeAlias, "%s is only another name for %s. An MX should name the computer itself; some senders will not follow."}
	noteMissing       = wording{CodeNotExisting, "DNS knows no computer of this name. Mail cannot go there."}
	noteLiteral       = wording{CodeLooksLikeAddress, "%s is an address where a name has to stand. Senders cannot use it."}
	notePrivate       = wording{CodePrivateAddress, "%s %s."}
	noteNoAddress     = wording{CodeNoAddress, "The name exists but has no address (asked for %s)."}
	noteNoAnswer      = wording{CodeNoAnswer, "DNS did not tell all its addresses: %s."}
	noteManyAddresses = wording{CodeTooManyAddresses, "It has %d addresses; the first %d are shown."}

	noteInternational = wording{CodeInternational, "%s is %s in DNS."}

	noteDomainAlias = wording{CodeAlias, "%s is another name for %s; mail goes where that one says."}
	noteExtra       = wording{CodeExtra, "The DNS server adds to its answer: %q."}
	noteImplicit    = wording{CodeImplicit, "%s has no MX record, but an address: mail goes to the computer of that name."}
	noteNullAmong   = wording{CodeNullAmongOthers, `One MX says "takes no mail" and others name mail servers. The two contradict each other.`}
	noteTooMany     = wording{CodeTooManyExchangers, "It names %d mail servers; the first %d are shown."}
)

func (w wording) note(values ...any) Note {
	return Note{Code: w.code, Text: fmt.Sprintf(w.format, values...)}
}

func (h *Host) note(w wording, values ...any) { h.Notes = append(h.Notes, w.note(values...)) }

func (r *Route) note(w wording, values ...any) { r.Notes = append(r.Notes, w.note(values...)) }

// reachOf tells why an address cannot be reached from the internet, "" when it
// can (RFC 6890).
func reachOf(addr netip.Addr) string {
	addr = addr.Unmap()
	switch {
	case addr.IsLoopback():
		return "means the very computer that asks"
	case addr.IsUnspecified():
		return "is no address of a computer"
	case addr.IsPrivate() || shared(addr):
		return "is a private address, to be reached only from inside its own network"
	case addr.IsLinkLocalUnicast():
		return "is good on one cable only"
	case addr.IsMulticast():
		return "is a group address, not one of a computer"
	}
	return ""
}

// shared reports whether an address is of 100.64.0.0/10, which providers use
// inside their networks (RFC 6598).
func shared(addr netip.Addr) bool {
	if !addr.Is4() {
		return false
	}
	four := addr.As4()
	return four[0] == 100 && four[1]&0xc0 == 64
}
