package resolver

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
)

func TestParseServer(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.1":         "192.0.2.1 53",
		"192.0.2.1:5353":    "192.0.2.1 5353",
		"::1":               "::1 53",
		"[::1]":             "::1 53",
		"[::1]:5353":        "::1 5353",
		"fe80::1%eth0":      "fe80::1%eth0 53",
		"dns.example":       "dns.example 53",
		"dns.example:54":    "dns.example 54",
		"":                  "no",
		":53":               "no",
		"dns.example:0":     "no",
		"dns.example:65536": "no",
		"dns.example:x":     "no",
		"two words":         "no",
	} {
		host, port, err := ParseServer(text)
		got := fmt.Sprint(host, " ", port)
		if err != nil {
			got = "no"
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestResolvConf(t *testing.T) {
	r := New(Options{ResolvConf: "testdata/resolv.conf"})
	servers, err := r.servers(t.Context())
	if got := fmt.Sprint(servers, err); got != "[192.0.2.53 fe80::1%eth0] <nil>" {
		t.Errorf("got %s", got)
	}
	name := Name{ASCII: "mail"}
	if got := strings.Join(r.candidates(t.Context(), name), " "); got != "mail.corp.test mail.lan mail" {
		t.Errorf("candidates %s", got)
	}
}

func TestServerString(t *testing.T) {
	at := netip.MustParseAddrPort("127.0.0.1:5353")
	for want, server := range map[string]Server{
		"127.0.0.1:5353": {Addr: at, Shown: at.Addr()},
		"10.50.128.52":   {Addr: at, Shown: netip.MustParseAddr("10.50.128.52")},
		"127.0.0.1":      {Addr: netip.AddrPortFrom(at.Addr(), Port), Shown: at.Addr()},
	} {
		if got := server.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestReachOf(t *testing.T) {
	for addr, private := range map[string]bool{
		"8.8.8.8": false, "10.0.0.1": true, "172.31.0.1": true, "172.32.0.1": false, "192.168.1.1": true,
		"100.64.0.1": true, "100.128.0.1": false, "127.0.0.1": true, "169.254.1.1": true, "0.0.0.0": true,
		"224.0.0.1": true, "fd00::1": true, "fe80::1": true, "2600::1": false, "::1": true, "::ffff:10.0.0.1": true,
	} {
		if got := reachOf(netip.MustParseAddr(addr)) != ""; got != private {
			t.Errorf("%s: private %v", addr, got)
		}
	}
}
