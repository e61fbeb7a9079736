//go:build peers && unix

package peers

import (
	"encoding/json"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	wire "github.com/miekg/dns"

	"ehlo/session/verdict"
)

// The names that a real Unbound looks up at a real NSD; .ci/names makes them.

// unbound checks signatures; dns, the NSD, only speaks for its zones.
var unbound = os.Getenv("EHLO_PEERS_RESOLVER")

// signedBy is below the one key that Unbound trusts.
const signedBy = ".dnssec.example"

// look asks a DNS server where mail for a domain goes and expects an exit code.
func look(t *testing.T, want int, server, domain string, args ...string) (facts verdict.Facts, stderr string) {
	t.Helper()
	stdout, stderr, code := run(t, nil, append([]string{"mx", "--json", "--dns", server, domain}, args...)...)
	if err := json.Unmarshal([]byte(stdout), &facts); err != nil {
		t.Fatalf("%v in %q, after\n%s", err, stdout, stderr)
	}
	if code != want || facts.Exit != want || facts.Route == nil {
		t.Fatalf("exit %d, in JSON %d, want %d; said\n%s%s", code, facts.Exit, want, stdout, stderr)
	}
	return facts, stderr
}

// TestSignatures: what Unbound thinks of a zone's signatures is told as its
// word; answers it throws away are told apart from servers that are dead.
func TestSignatures(t *testing.T) {
	for _, tt := range []struct {
		domain string
		exit   int
		signed bool
		bogus  bool
		words  []string // of the route's error
	}{
		{domain: "signed" + signedBy, signed: true},
		{domain: "plain" + signedBy},
		{domain: "changed" + signedBy, exit: verdict.ExitDNS, bogus: true, words: []string{"said SERVFAIL", "DNSSEC Bogus: validation failure"}},
		{domain: "expired" + signedBy, exit: verdict.ExitDNS, bogus: true, words: []string{"said SERVFAIL", "Signature Expired: ", "signature expired"}},
		{domain: "stripped" + signedBy, exit: verdict.ExitDNS, bogus: true, words: []string{"said SERVFAIL", "DNSKEY Missing: "}},
		{domain: "lame.example", exit: verdict.ExitDNS, words: []string{"said SERVFAIL"}},
		{domain: "dead.example", exit: verdict.ExitDNS, words: []string{unbound}},
	} {
		t.Run(tt.domain, func(t *testing.T) {
			t.Parallel()
			facts, stderr := look(t, tt.exit, unbound, tt.domain)
			if facts.Route.Authenticated != tt.signed || facts.Route.Authoritative {
				t.Errorf("signed %t, authoritative %t", facts.Route.Authenticated, facts.Route.Authoritative)
			}
			if got := slices.Contains(codes(facts.Route.Notes), "bogus"); got != tt.bogus {
				t.Errorf("bogus %t, want %t: %v", got, tt.bogus, facts.Route.Notes)
			}
			for _, words := range tt.words {
				if !strings.Contains(facts.Route.Error, words) {
					t.Errorf("no %q in %q", words, facts.Route.Error)
				}
			}
			failed(t, facts, stderr, tt.bogus)
		})
	}
}

// failed expects of a look-up that failed the verdict that names who has to
// mend it: the owner of signatures that do not fit, and of name servers of
// which the one we ask knows nothing; else those who run the one we ask.
func failed(t *testing.T, facts verdict.Facts, stderr string, bogus bool) {
	t.Helper()
	if facts.Exit == 0 {
		if stderr != "" || facts.Verdict != nil {
			t.Errorf("said %q, %+v", stderr, facts.Verdict)
		}
		return
	}
	who, next := "network", "Ask another name server"
	if strings.Contains(facts.Route.Error, " said ") {
		who = "recipient_admin"
	}
	if bogus {
		who, next = "recipient_admin", "its DNSSEC is broken"
	}
	got := facts.Verdict
	if got == nil || got.Code != "dns-failed" || got.Word != "CANNOT TELL" || got.Who != who || !strings.Contains(got.Next, next) {
		t.Fatalf("verdict %+v", got)
	}
	if broken := strings.Contains(got.Sentence, "the server is alive, but the DNSSEC signatures do not fit"); broken != bogus {
		t.Errorf("the sentence is %q", got.Sentence)
	}
	if !strings.HasPrefix(stderr, "ehlo: DNS gave no answer about "+facts.Domain) || strings.Count(stderr, "\n") != 1 {
		t.Errorf("said %q", stderr)
	}
}

// TestSaysSigned holds the words for people: it is the resolver that says so.
func TestSaysSigned(t *testing.T) {
	const words = "says it is signed"
	for domain, want := range map[string]bool{"signed" + signedBy: true, "null.signed" + signedBy: true, "plain" + signedBy: false} {
		stdout, _, _ := run(t, nil, "mx", "--dns", unbound, domain)
		if strings.Contains(stdout, "The resolver localhost "+words) != want || strings.Contains(stdout, words) != want {
			t.Errorf("%s:\n%s", domain, stdout)
		}
	}
}

