package probe

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"ehlo/resolver"
	"ehlo/session"
	"ehlo/session/verdict"
)

// The codes of the notes on our own address; that of its name has those of
// Reverse.
const (
	CodePrivate      = "private"       // DNS was not asked about it
	CodeHelloFits    = "hello-fits"    // the name after EHLO belongs to the address
	CodeHelloDiffers = "hello-differs" // it does not, as far as DNS tells
)

// ourselvesWait bounds what is asked about our own address: it is a hint, and
// nobody should wait for it.
const ourselvesWait = 4 * time.Second

// Ourselves finds out what DNS says about our own address, as a server met us:
// its name, whether that leads back to it, and whether the name we gave after
// EHLO fits. Nil when no address is known. A private address is not asked
// about. It comes back within four seconds.
func (p Probe) Ourselves(ctx context.Context, us verdict.Us) *verdict.Ourselves {
	ours := &verdict.Ourselves{
		Address: us.Local, Hello: us.Hello, Names: []verdict.OurName{}, Notes: []verdict.Note{},
	}
	if us.Told.IsValid() {
		ours.Address, ours.Told = us.Told, true
	}
	if !ours.Address.IsValid() {
		return nil
	}
	ours.HelloFit = strings.EqualFold(us.Hello, literal(ours.Address))
	if ours.Private = Private(ours.Address); ours.Private || p.Resolver == nil {
		ours.Notes = append(ours.Notes, privateNote(ours)...)
		return ours
	}
	ctx, cancel := context.WithTimeout(ctx, ourselvesWait)
	defer cancel()
	p.nameUs(ctx, ours)
	return ours
}

// nameUs asks for the names of our address, and holds that of the hello
// against them.
func (p Probe) nameUs(ctx context.Context, ours *verdict.Ourselves) {
	found, err := p.Resolver.Reverse(ctx, ours.Address)
	for _, name := range found.Names {
		ours.Names = append(ours.Names, verdict.OurName{Name: name.Name, Confirmed: name.Confirmed})
		ours.HelloFit = ours.HelloFit || name.Confirmed && strings.EqualFold(strings.TrimSuffix(ours.Hello, "."), name.Name)
	}
	ours.Notes = append(ours.Notes, named(found, err))
	if ours.Hello == "" {
		return
	}
	if !ours.HelloFit {
		ours.HelloFit = p.leadsTo(ctx, ours.Hello, ours.Address)
	}
	ours.Notes = append(ours.Notes, helloNote(ours))
}

// leadsTo reports whether a name has an address in DNS.
func (p Probe) leadsTo(ctx context.Context, name string, addr netip.Addr) bool {
	parsed, err := resolver.ParseName(name)
	if err != nil || !strings.Contains(name, ".") || strings.HasPrefix(name, "[") {
		return false
	}
	// An error leaves no addresses.
	host, _ := p.Resolver.Addresses(ctx, parsed.ASCII)
	return slices.Contains(host.Addresses, addr)
}

func privateNote(ours *verdict.Ourselves) []verdict.Note {
	if !ours.Private {
		return nil
	}
	return []verdict.Note{{Code: CodePrivate, Text: fmt.Sprintf("%s is a private address; servers outside see another one.", ours.Address)}}
}

// helloNote words whether the name after EHLO fits (RFC 5321 section 4.1.4
// forbids to refuse mail for that alone; many servers weigh it).
func helloNote(ours *verdict.Ourselves) verdict.Note {
	if ours.HelloFit {
		return verdict.Note{Code: CodeHelloFits, Text: fmt.Sprintf("The name after EHLO, %s, fits %s.", ours.Hello, ours.Address)}
	}
	return verdict.Note{
		Code: CodeHelloDiffers,
		Text: fmt.Sprintf("The name after EHLO, %s, does not lead to %s. Some servers mind.", ours.Hello, ours.Address),
	}
}

// shared is used between a provider and its customers (RFC 6598).
var shared = netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64, 0, 0}), 10)

// Private reports whether an address has no meaning outside the network it is
// used in: loopback, link-local, private (RFC 1918, RFC 4193) or shared.
func Private(addr netip.Addr) bool {
	addr = addr.Unmap()
	return addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() || addr.IsUnspecified() || shared.Contains(addr)
}

// told finds our address in the first line of the answer to a hello, where many
// servers repeat it: "mx.example.org Hello pc.example.com [192.0.2.7]", "mx.google.com
// at your service, [192.0.2.7]". No standard fixes the form, so only what stands
// in brackets counts, and neither the name of the server nor what we gave as ours.
func told(reply session.Reply, hello string, server netip.Addr) netip.Addr {
	if len(reply.Lines) == 0 || len(reply.Lines[0]) < len("250-") {
		return netip.Addr{}
	}
	_, rest, _ := strings.Cut(reply.Lines[0][len("250-"):], " ")
	words := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" \t,;", r) })
	for _, word := range words {
		if strings.EqualFold(strings.Trim(word, "()<>."), hello) {
			continue
		}
		inside := strings.Trim(word, "[]()<>.")
		if !strings.ContainsAny(word, "[(") {
			continue
		}
		if cut, ok := strings.CutPrefix(strings.ToLower(inside), "ipv6:"); ok {
			inside = cut
		}
		addr, err := netip.ParseAddr(inside)
		if err == nil && addr.Zone() == "" && addr.Unmap() != server {
			return addr.Unmap()
		}
	}
	return netip.Addr{}
}
