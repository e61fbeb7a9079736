package resolver_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"ehlo/resolver"
	"ehlo/resolver/practice"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve starts a practice server with a zone of testdata, or a built-in one.
func serve(t *testing.T, name string) *practice.Server {
	t.Helper()
	zone, err := practice.Load(name)
	if err != nil {
		text, failed := os.ReadFile(filepath.Join("testdata", name+".zone"))
		if failed != nil {
			t.Fatal(failed)
		}
		zone, err = practice.ParseZone(name, string(text))
	}
	if err != nil {
		t.Fatal(err)
	}
	server := &practice.Server{Zone: zone}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server
}

// asking returns a resolver that asks the servers, with time enough that only
// a silent server lets it end, and then soon.
func asking(servers ...*practice.Server) resolver.Options {
	options := resolver.Options{Timeout: time.Minute, HostsFile: "testdata/hosts"}
	for _, server := range servers {
		options.Servers = append(options.Servers, server.Addr().String())
	}
	return options
}

// told puts a route into lines, so that a table shows it whole.
func told(route resolver.Route, err error) string {
	var b strings.Builder
	for flag, set := range map[string]bool{"implicit": route.Implicit, "null": route.Null, "literal": route.Literal} {
		if set {
			fmt.Fprintln(&b, flag)
		}
	}
	if route.CNAME != "" {
		fmt.Fprintln(&b, "is", route.CNAME)
	}
	for _, host := range route.Hosts {
		fmt.Fprint(&b, host.Preference, " ", host.Name)
		for _, addr := range host.Addresses {
			fmt.Fprint(&b, " ", addr)
		}
		for _, note := range host.Notes {
			fmt.Fprint(&b, " +", note.Code)
		}
		fmt.Fprintln(&b)
	}
	for _, note := range route.Notes {
		fmt.Fprintln(&b, "+"+note.Code)
	}
	var failed *resolver.Error
	if errors.As(err, &failed) {
		fmt.Fprintln(&b, failed.Kind)
	}
	return strings.TrimSpace(b.String())
}

func TestRoute(t *testing.T) {
	server := serve(t, "odd")
	r := resolver.New(asking(server))
	const a, c = "a.good.test 8.8.4.1 2600::a", "c.good.test 8.8.4.9 8.8.4.3 2600::c"
	for domain, want := range map[string]string{
		"good.test":          "5 " + c + "\n10 b.good.test 8.8.4.2\n10 " + a,
		"GOOD.test.":         "5 " + c + "\n10 b.good.test 8.8.4.2\n10 " + a,
		"implicit.test":      "implicit\n0 implicit.test 8.8.4.4\n+implicit",
		"nomail.test":        "no-address",
		"null.test":          "null",
		"nullamong.test":     "10 " + a + "\n+null-among-others",
		"alias.test":         "is good.test\n5 " + c + "\n10 b.good.test 8.8.4.2\n10 " + a + "\n+alias",
		"bare.test":          "is good.test\n5 " + c + "\n10 b.good.test 8.8.4.2\n10 " + a + "\n+alias",
		"loop.test":          "no-answer",
		"mxalias.test":       "10 www.mxalias.test 8.8.4.1 2600::a +alias",
		"missing.test":       "10 gone.missing.test +not-existing\nno-address",
		"literal.test":       "10 192.0.2.7 +looks-like-an-address\nno-address",
		"private.test":       "10 in.private.test 10.1.2.3 8.8.4.5 +private-address",
		"noaddress.test":     "10 text.noaddress.test +no-address\nno-address",
		"half.test":          "10 dead.half.test +no-answer\n20 " + a,
		"deadend.test":       "10 dead.half.test +no-answer\nno-answer",
		"implicitdead.test":  "no-answer",
		"nosuch.test":        "no-such-domain",
		"servfail.test":      "no-answer",
		"bogus.test":         "no-answer",
		"bogusalias.test":    "no-answer",
		"refused.test":       "no-answer",
		"blocked.test":       "+server-adds\nno-such-domain",
		"stale.test":         "10 " + a + "\n+server-adds",
		"referral.test":      "no-answer",
		"unrelated.test":     "no-answer",
		"cut.test":           "10 " + a,
		"cutboth.test":       "no-answer",
		"wrongid.test":       "10 " + a,
		"wrongname.test":     "10 " + a,
		"old.test":           "10 " + a,
		"Müller.test":        "10 " + a + "\n+international",
		"xn--mller-kva.test": "10 " + a + "\n+international",
		"idnhost.test":       "10 xn--mail-zra.idnhost.test 8.8.4.10 +international",
		"[8.8.4.8]":          "literal\n0 8.8.4.8 8.8.4.8",
		"[IPv6:2600::8]":     "literal\n0 2600::8 2600::8",
		"localhost":          "literal\n0 localhost 127.0.0.1 ::1 +private-address +private-address",
		"a..test":            "bad-name",
		"a b.test":           "bad-name",
		"":                   "bad-name",
	} {
		t.Run(domain, func(t *testing.T) {
			route, err := r.Route(t.Context(), domain)
			if diff := cmp.Diff(want, told(route, err)); diff != "" {
				t.Errorf("route (-want +got):\n%s\n%v", diff, err)
			}
		})
	}
}