// TestNames has one row for each odd thing, asked by way of Unbound and of NSD
// itself, of a zone that is signed and of one that is not.
func TestNames(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		exit       int
		hosts      []string // before the zone's name
		notes      string   // codes, of the route and of the first host
	}{
		{name: "", hosts: []string{"mx"}, notes: " private-address"},
		{name: "null.", exit: verdict.ExitNullMX, code: "null-mx"},
		{name: "implicit.", hosts: []string{"implicit"}, notes: "implicit private-address"},
		{name: "moved.", hosts: []string{"moved"}, notes: "alias implicit private-address"},
		{name: "alias.", hosts: []string{"www"}, notes: " alias private-address"},
		{name: "bare.", exit: verdict.ExitNoAddress, code: "no-address"},
		{name: "nowhere.", exit: verdict.ExitNoDomain, code: "no-domain"},
		{name: "many.", hosts: numbered(10, 69), notes: " private-address"},
	} {
		for _, zone := range []string{"signed" + signedBy, "plain" + signedBy} {
			for _, server := range []string{unbound, dns} {
				t.Run(tt.name+zone+"@"+server, func(t *testing.T) {
					t.Parallel()
					facts, _ := look(t, tt.exit, server, tt.name+zone)
					route := facts.Route
					if checks := server == unbound; route.Authoritative == checks || route.Authenticated != (checks && strings.HasPrefix(zone, "signed")) {
						t.Errorf("authoritative %t, signed %t", route.Authoritative, route.Authenticated)
					}
					if (tt.code != "" || facts.Verdict != nil) && facts.Verdict.Code != tt.code {
						t.Errorf("verdict %+v", facts.Verdict)
					}
					if got := notes(route); got != tt.notes {
						t.Errorf("notes %q, want %q", got, tt.notes)
					}
					leads(t, route, tt.hosts, zone)
				})
			}
		}
	}
}

// leads expects the mail servers of a route, in order, each with an address.
func leads(t *testing.T, route *verdict.Route, want []string, zone string) {
	t.Helper()
	if len(route.Hosts) != len(want) {
		t.Fatalf("%d hosts, want %d", len(route.Hosts), len(want))
	}
	for i, host := range route.Hosts {
		if host.Name != want[i]+"."+zone || len(host.Addresses) != 1 || !host.Addresses[0].IsLoopback() {
			t.Errorf("host %d is %+v", i, host)
		}
	}
}

// numbered are the many mail servers of a zone.
func numbered(from, to int) (names []string) {
	for i := from; i <= to; i++ {
		names = append(names, "number"+string(rune('0'+i/10))+string(rune('0'+i%10))+".of.many")
	}
	return names
}

func notes(route *verdict.Route) string {
	if len(route.Hosts) == 0 {
		return strings.Join(codes(route.Notes), " ")
	}
	return strings.Join(codes(route.Notes), " ") + " " + strings.Join(codes(route.Hosts[0].Notes), " ")
}

func codes(notes []verdict.Note) (codes []string) {
	for _, note := range notes {
		codes = append(codes, note.Code)
	}
	return codes
}

// TestManyAreCut: the many mail servers do not fit in a datagram, so that
// TestNames has got them over TCP.
func TestManyAreCut(t *testing.T) {
	for _, server := range []string{unbound, dns} {
		client := wire.Client{Timeout: 20 * time.Second}
		question := new(wire.Msg)
		question.SetQuestion("many.plain"+signedBy+".", wire.TypeMX)
		question.SetEdns0(1232, false)
		answer, _, err := client.ExchangeContext(t.Context(), question, server)
		if err != nil || !answer.Truncated {
			t.Errorf("%s gave it whole, or nothing (%v)", server, err)
		}
	}
}

// TestServersCompared: the two servers agree on what is well, and one of them
// does not tell what it has thrown away.
func TestServersCompared(t *testing.T) {
	for _, tt := range []struct {
		domain, note, words string
		exit                int
	}{
		{domain: "signed" + signedBy, note: "agrees-with", words: dns},
		{domain: "changed" + signedBy, note: "not-compared", words: "DNSSEC Bogus", exit: verdict.ExitDNS},
	} {
		facts, _ := look(t, tt.exit, unbound, tt.domain, "--dns-compare", dns)
		last := facts.Route.Notes[len(facts.Route.Notes)-1]
		if last.Code != tt.note || !strings.Contains(last.Text, tt.words) {
			t.Errorf("%s: %+v", tt.domain, last)
		}
	}
}

// TestSecondServer: a server that is dead, or that knows nothing of a domain,
// is passed over for the next.
func TestSecondServer(t *testing.T) {
	for _, first := range []string{"127.0.0.1:1", dns} {
		facts, _ := look(t, 0, first, "signed"+signedBy, "--dns", unbound)
		want := unbound
		if first == dns {
			want = dns
		}
		if facts.Route.Server.Address != want {
			t.Errorf("%s answered, want %s", facts.Route.Server.Address, want)
		}
	}
	facts, _ := look(t, 0, unbound, domain, "--dns", dns) // Unbound refuses it
	if facts.Route.Server.Address != dns || netip.MustParseAddrPort(dns).Addr() != facts.Route.Hosts[0].Addresses[0] {
		t.Errorf("%+v", facts.Route)
	}
}
