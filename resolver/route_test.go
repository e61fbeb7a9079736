package resolver

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// message builds an answer to a question for MX from lines of a zone file.
func message(t testing.TB, lines ...string) *dns.Msg {
	t.Helper()
	m := query(question{name: "catium.com", kind: dns.TypeMX}, true)
	m.Response = true
	for _, line := range lines {
		record, err := dns.NewRR(line)
		if err != nil {
			t.Fatal(err)
		}
		m.Answer = append(m.Answer, record)
	}
	return m
}

func TestRouteOf(t *testing.T) {
	for name, one := range map[string]struct{ lines, want string }{
		"order":      {"catium.com. 9 IN MX 30 c.|catium.com. 9 IN MX 10 b.|catium.com. 9 IN MX 10 a.", "10 b, 10 a, 30 c"},
		"case":       {"CATIUM.com. 9 IN MX 10 MX.Example.", "10 mx.example"},
		"twice":      {"catium.com. 9 IN MX 10 a.|catium.com. 8 IN MX 10 A.|catium.com. 9 IN MX 20 a.", "10 a, 20 a"},
		"extremes":   {"catium.com. 9 IN MX 65535 z.|catium.com. 9 IN MX 0 a.", "0 a, 65535 z"},
		"foreign":    {"catium.com. 9 IN MX 10 a.|evil.example. 9 IN MX 0 evil.", "10 a"},
		"alias last": {"real.example. 9 IN MX 10 a.|catium.com. 9 IN CNAME real.example.", "10 a"},
		"null":       {"catium.com. 9 IN MX 0 .", "null"},
		"null at 10": {"catium.com. 9 IN MX 10 .", "null"},
		"none":       {"", "implicit, 0 catium.com"},
	} {
		t.Run(name, func(t *testing.T) {
			lines := strings.FieldsFunc(one.lines, func(r rune) bool { return r == '|' })
			got, err := answerOf(question{name: "catium.com", kind: dns.TypeMX}, message(t, lines...))
			if err != nil {
				t.Fatal(err)
			}
			route := routeOf(Name{ASCII: "catium.com", Unicode: "catium.com"}, got)
			if got := outline(route); got != one.want {
				t.Errorf("got %s, want %s", got, one.want)
			}
		})
	}
}

func outline(route Route) string {
	var parts []string
	if route.Null {
		parts = append(parts, "null")
	}
	if route.Implicit {
		parts = append(parts, "implicit")
	}
	for _, host := range route.Hosts {
		parts = append(parts, fmt.Sprint(host.Preference, " ", host.Name))
	}
	return strings.Join(parts, ", ")
}

func TestTimeToLive(t *testing.T) {
	got, err := answerOf(question{name: "catium.com", kind: dns.TypeMX}, message(t,
		"catium.com. 600 IN CNAME a.test.", "a.test. 60 IN MX 10 a.", "a.test. 90 IN MX 20 b."))
	if err != nil || got.minimum != 60 {
		t.Errorf("ttl %d, %v", got.minimum, err)
	}
	got, _ = answerOf(question{name: "catium.com", kind: dns.TypeMX}, message(t, "catium.com. 4294967295 IN MX 10 a."))
	if got.minimum != 0 {
		t.Errorf("a negative time to live is %d", got.minimum)
	}
}

// Only what says "no such record" is taken for it.
func TestNoData(t *testing.T) {
	ns, _ := dns.NewRR("com. 9 IN NS a.gtld.")
	soa, _ := dns.NewRR("com. 9 IN SOA a. b. 1 2 3 4 5")
	for name, one := range map[string]struct {
		ns   []dns.RR
		aa   bool
		want error
	}{
		"empty":           {nil, false, nil},
		"with SOA":        {[]dns.RR{soa}, false, nil},
		"with SOA and NS": {[]dns.RR{ns, soa}, false, nil},
		"referral":        {[]dns.RR{ns}, false, errReferral},
		"own zone":        {[]dns.RR{ns}, true, nil},
	} {
		m := message(t)
		m.Ns, m.Authoritative = one.ns, one.aa
		if _, err := answerOf(question{name: "catium.com", kind: dns.TypeMX}, m); !errors.Is(err, one.want) {
			t.Errorf("%s: got %v, want %v", name, err, one.want)
		}
	}
}

