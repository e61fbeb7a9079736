package probe

import (
	"net/netip"
	"slices"
	"strconv"

	"ehlo/resolver"
	"ehlo/session/verdict"
)

// Line is one server, or one address of it, in two answers beside each other.
type Line struct {
	Host    string
	Address netip.Addr // zero on the line of the server itself
	// Ours and Theirs are the preferences of a server, "10" or "10, 20", and
	// "yes" for an address; "" where the answer does not have it.
	Ours, Theirs string
	// Unknown tells of an address that one of the two may know and did not
	// tell: its look-up failed.
	Unknown bool
}

// Beside lays two routes side by side: the servers of the first in their
// order, then those that only the second names; after each its addresses, as
// far as both name it.
func Beside(ours, theirs *verdict.Route) (lines []Line) {
	one, other := gather(ours), gather(theirs)
	for _, host := range append(slices.Clone(one), other...) {
		if slices.ContainsFunc(lines, func(l Line) bool { return l.Host == host.name }) {
			continue
		}
		mine, yours := one.find(host.name), other.find(host.name)
		lines = append(lines, Line{Host: host.name, Ours: mine.numbers, Theirs: yours.numbers})
		if mine.numbers != "" && yours.numbers != "" {
			lines = append(lines, addressLines(mine, yours)...)
		}
	}
	return lines
}

// server is a host of a route, all its MX records taken together.
type server struct {
	name, numbers string
	addresses     []netip.Addr
	unknown       bool
}

type servers []server

func (s servers) find(name string) server {
	for _, one := range s {
		if one.name == name {
			return one
		}
	}
	return server{}
}

// gather takes the records of one name together: it may stand there twice, with
// two preferences.
func gather(route *verdict.Route) (list servers) {
	for _, host := range route.Hosts {
		number := strconv.Itoa(host.Preference)
		if i := slices.IndexFunc(list, func(s server) bool { return s.name == host.Name }); i >= 0 {
			list[i].numbers += ", " + number
			continue
		}
		list = append(list, server{
			name: host.Name, numbers: number, addresses: host.Addresses,
			unknown: slices.ContainsFunc(host.Notes, func(n verdict.Note) bool { return n.Code == resolver.CodeNoAnswer }),
		})
	}
	return list
}

func addressLines(mine, yours server) (lines []Line) {
	line := func(address netip.Addr) Line {
		l := Line{Host: mine.name, Address: address, Unknown: mine.unknown || yours.unknown}
		if slices.Contains(mine.addresses, address) {
			l.Ours = "yes"
		}
		if slices.Contains(yours.addresses, address) {
			l.Theirs = "yes"
		}
		return l
	}
	for _, address := range mine.addresses {
		lines = append(lines, line(address))
	}
	for _, address := range yours.addresses {
		if !slices.Contains(mine.addresses, address) {
			lines = append(lines, line(address))
		}
	}
	return lines
}
