package resolver_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"

	"ehlo/resolver"
)

var resolverAddr = netip.AddrFrom4([4]byte{192, 0, 2, 1})

func TestAddresses(t *testing.T) {
	server := serve(t, "odd")
	r := resolver.New(asking(server))
	for host, want := range map[string]string{
		"a.good.test":         "dns 8.8.4.1 2600::a",
		"www.mxalias.test":    "dns 8.8.4.1 2600::a",
		"MyHost":              "hosts 10.7.7.7 fd00::7",
		"myhost.lan.":         "hosts 10.7.7.7",
		"localhost":           "rule 127.0.0.1 ::1",
		"mail.localhost":      "rule 127.0.0.1 ::1",
		"192.0.2.9":           "literal 192.0.2.9",
		"::1":                 "literal ::1",
		"[2001:db8::1]":       "literal 2001:db8::1",
		"nosuch.test":         "no-such-domain",
		"text.noaddress.test": "no-address",
		"dead.half.test":      "no-answer",
		"a b":                 "bad-name",
	} {
		found, err := r.Addresses(t.Context(), host)
		got := string(found.Source)
		for _, addr := range found.Addresses {
			got += " " + addr.String()
		}
		var failed *resolver.Error
		if errors.As(err, &failed) {
			got = string(failed.Kind)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", host, got, want)
		}
	}
}

func TestAddressesOneFamily(t *testing.T) {
	server := serve(t, "odd")
	options := asking(server)
	options.IPv6Only = true
	r := resolver.New(options)
	for host, want := range map[string]string{
		"192.0.2.9": "192.0.2.9 has no address (asked for AAAA)",
		"myhost":    "<nil>",
		"localhost": "<nil>",
	} {
		_, err := r.Addresses(t.Context(), host)
		if got := fmt.Sprint(err); got != want {
			t.Errorf("%s: %s", host, got)
		}
	}
}

func TestReverse(t *testing.T) {
	server := serve(t, "odd")
	r := resolver.New(asking(server))
	for addr, want := range map[string]string{
		"8.8.4.1":        "a.good.test true",
		"::ffff:8.8.4.1": "a.good.test true",
		"8.8.4.2":        "liar.test false",
		"8.8.4.3":        "c.good.test true",
		"8.8.4.250":      "",
		"2600::1":        "",
		"8.8.4.7":        "no-answer",
	} {
		found, err := r.Reverse(t.Context(), netip.MustParseAddr(addr))
		var parts []string
		for _, name := range found.Names {
			parts = append(parts, fmt.Sprint(name.Name, " ", name.Confirmed))
		}
		var failed *resolver.Error
		if errors.As(err, &failed) {
			parts = append(parts, string(failed.Kind))
		}
		if got := strings.Join(parts, ", "); got != want {
			t.Errorf("%s: got %q, want %q", addr, got, want)
		}
	}
	if _, err := r.Reverse(t.Context(), netip.Addr{}); err == nil {
		t.Error("the zero Addr has a name")
	}
}

// The search domains of the system are tried for a name without a dot.
func TestSearch(t *testing.T) {
	server := serve(t, "odd")
	options := asking()
	options.ResolvConf = "testdata/resolv.conf"
	options.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Addr().String())
	}
	host, err := resolver.New(options).Addresses(t.Context(), "mail")
	if err != nil || host.Name != "mail.corp.test" || len(host.Addresses) != 1 {
		t.Errorf("got %v, %v", host, err)
	}
}

// That the DNS server itself is not found says nothing about the domain.
func TestServerNotFound(t *testing.T) {
	server := serve(t, "odd")
	options := asking()
	options.ResolvConf = "testdata/resolv.conf"
	options.Servers = []string{"dns.nosuch.test"}
	options.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Addr().String())
	}
	_, err := resolver.New(options).Route(t.Context(), "good.test")
	var failed *resolver.Error
	if !errors.As(err, &failed) || failed.Kind != resolver.NoServer {
		t.Fatalf("got %v", err)
	}
	if want := "no DNS server to ask (DNS knows no domain dns.nosuch.test); name one with --dns"; err.Error() != want {
		t.Errorf("got %v", err)
	}
}

// A server may be given by name; localhost needs no question.
func TestServerByName(t *testing.T) {
	server := serve(t, "odd")
	options := asking()
	options.Servers = []string{fmt.Sprintf("localhost:%d", server.Addr().Port())}
	route, err := resolver.New(options).Route(t.Context(), "cut.test")
	if err != nil || route.Server.Addr != server.Addr() {
		t.Errorf("answered by %v, %v", route.Server, err)
	}
}

func TestNoServer(t *testing.T) {
	for path, want := range map[string]string{
		"testdata/hosts":   "no DNS server to ask (testdata/hosts names none); name one with --dns",
		"testdata/no-file": "no DNS server to ask (open testdata/no-file: no such file or directory); name one with --dns",
	} {
		r := resolver.New(resolver.Options{ResolvConf: path})
		_, err := r.Route(t.Context(), "catium.com")
		var failed *resolver.Error
		if !errors.As(err, &failed) || failed.Kind != resolver.NoServer || err.Error() != want {
			t.Errorf("got %v", err)
		}
	}
}
