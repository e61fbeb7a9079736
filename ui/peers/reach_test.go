//go:build peers && linux

package peers

import (
	"cmp"
	"encoding/json"
	"strings"
	"testing"

	"ehlo/session/verdict"
)

// What loopback cannot show: silence, messages of routers, missing ways, and
// computers that vanish.

// obstacle is one way in which a network stands between us and a mail server,
// and what it comes to.
type obstacle struct {
	name  string
	zone  string            // beside the standing one; "" is an MX to mx1.example.org
	serve map[string]string // rules of mail servers by address; nil is a proper one at mx1
	six   bool              // the office has IPv6
	wall  []string          // rules of the firewall, from the start
	ours  []string          // commands in the office, from the start
	word  string            // when the client says it, "" when it calls
	then  []string          // commands in the world, before it is answered
	args  string            // in place of anna@example.org

	code, who string
	exit      int
	said      string // of a server, to be shown; "" where none says anything
	words     string // in the verdict's sentence
	next      string // in what to do next
	road      string // the tries, "" for any
}

const (
	mx1        = "example.org MX 10 mx1.example.org\n"
	proper     = "on RCPT\n  250 2.1.5 anna is here\n"
	door       = "192.0.2.25:25"
	greeting   = "220 mx1.example.org ESMTP"
	anna       = " anna@example.org"
	impatient  = "--timeout 3s"
	noWay      = "route mx1.example.org 192.0.2.25:25 connect!unreachable"
	noWayWords = "There is no way from here to mx1.example.org (192.0.2.25)."
)

// reject is a firewall that says by ICMP that nobody may pass.
func reject(name, by string) obstacle {
	return obstacle{
		name: name, wall: []string{"tcp dport 25 reject with " + by},
		code: "unreachable", who: "network", exit: 22, words: noWayWords, road: noWay,
	}
}

