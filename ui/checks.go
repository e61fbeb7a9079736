package ui

import (
	"fmt"
	"slices"

	"ehlo/resolver"
	"ehlo/session/probe"
	"ehlo/session/verdict"
	"ehlo/ui/route"
)

// checksOf tells what was looked at while a route was found, and how it stands.
// It asks nothing: all of it is in the route. A route that leads nowhere has no
// checks; the verdict says it.
func checksOf(found *verdict.Route) []route.Check {
	if found.Failure != "" || len(found.Hosts) == 0 {
		return nil
	}
	checks := []route.Check{existence(found)}
	for _, check := range []func(*verdict.Route) (route.Check, bool){exchangers, views, reverses} {
		if one, asked := check(found); asked {
			checks = append(checks, one)
		}
	}
	return append(checks, newer(found))
}

func existence(found *verdict.Route) route.Check {
	check := route.Check{Word: "YES", Label: "The domain exists", Says: "it has an MX of its own"}
	switch {
	case found.Server.Address == "":
		check.Word, check.Says = "", "nothing had to be asked"
	case found.Implicit:
		check.Says = "it has no MX, but an address of its own"
	case noted(found.Notes, resolver.CodeAlias):
		check.Says = "it is another name for one that has an MX"
	}
	return check
}

// exchangers tells whether each name in the MX leads to a computer that the
// world can reach (RFC 5321 section 5.1, RFC 2181 section 10.3).
func exchangers(found *verdict.Route) (route.Check, bool) {
	check := route.Check{Word: "YES", Label: "Every MX name is a computer", Says: "no alias, no missing address, none private"}
	odd := hostsNoted(found, resolver.CodeAlias, resolver.CodeNotExisting, resolver.CodeLooksLikeAddress,
		resolver.CodePrivateAddress, resolver.CodeNoAddress)
	unknown := hostsNoted(found, resolver.CodeNoAnswer)
	switch {
	case odd > 0:
		check.Word, check.Says = "NOT NOW", fmt.Sprintf("%d of %d is odd: the note beneath it says how", odd, len(found.Hosts))
		if odd > 1 {
			check.Says = fmt.Sprintf("%d of %d are odd: the notes beneath them say how", odd, len(found.Hosts))
		}
	case unknown > 0:
		check.Word, check.Says = "CANNOT TELL", "DNS did not tell all addresses"
	}
	return check, found.Server.Address != "" && !found.Implicit
}

// views tells whether two DNS servers say the same, where two were asked.
func views(found *verdict.Route) (route.Check, bool) {
	check := route.Check{Label: "Both DNS views agree"}
	for _, note := range found.Notes {
		switch note.Code {
		case probe.CodeAgrees:
			check.Word, check.Says = "YES", note.Text
		case probe.CodeNotCompared:
			check.Word, check.Says = "CANNOT TELL", note.Text
		case probe.CodeDiffers:
			check.Word, check.Says = "NOT NOW", "they differ: the notes above say where"
		}
	}
	return check, check.Word != ""
}

// reverses tells whether the addresses have names that lead back to them, where
// that was asked for.
func reverses(found *verdict.Route) (route.Check, bool) {
	check := route.Check{Word: "YES", Label: "Names lead back", Says: "each address that was asked for has a name that leads back to it"}
	odd := hostsNoted(found, probe.CodeNoReverse, probe.CodeReverseUnconfirmed)
	unknown := hostsNoted(found, probe.CodeReverseUnknown)
	switch {
	case odd > 0:
		check.Word, check.Says = "NOT NOW", "not from every address: the notes say from which"
	case unknown > 0:
		check.Word, check.Says = "CANNOT TELL", "DNS did not tell all names"
	}
	return check, odd+unknown+hostsNoted(found, probe.CodeReverse) > 0
}

// newer tells how many servers have an IPv6 address. None is no fault.
func newer(found *verdict.Route) route.Check {
	with := 0
	for _, host := range found.Hosts {
		for _, address := range host.Addresses {
			if address.Is6() {
				with++
				break
			}
		}
	}
	check := route.Check{Label: "IPv6", Says: "none of the servers has an IPv6 address"}
	switch {
	case with == len(found.Hosts):
		check.Word, check.Says = "YES", "every server has an IPv6 address"
	case with > 0:
		check.Says = fmt.Sprintf("%d of %d servers have an IPv6 address", with, len(found.Hosts))
		if with == 1 {
			check.Says = fmt.Sprintf("1 of %d servers has an IPv6 address", len(found.Hosts))
		}
	}
	return check
}

// hostsNoted counts the hosts that have a note with one of the codes.
func hostsNoted(found *verdict.Route, codes ...string) (count int) {
	for _, host := range found.Hosts {
		if noted(host.Notes, codes...) {
			count++
		}
	}
	return count
}

func noted(notes []verdict.Note, codes ...string) bool {
	return slices.ContainsFunc(notes, func(n verdict.Note) bool { return slices.Contains(codes, n.Code) })
}
