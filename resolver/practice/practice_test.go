package practice_test

import (
	"context"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
	"go.uber.org/goleak"

	"ehlo/resolver/practice"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, text string) *practice.Server {
	t.Helper()
	zone, err := practice.ParseZone("test", text)
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

// ask asks as another program would, with the client of the DNS library.
func ask(t *testing.T, server *practice.Server, network, name string, kind uint16) *dns.Msg {
	t.Helper()
	client := &dns.Client{Net: network, Timeout: time.Minute}
	m := new(dns.Msg).SetQuestion(dns.Fqdn(name), kind)
	got, _, err := client.Exchange(m, server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestHowToZone(t *testing.T) {
	zone, err := practice.Load("howto")
	if err != nil {
		t.Fatal(err)
	}
	server := &practice.Server{Zone: zone}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if zone.Shown != netip.MustParseAddr("10.50.128.52") {
		t.Errorf("plays %v", zone.Shown)
	}
	for _, network := range []string{"udp", "tcp"} {
		got := ask(t, server, network, "catium.com", dns.TypeMX)
		if len(got.Answer) != 2 || got.Answer[0].(*dns.MX).Preference != 30 || got.Authoritative {
			t.Errorf("%s: %v", network, got)
		}
		got = ask(t, server, network, "52.128.50.10.in-addr.arpa", dns.TypePTR)
		if len(got.Answer) != 1 {
			t.Errorf("%s: %v", network, got)
		}
	}
}

func TestNegative(t *testing.T) {
	server := start(t, "a.b.test A 8.8.8.8")
	for name, want := range map[string]int{
		"a.b.test": dns.RcodeSuccess, "b.test": dns.RcodeSuccess, "x.test": dns.RcodeNameError,
	} {
		got := ask(t, server, "udp", name, dns.TypeMX)
		if got.Rcode != want || len(got.Answer) != 0 || len(got.Ns) != 1 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What does not fit into UDP is cut off there and whole over TCP.
func TestTooBig(t *testing.T) {
	server := start(t, "big.test TXT "+strings.Repeat("x", 200)+
		"\nbig.test TXT "+strings.Repeat("y", 200)+"\nbig.test TXT "+strings.Repeat("z", 200))
	if got := ask(t, server, "udp", "big.test", dns.TypeTXT); !got.Truncated {
		t.Errorf("over UDP: %v", got)
	}
	if got := ask(t, server, "tcp", "big.test", dns.TypeTXT); got.Truncated || len(got.Answer) != 3 {
		t.Errorf("over TCP: %v", got)
	}
}

func TestReaddress(t *testing.T) {
	zone, err := practice.Load("howto")
	if err != nil {
		t.Fatal(err)
	}
	here := zone.Readdress(practice.Loopback)
	asked := new(dns.Msg).SetQuestion("mx1.biz.mail.yahoo.com.", dns.TypeA)
	got := here.Answer(asked).Answer
	if len(got) != 1 || got[0].(*dns.A).A.String() != "127.0.0.1" || got[0].Header().Ttl != 1800 {
		t.Errorf("got %v", got)
	}
	none := zone.Readdress(func(netip.Addr) netip.Addr { return netip.Addr{} })
	if got := none.Answer(asked); len(got.Answer) != 0 {
		t.Errorf("got %v", got)
	}
	if got := zone.Answer(asked).Answer; len(got) != 3 {
		t.Errorf("the zone itself has changed: %v", got)
	}
}

func TestWrongZones(t *testing.T) {
	for _, text := range []string{
		"a.test A not-an-address", ";! on a.test explode", ";! on a.test rcode NONSENSE", ";! nonsense here",
		";! authoritative", ";! on a.test delay soon", ";! on a.test extra x", ";! on a.test for NONSENSE silent",
		";! server nowhere",
	} {
		if _, err := practice.ParseZone("test", text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	if _, err := practice.Load("nothing"); err == nil {
		t.Error("there is a zone nothing")
	}
	for _, name := range practice.Names() {
		if _, err := practice.Load(name); err != nil {
			t.Error(err)
		}
	}
}

// The server ends with its context or with Close, also while it delays.
func TestEnds(t *testing.T) {
	zone, err := practice.ParseZone("test", ";! on * delay 1h")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	server := &practice.Server{Zone: zone}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if err := server.Start(ctx); err != nil {
		t.Fatal(err)
	}
	conn, err := dns.Dial("tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.WriteMsg(new(dns.Msg).SetQuestion("a.test.", dns.TypeA)); err != nil {
		t.Fatal(err)
	}
	cancel()
	server.Close()
	server.Close()
	if err := server.Start(t.Context()); err == nil {
		t.Error("it was started twice")
	}
}