var obstacles = []obstacle{
	{name: "nothing", code: "accepted", who: "nobody", said: "anna is here", words: "anna@example.org was accepted", road: "route mx1.example.org 192.0.2.25:25 quit"},

	reject("REJECT host unreachable", "icmp type host-unreachable"),
	reject("REJECT net unreachable", "icmp type net-unreachable"),
	reject("REJECT host prohibited", "icmp type host-prohibited"),
	reject("REJECT net prohibited", "icmp type net-prohibited"),
	reject("REJECT admin prohibited", "icmp type admin-prohibited"),
	{
		name: "REJECT port unreachable", wall: []string{"tcp dport 25 reject"},
		code: "connection-refused", who: "recipient_admin", exit: 20, words: "no mail service answers on port 25",
	},
	{
		name: "REJECT with RST", wall: []string{"tcp dport 25 reject with tcp reset"},
		code: "connection-refused", who: "recipient_admin", exit: 20, words: "no mail service answers on port 25",
	},
	{
		name: "IPv6 REJECT admin prohibited", six: true, zone: "example.org MX 10 six.example.org\n", wall: []string{"ip6 nexthdr tcp tcp dport 25 reject with icmpv6 type admin-prohibited"},
		code: "unreachable", who: "network", exit: 22, words: "no way from here to six.example.org (2001:db8:25::25)",
	},

	{
		name: "no route at all", ours: []string{"ip route del default", "ip route add 192.0.2.53 via 198.51.100.1"},
		code: "unreachable", who: "network", exit: 22, words: noWayWords, road: noWay,
	},
	{
		name: "a route that forbids", ours: []string{"ip route add prohibit 192.0.2.25"},
		code: "unreachable", who: "network", exit: 22, words: noWayWords, road: noWay,
	},
	{
		name: "nobody has the address", zone: "example.org MX 10 gone.example.org\ngone.example.org A 198.51.100.99\n",
		code: "unreachable", who: "network", exit: 22, words: "no way from here to gone.example.org (198.51.100.99)",
	},
	{
		name: "our cable is out", args: "--server 192.0.2.25" + anna, ours: []string{"ip link set cable down"},
		code: "unreachable", who: "network", exit: 22, words: "(192.0.2.25)",
	},

	{
		name: "RST after accept", serve: map[string]string{door: "on CONNECT\n  reset\n"},
		code: "closed-early", who: "network", exit: 23, words: "hung up before saying a word", // at connect or at greeting, as it comes
	},
	{
		name: "a firewall that lets only the call through", wall: []string{"tcp dport 25 tcp flags & (syn|ack) == ack drop"}, args: impatient + anna,
		code: "silent", who: "later", exit: 24, words: "says nothing",
	},

	{
		name: "vanishes behind its greeting", then: []string{"nft add rule inet wall in tcp dport 25 drop"}, args: impatient + anna,
		code: "connection-lost", who: "network", exit: 40, said: greeting, road: "route mx1.example.org 192.0.2.25:25 hello!overdue",
	},
	{
		name: "its cable is pulled at MAIL", word: "MAIL FROM", then: []string{"ip link set cable down"}, args: impatient + anna,
		code: "connection-lost", who: "network", exit: 40, said: greeting, road: "route mx1.example.org 192.0.2.25:25 mail!overdue",
	},
	{
		name: "a router knows no way any more at MAIL", serve: map[string]string{door: "on MAIL\n  silence\n"}, word: "MAIL FROM", then: []string{"nft add rule inet wall in tcp dport 25 reject with icmp type host-unreachable"}, args: impatient + anna,
		code: "connection-lost", who: "network", exit: 40, said: greeting, road: "route mx1.example.org 192.0.2.25:25 mail!overdue",
	},
	{ // what has words in it, not the mere acknowledgement of the answer to MAIL
		name: "a firewall forgets the connection before RCPT", word: "MAIL FROM", then: []string{"nft add rule inet wall in tcp dport 25 tcp flags & psh == psh reject with tcp reset"},
		code: "connection-lost", who: "network", exit: 40, said: greeting, road: "route mx1.example.org 192.0.2.25:25 rcpt!lost",
	},
	{
		name: "large packets are lost in the handshake", serve: map[string]string{door: "offer: STARTTLS\n"}, word: "STARTTLS", then: []string{"nft add rule inet wall out tcp sport 25 meta length > 500 drop"}, args: impatient + anna,
		code: "tls-failed", who: "recipient_admin", exit: 33, said: greeting, words: "could not be set up", road: "route mx1.example.org 192.0.2.25:25 tls!tls-failed",
	},

	{
		name: "IPv6 is missing, IPv4 works", zone: mx1 + "mx1.example.org AAAA 2001:db8:25::25\n",
		code: "accepted", who: "nobody", said: "anna is here", road: "route mx1.example.org 192.0.2.25:25 quit\nmatrix mx1.example.org 2001:db8:25::25:25 connect!unreachable",
	},
	{
		name: "IPv6 is missing at the first, the second has IPv4", zone: "example.org MX 5 six.example.org\n" + mx1,
		code: "accepted", who: "nobody", said: "anna is here", road: "route six.example.org 2001:db8:25::25:25 connect!unreachable\nroute mx1.example.org 192.0.2.25:25 quit",
	},
	{
		name: "IPv6 is missing, and there is no more", zone: "example.org MX 10 six.example.org\n",
		code: "unreachable", who: "network", exit: 22, words: "no way from here to six.example.org (2001:db8:25::25)",
	},
	{
		name: "IPv6 alone works", six: true, zone: mx1 + "mx1.example.org AAAA 2001:db8:25::25\n", serve: map[string]string{"[2001:db8:25::25]:25": proper}, wall: []string{"ip daddr 192.0.2.25 tcp dport 25 reject with icmp type host-unreachable"},
		code: "accepted", who: "nobody", said: "anna is here", road: noWay + "\nroute mx1.example.org 2001:db8:25::25:25 quit",
	},
	{
		name: "-6 without IPv6", zone: mx1 + "mx1.example.org AAAA 2001:db8:25::25\n", args: "-6" + anna,
		code: "unreachable", who: "network", exit: 22, words: "(2001:db8:25::25)", road: "route mx1.example.org 2001:db8:25::25:25 connect!unreachable",
	},

	{
		name: "the DNS server is dropped", wall: []string{"meta l4proto { tcp, udp } th dport 53 drop"}, args: impatient + anna,
		code: "dns-failed", who: "network", exit: 10, words: "192.0.2.53 did not answer within",
	},
	{
		name: "the DNS server is rejected", wall: []string{"udp dport 53 reject", "tcp dport 53 reject"},
		code: "dns-failed", who: "network", exit: 10, words: "192.0.2.53 does not serve DNS (connection refused)",
	},
	{
		name: "the DNS server is forbidden", wall: []string{"udp dport 53 reject with icmp type admin-prohibited", "tcp dport 53 reject with icmp type admin-prohibited"}, args: impatient + anna,
		code: "dns-failed", who: "network", exit: 10, words: "DNS gave no answer about example.org: 192.0.2.53",
	},
	{
		name: "no route to the DNS server", ours: []string{"ip route del default"},
		code: "dns-failed", who: "network", exit: 10, words: "DNS gave no answer about example.org: 192.0.2.53",
	},
	{
		name: "the first DNS server is dropped, the second answers", wall: []string{"ip daddr 203.0.113.25 drop"}, args: "--dns 203.0.113.25" + anna,
		code: "accepted", who: "nobody", said: "anna is here",
	},
	{
		name: "DNS by UDP alone, and the answer is too long for it", zone: mx1 + long(40), wall: []string{"tcp dport 53 drop"}, args: impatient + anna,
		code: "dns-failed", who: "network", exit: 10, words: "192.0.2.53",
	},
	{
		name: "the answer is too long for UDP, and TCP works", zone: mx1 + long(40),
		code: "accepted", who: "nobody", said: "anna is here",
	},
}

