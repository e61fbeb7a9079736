package ui

import (
	"net/netip"
	"strings"
	"testing"

	"ehlo/resolver"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// checkedHost is a server whose addresses are of the families named, with a note of
// each code.
func checkedHost(families string, codes ...string) verdict.Host {
	var host verdict.Host
	for _, family := range families {
		host.Addresses = append(host.Addresses, netip.MustParseAddr(map[rune]string{'4': "192.0.2.1", '6': "2001:db8::1"}[family]))
	}
	for _, code := range codes {
		host.Notes = append(host.Notes, verdict.Note{Code: code})
	}
	return host
}

func TestChecksOf(t *testing.T) {
	asked := verdict.Server{Address: "192.0.2.53"}
	note := func(code string) []verdict.Note { return []verdict.Note{{Code: code, Text: "as noted"}} }
	hosts := func(list ...verdict.Host) []verdict.Host { return list }
	for name, one := range map[string]struct {
		route verdict.Route
		want  string
	}{
		"plain": {
			verdict.Route{Server: asked, Hosts: hosts(checkedHost("4"), checkedHost("4"))},
			"YES The domain exists: it has an MX of its own|YES Every MX name is a computer: no alias, no missing address, none private|- IPv6: none of the servers has an IPv6 address",
		},
		"odd": {
			verdict.Route{Server: asked, Hosts: hosts(checkedHost("46", resolver.CodeAlias), checkedHost("4", resolver.CodeNoAnswer))},
			"YES The domain exists: it has an MX of its own|NOT NOW Every MX name is a computer: 1 of 2 is odd: the note beneath it says how|- IPv6: 1 of 2 servers has an IPv6 address",
		},
		"not told": {
			verdict.Route{Server: asked, Hosts: hosts(checkedHost("6", resolver.CodeNoAnswer))},
			"YES The domain exists: it has an MX of its own|CANNOT TELL Every MX name is a computer: DNS did not tell all addresses|YES IPv6: every server has an IPv6 address",
		},
		"implicit": {
			verdict.Route{Server: asked, Implicit: true, Hosts: hosts(checkedHost("4"))},
			"YES The domain exists: it has no MX, but an address of its own|- IPv6: none of the servers has an IPv6 address",
		},
		"literal": {
			verdict.Route{Hosts: hosts(checkedHost("6"))},
			"- The domain exists: nothing had to be asked|YES IPv6: every server has an IPv6 address",
		},
		"compared": {
			verdict.Route{Server: asked, Hosts: hosts(checkedHost("6")), Notes: note(probe.CodeAgrees)},
			"YES The domain exists: it has an MX of its own|YES Every MX name is a computer: no alias, no missing address, none private|YES Both DNS views agree: as noted|YES IPv6: every server has an IPv6 address",
		},
		"named": {
			verdict.Route{Server: asked, Hosts: hosts(checkedHost("6", probe.CodeReverse, probe.CodeNoReverse)), Notes: note(resolver.CodeAlias)},
			"YES The domain exists: it is another name for one that has an MX|YES Every MX name is a computer: no alias, no missing address, none private|NOT NOW Names lead back: not from every address: the notes say from which|YES IPv6: every server has an IPv6 address",
		},
		"nowhere": {verdict.Route{Server: asked, Failure: "no-domain"}, ""},
		"null":    {verdict.Route{Server: asked, Null: true}, ""},
	} {
		var told []string
		for _, check := range checksOf(&one.route) {
			word := check.Word
			if word == "" {
				word = "-"
			}
			told = append(told, word+" "+check.Label+": "+check.Says)
		}
		if got := strings.Join(told, "|"); got != one.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, one.want)
		}
	}
}