// The how-to's own example, down to the order of addresses.
func TestHowTo(t *testing.T) {
	server := serve(t, "howto")
	options := asking(server)
	options.ShownAs = map[netip.AddrPort]netip.Addr{server.Addr(): server.Zone.Shown}
	r := resolver.New(options)
	route, err := r.Route(t.Context(), "catium.com")
	want := "20 mx1.biz.mail.yahoo.com 4.79.181.18 67.28.113.136 209.191.89.172\n" +
		"30 mx5.biz.mail.yahoo.com 68.142.224.244 66.196.126.37"
	if got := told(route, err); got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	if route.TTL != 30*time.Minute || route.Authoritative || route.Took <= 0 {
		t.Errorf("TTL %v, authoritative %v, took %v", route.TTL, route.Authoritative, route.Took)
	}
	if got := route.Server.String(); got != "10.50.128.52" {
		t.Errorf("answered by %s", got)
	}
	if got := r.ServerName(t.Context(), route.Server); got != "svl0dc03.sv.us.sonicwall.com" {
		t.Errorf("the server is called %q", got)
	}
}

func TestRouteFacts(t *testing.T) {
	server := serve(t, "odd")
	route, err := resolver.New(asking(server)).Route(t.Context(), "Müller.test")
	if err != nil {
		t.Fatal(err)
	}
	if !route.Authoritative || !route.Authenticated || route.Server.Addr != server.Addr() {
		t.Errorf("AA %v, AD %v, server %v", route.Authoritative, route.Authenticated, route.Server)
	}
	if route.Domain != "xn--mller-kva.test" || route.Unicode != "müller.test" {
		t.Errorf("names %q and %q", route.Domain, route.Unicode)
	}
}

func TestOneFamily(t *testing.T) {
	server := serve(t, "odd")
	for want, change := range map[string]func(*resolver.Options){
		"10 a.good.test 8.8.4.1": func(o *resolver.Options) { o.IPv4Only = true },
		"10 a.good.test 2600::a": func(o *resolver.Options) { o.IPv6Only = true },
	} {
		options := asking(server)
		change(&options)
		if got := told(resolver.New(options).Route(t.Context(), "cut.test")); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// What a sentence has to name: the server, what it said, and its own words.
func TestSentences(t *testing.T) {
	server := serve(t, "odd")
	r := resolver.New(asking(server))
	at := server.Addr().String()
	for domain, want := range map[string]string{
		"nosuch.test":   "DNS knows no domain nosuch.test",
		"servfail.test": "DNS gave no answer about servfail.test: " + at + ` said SERVFAIL ("DNSSEC Bogus: signature expired")`,
		"refused.test":  "DNS gave no answer about refused.test: " + at + " said REFUSED",
		"referral.test": "DNS gave no answer about referral.test: " + at + " could not be used: it only pointed to other servers and does not look up for us",
		"nomail.test":   "nomail.test has no MX record and no address",
		"missing.test":  "the mail server of missing.test has no address",
		"a b.test":      `"a b.test" cannot be a domain or host: a name has letters, digits, hyphens and dots only`,
	} {
		_, err := r.Route(t.Context(), domain)
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", domain, err, want)
		}
	}
}

// A server that fails is passed over, in either order of failing.
func TestNextServer(t *testing.T) {
	good := serve(t, "odd")
	for name, rule := range map[string]practice.Rule{
		"servfail": {Rcode: 2}, "refused": {Rcode: 5}, "referral": {Referral: true}, "silent": {Silent: true},
	} {
		t.Run(name, func(t *testing.T) {
			bad := &practice.Server{Zone: &practice.Zone{Rules: map[string]practice.Rule{"*": rule}}}
			if err := bad.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer bad.Close()
			options := asking(bad, good)
			options.Patience = time.Millisecond
			route, err := resolver.New(options).Route(t.Context(), "cut.test")
			if err != nil || route.Server.Addr != good.Addr() {
				t.Errorf("answered by %v, %v", route.Server, err)
			}
		})
	}
}

// A name whose AAAA is never answered does not hold up its IPv4 addresses.
func TestOneKindSilent(t *testing.T) {
	options := asking(serve(t, "odd"))
	options.Patience = time.Millisecond
	route, err := resolver.New(options).Route(t.Context(), "nosix.test")
	if got := told(route, err); got != "10 mx.nosix.test 8.8.4.8 +no-answer" {
		t.Fatalf("got %s", got)
	}
	if failed := route.Hosts[0].Failure; failed.Kind != resolver.NoAnswer || failed.Type != "AAAA" {
		t.Errorf("failed with %v", failed)
	}
}

// counted counts what is written.
type counted struct {
	net.Conn
	writes *atomic.Int32
}

func (c *counted) Write(packet []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(packet)
}

// A route costs one question for MX and two a host, asked side by side.
func TestQuestions(t *testing.T) {
	server := serve(t, "odd")
	var asked atomic.Int32
	options := asking(server)
	options.Patience = time.Minute
	options.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &counted{conn, &asked}, err
	}
	r := resolver.New(options)
	if asked.Load() != 0 {
		t.Error("New asked something")
	}
	if _, err := r.Route(t.Context(), "good.test"); err != nil || asked.Load() != 1+3*2 {
		t.Errorf("asked %d questions, %v", asked.Load(), err)
	}
}

// Nobody listens there: told at once, not after the time-out.
func TestClosedPort(t *testing.T) {
	server := serve(t, "odd")
	options := asking(server)
	server.Close()
	_, err := resolver.New(options).Route(t.Context(), "good.test")
	if err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
}

func TestStopped(t *testing.T) {
	server := serve(t, "odd")
	for _, domain := range []string{"silent.test", "onlywrong.test", "nosix.test"} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, cancel)
		_, err := resolver.New(asking(server)).Route(ctx, domain)
		var failed *resolver.Error
		if !errors.As(err, &failed) || failed.Kind != resolver.Stopped || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", domain, err)
		}
	}
}