// long is more MX records than an old datagram holds, none of which leads
// anywhere.
func long(n int) string {
	return strings.Repeat("example.org MX 90 a-very-long-name-of-a-mail-server.example.org\n", n)
}

// TestNetwork meets each of them with check.
func TestNetwork(t *testing.T) {
	for _, row := range obstacles {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			row.meet(t, row.lay(t))
		})
	}
}

// lay lays the network of a row.
func (o obstacle) lay(t *testing.T) *network {
	t.Helper()
	n := newNetwork(t, o.six)
	n.names(cmp.Or(o.zone, mx1))
	servers := o.serve
	if servers == nil {
		servers = map[string]string{door: proper}
	}
	var then func()
	if o.then != nil {
		then = func() {
			if err := n.world.attempt(t, o.then); err != nil {
				t.Error(err)
			}
		}
	}
	for address, rules := range servers {
		n.serve(address, rules, o.word, then)
	}
	n.wall(o.wall...)
	n.office.do(t, o.ours...)
	return n
}

// meet asks about the target of a row and holds all that is answered.
func (o obstacle) meet(t *testing.T, n *network) verdict.Facts {
	t.Helper()
	facts, stderr := n.check(o.exit, append(strings.Fields(cmp.Or(o.args, anna)), "--dns", "192.0.2.53")...)
	got := facts.Verdict
	if got.Code != o.code || got.Who != o.who || got.WhoText == "" || got.Next == "" {
		t.Errorf("verdict %+v, want %s, %s", got, o.code, o.who)
	}
	if !strings.Contains(got.Sentence, o.words) || !strings.Contains(got.Next, o.next) {
		t.Errorf("said %q, %q", got.Sentence, got.Next)
	}
	if tries := road(facts); o.road != "" && tries != o.road {
		t.Errorf("tried\n%s\nwant\n%s", tries, o.road)
	}
	if shown := shown(t, facts); !strings.Contains(shown, o.said) {
		t.Errorf("%q is not shown, but %s", o.said, shown)
	}
	if lines := strings.Count(stderr, "\n"); o.exit != 0 && (lines != 1 || !strings.HasPrefix(stderr, "ehlo: ")) || o.exit == 0 && stderr != "" {
		t.Errorf("said %q", stderr)
	}
	return facts
}

// shown is all that is told of the servers' own words.
func shown(t *testing.T, facts verdict.Facts) string {
	t.Helper()
	text, err := json.Marshal([]any{facts.Tries, facts.Recipients})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