func TestBounds(t *testing.T) {
	m := message(t)
	for i := range 300 {
		record, _ := dns.NewRR(fmt.Sprintf("catium.com. 9 IN MX %d mx%d.", 1000-i, i))
		m.Answer = append(m.Answer, record)
	}
	got, _ := answerOf(question{name: "catium.com", kind: dns.TypeMX}, m)
	route := routeOf(Name{ASCII: "catium.com", Unicode: "catium.com"}, got)
	if len(route.Hosts) != MaxHosts || route.Hosts[0].Name != "mx299" || route.Notes[0].Code != CodeTooManyExchangers {
		t.Errorf("%d hosts, first %s, notes %v", len(route.Hosts), route.Hosts[0].Name, route.Notes)
	}
	var host Host
	var many found
	for i := range 200 {
		many.four.answer.records = append(many.four.answer.records, &dns.A{A: []byte{8, 8, 8, byte(i)}})
	}
	host.fold(many)
	if len(host.Addresses) != MaxAddresses || host.Notes[0].Code != CodeTooManyAddresses {
		t.Errorf("%d addresses, notes %v", len(host.Addresses), host.Notes)
	}
}

func TestAliasesBounded(t *testing.T) {
	var lines []string
	for i := range 12 {
		lines = append(lines, fmt.Sprintf("a%d. 9 IN CNAME a%d.", i, i+1))
	}
	_, err := answerOf(question{name: "a0", kind: dns.TypeMX}, message(t, lines...))
	if !errors.Is(err, errAliases) {
		t.Errorf("got %v", err)
	}
}

// FuzzRoute feeds the bytes of an answer through all that reads it.
func FuzzRoute(f *testing.F) {
	seeds := [][]string{
		{"catium.com. 1800 IN MX 30 mx5.", "catium.com. 1800 IN MX 20 mx1."},
		{"catium.com. 9 IN MX 0 ."},
		{"catium.com. 9 IN CNAME b.", "b. 9 IN CNAME catium.com."},
		{"catium.com. 9 IN CNAME b.", "b. 9 IN MX 10 192.0.2.1."},
		{`catium.com. 9 IN MX 10 \000\027[31m.x.`, "catium.com. 9 IN A 192.0.2.1", "catium.com. 9 IN AAAA ::1"},
		{},
	}
	for _, lines := range seeds {
		packed, err := message(f, lines...).Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(packed)
	}
	f.Fuzz(func(t *testing.T, packed []byte) {
		m := new(dns.Msg)
		if m.Unpack(packed) != nil {
			return
		}
		var got report
		got.judge(question{name: "catium.com", kind: dns.TypeMX}, m)
		if got.good == (got.try.Err != nil || got.try.Rcode != "") {
			t.Errorf("good %v, but %v", got.good, got.try)
		}
		if got.good && got.answer.exists {
			checkRoute(t, routeOf(Name{ASCII: "catium.com", Unicode: "catium.com"}, got.answer), m)
		}
	})
}

// checkRoute checks what must hold for every route.
func checkRoute(t *testing.T, route Route, m *dns.Msg) {
	four, _ := answerOf(question{name: "catium.com", kind: dns.TypeA}, m)
	six, _ := answerOf(question{name: "catium.com", kind: dns.TypeAAAA}, m)
	for i := range route.Hosts {
		var got found
		got.four.answer, got.six.answer = four, six
		route.Hosts[i].fold(got)
	}
	implicit := route.Implicit
	route, err := route.settle()
	if !slices.IsSortedFunc(route.Hosts, func(a, b Host) int { return int(a.Preference) - int(b.Preference) }) {
		t.Error("not in order")
	}
	if route.Null && len(route.Hosts) > 0 || len(route.Hosts) > MaxHosts {
		t.Errorf("null %v with %d hosts", route.Null, len(route.Hosts))
	}
	if implicit && m.Rcode != dns.RcodeSuccess {
		t.Errorf("implicit after %s", rcode(m.Rcode))
	}
	reached := slices.ContainsFunc(route.Hosts, func(h Host) bool { return len(h.Addresses) > 0 })
	if (err == nil) != (reached || route.Null) {
		t.Errorf("reached %v, null %v, %v", reached, route.Null, err)
	}
	for _, host := range route.Hosts {
		if host.Name == "" || strings.ContainsFunc(host.Name, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("host %q", host.Name)
		}
	}
}

func TestHostsFileBroken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hosts")
	line := strings.Repeat("x", 1<<17) + "\n10.0.0.1 far\n"
	if err := os.WriteFile(path, []byte("10.0.0.2 near\n"+line), 0o600); err != nil {
		t.Fatal(err)
	}
	host, ok := New(Options{HostsFile: path}).inHostsFile(Name{ASCII: "near"})
	if !ok || host.Addresses[0] != netip.MustParseAddr("10.0.0.2") {
		t.Errorf("got %v", host)
	}
}
