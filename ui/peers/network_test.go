//go:build peers && linux

package peers

import (
	"encoding/json"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	wire "github.com/miekg/dns"

	zones "ehlo/resolver/practice"
	"ehlo/session/practice"
	"ehlo/session/verdict"
)

// network is two computers and the cable between them: ours in the office,
// and one that plays the world, with all its addresses, the DNS and a firewall
// of tables "wall": what a row drops there is dropped on the way.
type network struct {
	t             *testing.T
	office, world *computer
}

// newNetwork lays the cable. The addresses are those kept for paper (RFC 5737,
// RFC 3849). The office has a way to everywhere, with six also by IPv6.
func newNetwork(t *testing.T, six bool) *network {
	t.Helper()
	n := &network{t: t, office: newComputer(t), world: newComputer(t)}
	n.world.do(t, "ip link add cable type veth peer name cable netns "+n.office.path, "ip link set cable up",
		"ip addr add 198.51.100.1/24 dev cable",
		"nft add table inet wall",
		"nft add chain inet wall in { type filter hook input priority 0 ; }",
		"nft add chain inet wall out { type filter hook output priority 0 ; }",
		"nft add set inet wall called { type ipv4_addr . inet_service ; flags dynamic ; }",
		"nft add chain inet wall door { type filter hook prerouting priority 0 ; }",
		"nft add rule inet wall door iifname cable tcp flags syn add @called { ip daddr . tcp dport }")
	n.office.do(t, "ip addr add 198.51.100.2/24 dev cable", "ip link set cable up", "ip route add default via 198.51.100.1")
	for _, address := range []string{"192.0.2.25", "192.0.2.26", "192.0.2.53", "203.0.113.25"} {
		n.world.do(t, "ip addr add "+address+" dev lo")
	}
	n.world.do(t, "ip addr add 2001:db8:25::25 dev lo nodad", "ip addr add 2001:db8:1::1/64 dev cable nodad")
	if six {
		n.office.do(t, "ip addr add 2001:db8:1::2/64 dev cable nodad", "ip route add default via 2001:db8:1::1")
	}
	return n
}

// wall adds rules to the world's firewall.
func (n *network) wall(rules ...string) {
	n.t.Helper()
	for _, rule := range rules {
		n.world.do(n.t, "nft add rule inet wall in "+rule)
	}
}

// called lists in order where a TCP connection by IPv4 was begun from the
// office, come to anything or not.
func (n *network) called() (list []string) {
	n.t.Helper()
	stdout, stderr, _ := n.world.run(n.t, "nft", "--json", "list", "set", "inet", "wall", "called")
	var said struct {
		Nftables []struct {
			Set struct {
				Elem []struct{ Concat []any }
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &said); err != nil {
		n.t.Fatalf("%v in %q, %s", err, stdout, stderr)
	}
	for _, object := range said.Nftables {
		for _, element := range object.Set.Elem {
			list = append(list, fmt.Sprintf("%v:%v", element.Concat...))
		}
	}
	slices.Sort(list)
	return list
}

// standing is the zone of every row, to which it adds its own.
const standing = `
mx1.example.org A 192.0.2.25
mx2.example.org A 192.0.2.26
six.example.org AAAA 2001:db8:25::25
control.example.net A 203.0.113.25
`

// names serves a zone on the DNS server of the world.
func (n *network) names(records string) {
	n.t.Helper()
	zone, err := zones.ParseZone(n.t.Name(), standing+records)
	if err != nil {
		n.t.Fatal(err)
	}
	answer := wire.HandlerFunc(func(w wire.ResponseWriter, asked *wire.Msg) {
		reply := zone.Answer(asked)
		if _, tcp := w.RemoteAddr().(*net.TCPAddr); !tcp {
			reply.Truncate(wire.MinMsgSize)
		}
		w.WriteMsg(reply)
	})
	for _, server := range []*wire.Server{
		{PacketConn: n.world.listenPacket(n.t, "192.0.2.53:53"), Handler: answer},
		{Listener: n.world.listen(n.t, "192.0.2.53:53"), Handler: answer},
	} {
		var serving sync.WaitGroup
		serving.Go(func() { server.ActivateAndServe() })
		n.t.Cleanup(func() {
			server.Shutdown()
			serving.Wait()
		})
	}
}

// serve plays a mail server at an address of the world, by the rules of a
// scenario. When a client says a word, or calls, if the word is "", then comes
// to pass before it is answered.
func (n *network) serve(address, rules, word string, then func()) {
	n.t.Helper()
	text := "ehlo scenario 1\nname: test\ntitle: Of a test\nstory: A test.\ntarget: anna@example.org\nverdict: accepted\nexit: 0\nhost: mx1.example.org\n"
	scenario, err := practice.Parse(n.t.Name(), []byte(text+rules))
	if err != nil {
		n.t.Fatal(err)
	}
	listener := n.world.listen(n.t, address)
	if then != nil {
		listener = &fateful{Listener: listener, word: word, then: sync.OnceFunc(then)}
	}
	server := practice.New(scenario)
	if err := server.StartOn(n.t.Context(), listener); err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { server.Close() })
}

// fateful is a listener to whose clients something happens.
type fateful struct {
	net.Listener
	word string
	then func()
}

func (f *fateful) Accept() (net.Conn, error) {
	conn, err := f.Listener.Accept()
	if err != nil || f.word != "" {
		return &fatefulConn{Conn: conn, fateful: f}, err
	}
	f.then()
	return conn, err
}

type fatefulConn struct {
	net.Conn
	*fateful
}

func (c *fatefulConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if strings.Contains(string(b[:n]), c.word) {
		c.then()
	}
	return n, err
}

// check asks about a target from the office, by way of the world's DNS, and
// expects an exit code.
func (n *network) check(want int, args ...string) (facts verdict.Facts, stderr string) {
	n.t.Helper()
	stdout, stderr, code := n.office.run(n.t, binary, append([]string{"check", "--json", "--hello", "pc17.sender.example"}, args...)...)
	if err := json.Unmarshal([]byte(stdout), &facts); err != nil {
		n.t.Fatalf("%v in %q, after\n%s", err, stdout, stderr)
	}
	if code != want || facts.Exit != want || facts.Verdict == nil {
		n.t.Fatalf("exit %d, in JSON %d, want %d:\n%s%s", code, facts.Exit, want, stdout, stderr)
	}
	return facts, stderr
}

// road tells the tries of a target, one a line: what for, where, and the last
// stage, with the cause or the code it ended with.
func road(facts verdict.Facts) string {
	var lines []string
	for _, try := range facts.Tries {
		line := fmt.Sprintf("%s %s %s:%d", try.Purpose, try.Host, try.Address, try.Port)
		if last := len(try.Stages) - 1; last >= 0 {
			line += " " + ending(try.Stages[last])
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func ending(stage verdict.Stage) string {
	switch {
	case stage.Cause != "":
		return string(stage.Name) + "!" + stage.Cause
	case !stage.OK:
		return fmt.Sprintf("%s!%d", stage.Name, stage.Code)
	}
	return string(stage.Name)
}
