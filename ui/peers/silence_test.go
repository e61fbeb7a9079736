//go:build peers && linux

package peers

import (
	"net/netip"
	"slices"
	"testing"

	"ehlo/session/verdict"
)

// Silence, and what check finds out about whose it is.

const (
	dropped    = "tcp dport 25 drop"
	unheard    = "route mx1.example.org 192.0.2.25:25 connect!no-answer\n"
	closed587  = "differential mx1.example.org 192.0.2.25:587 connect!refused\n"
	closed465  = "differential mx1.example.org 192.0.2.25:465 connect!refused"
	controlled = "--control control.example.net:25 " + impatient + anna
)

var silences = []obstacle{
	{
		name: "DROP of everything", wall: []string{"ip daddr 192.0.2.25 drop"}, args: impatient + anna,
		code: "no-answer", who: "network", exit: 21,
		words: "No answer on port 25 from mx1.example.org: it may be this server or our side.",
		next:  "--control HOST:25",
		road:  unheard + "differential mx1.example.org 192.0.2.25:587 connect!no-answer\ndifferential mx1.example.org 192.0.2.25:465 connect!no-answer",
	},
	{
		name: "DROP, 587 answers", wall: []string{dropped}, serve: map[string]string{"192.0.2.25:587": proper}, args: impatient + anna,
		code: "no-answer", who: "network", exit: 21,
		words: "No answer on port 25 from mx1.example.org, but mx1.example.org answers on port 587: most likely our side blocks port 25.",
		next:  "outgoing TCP port 25 to 192.0.2.25 gets no reply, while mx1.example.org answers on port 587",
		road:  unheard + "differential mx1.example.org 192.0.2.25:587 connect\n" + closed465,
	},
	{
		name: "DROP, 587 and 465 refuse", wall: []string{dropped}, args: impatient + anna,
		code: "no-answer", who: "network", exit: 21,
		words: "but mx1.example.org refuses calls on ports 587 and 465: most likely our side blocks port 25.",
		road:  unheard + closed587 + closed465,
	},
	{
		name: "DROP of the first, the second MX takes the mail", zone: mx1 + "example.org MX 20 mx2.example.org\n",
		wall: []string{"ip daddr 192.0.2.25 drop"}, serve: map[string]string{"192.0.2.26:25": proper}, args: impatient + anna,
		code: "accepted", who: "nobody", said: "anna is here",
		road: unheard + "route mx2.example.org 192.0.2.26:25 quit",
	},
	{
		name: "DROP of the second, the first MX refuses", zone: "example.org MX 20 mx1.example.org\nexample.org MX 10 mx2.example.org\n",
		wall: []string{"ip daddr 192.0.2.25 drop"}, serve: map[string]string{}, args: impatient + anna,
		code: "no-answer", who: "recipient_admin", exit: 21,
		words: "No answer from mx1.example.org on port 25, but mx2.example.org refuses calls on port 25: it is this server only.",
		next:  "Tell their mail team: mx1.example.org (192.0.2.25) does not answer on port 25.",
	},
	{
		name: "DROP of one address, the other refuses", zone: mx1 + "mx1.example.org A 192.0.2.26\n",
		wall: []string{"ip daddr 192.0.2.26 drop"}, serve: map[string]string{}, args: impatient + anna,
		code: "no-answer", who: "recipient_admin", exit: 21,
		words: "No answer from mx1.example.org at 192.0.2.26 on port 25, but 192.0.2.25 refuses calls on port 25: it is this address only.",
	},
	{
		name: "DROP of IPv6, IPv4 refuses", six: true, zone: mx1 + "mx1.example.org AAAA 2001:db8:25::25\n",
		wall: []string{"ip6 daddr 2001:db8:25::25 meta l4proto tcp drop"}, serve: map[string]string{}, args: impatient + anna,
		code: "no-answer", who: "network", exit: 21,
		words: "No answer from mx1.example.org on port 25 over IPv6, but over the other 192.0.2.25 refuses calls on port 25.",
		next:  "Try again with -4",
	},
	{
		name: "DROP, the control answers", wall: []string{"ip daddr 192.0.2.25 drop"}, serve: map[string]string{"203.0.113.25:25": proper}, args: controlled,
		code: "no-answer", who: "recipient_admin", exit: 21,
		words: "No answer from mx1.example.org on port 25, but control.example.net answers on port 25: it is this server only.",
		next:  "Tell their mail team: mx1.example.org (192.0.2.25) does not answer on port 25.",
		road: unheard + "differential mx1.example.org 192.0.2.25:587 connect!no-answer\ndifferential mx1.example.org 192.0.2.25:465 connect!no-answer\n" +
			"differential control.example.net 203.0.113.25:25 connect",
	},
	{
		name: "DROP of port 25 everywhere", wall: []string{dropped}, serve: map[string]string{"192.0.2.25:587": proper}, args: controlled,
		code: "no-answer", who: "network", exit: 21,
		words: "No answer on port 25 from mx1.example.org, nor from control.example.net: something on our side blocks it.",
		next:  "198.51.100.2, outgoing TCP port 25 gets no reply, while mx1.example.org answers on port 587",
		road: unheard + "differential mx1.example.org 192.0.2.25:587 connect\n" + closed465 +
			"\ndifferential control.example.net 203.0.113.25:25 connect!no-answer",
	},
	{
		name: "DROP by our own computer", ours: []string{"nft add table inet own", "nft add chain inet own out { type filter hook output priority 0 ; }", "nft add rule inet own out tcp dport 25 drop"},
		args: "--control 203.0.113.25:25 " + impatient + anna,
		code: "no-answer", who: "network", exit: 21,
		words: "nor from 203.0.113.25: something on our side blocks it.",
	},
	{
		name: "DROP of a port that is no mail server's", wall: []string{"tcp dport 8080 drop"}, args: "--control 192.0.2.25:25 " + impatient + " tcp://192.0.2.25:8080",
		code: "no-answer", who: "network", exit: 21,
		road: "server 192.0.2.25 192.0.2.25:8080 connect!no-answer\ndifferential 192.0.2.25 192.0.2.25:25 connect",
	},
}

// TestNetworkSilence meets each of them with check, and sees at the world's
// door that nobody was called but those that are told.
func TestNetworkSilence(t *testing.T) {
	for _, row := range silences {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			n := row.lay(t)
			facts := row.meet(t, n)
			if called, told := n.called(), callsOf(facts); row.ours == nil && !slices.Equal(called, told) {
				t.Errorf("called %s, told %s", called, told)
			}
		})
	}
}

// callsOf lists in order whom the tries of a target called by IPv4.
func callsOf(facts verdict.Facts) (list []string) {
	for _, try := range facts.Tries {
		if try.Address.Is4() {
			list = append(list, netip.AddrPortFrom(try.Address, try.Port).String())
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
