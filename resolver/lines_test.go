package resolver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// far is the other end of lines: a socket whose packets a test reads and
// answers by itself.
type far struct {
	*net.UDPConn
	t *testing.T
}

func newFar(t *testing.T) far {
	socket, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return far{socket, t}
}

func (f far) server() Server {
	return Server{Addr: f.LocalAddr().(*net.UDPAddr).AddrPort()}
}

// next returns the next question that arrives, and from where.
func (f far) next() (*dns.Msg, netip.AddrPort) {
	f.t.Helper()
	buffer := make([]byte, 4096)
	n, from, err := f.ReadFromUDPAddrPort(buffer)
	m := new(dns.Msg)
	if err == nil {
		err = m.Unpack(buffer[:n])
	}
	if err != nil {
		f.t.Fatal(err)
	}
	return m, from
}

func (f far) say(m *dns.Msg, to netip.AddrPort) {
	f.t.Helper()
	packed, err := m.Pack()
	if err == nil {
		_, err = f.WriteToUDPAddrPort(packed, to)
	}
	if err != nil {
		f.t.Error(err)
	}
}

func about(name string) *dns.Msg { return query(question{name: name, kind: dns.TypeMX}, true) }

// about puts a question about a name on one of the lines.
func (l *lines) about(server Server, name string) *sent { return l.send(server, about(name)) }

func (l *lines) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open)
}

// hangUp ends all lines, as if the network had gone.
func (l *lines) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, on := range l.open {
		on.conn.Close()
	}
}

func TestLinesAnswerInAnyOrder(t *testing.T) {
	f, l := newFar(t), new(lines)
	const count = 50
	var all []*sent
	ports := make(map[netip.AddrPort]bool)
	type question struct {
		m    *dns.Msg
		from netip.AddrPort
	}
	var asked []question
	for i := range count {
		all = append(all, l.about(f.server(), fmt.Sprintf("d%d.example", i)))
		m, from := f.next()
		asked = append(asked, question{m, from})
		ports[from] = true
	}
	if len(ports) != maxLines {
		t.Errorf("%d ports, want %d", len(ports), maxLines)
	}
	for i := count - 1; i >= 0; i-- {
		f.say(new(dns.Msg).SetReply(asked[i].m), asked[i].from)
	}
	for i, one := range all {
		m, err := one.wait(t.Context())
		if err != nil || m.Question[0].Name != fmt.Sprintf("d%d.example.", i) {
			t.Error(i, m, err)
		}
	}
}

// A line that has nothing to wait for is asked again, and makes room for one
// with another port soon.
func TestLinesUsedUp(t *testing.T) {
	f, l := newFar(t), new(lines)
	ports := make(map[netip.AddrPort]int)
	for range 2 * maxUses {
		one := l.about(f.server(), "catium.com")
		m, from := f.next()
		ports[from]++
		f.say(new(dns.Msg).SetReply(m), from)
		if _, err := one.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(ports) < 2 {
		t.Errorf("%d ports for %d questions", len(ports), 2*maxUses)
	}
	for port, uses := range ports {
		if uses > maxUses {
			t.Errorf("%d questions from %v", uses, port)
		}
	}
	if count := l.count(); count > maxLines {
		t.Errorf("%d lines open", count)
	}
}

func TestLinesGrowOld(t *testing.T) {
	f, l := newFar(t), new(lines)
	first, err := l.choose(f.server().Addr, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	again, err := l.choose(f.server().Addr, time.Now())
	if err != nil || again != first {
		t.Errorf("an idle line was not asked again: %v", err)
	}
	later, err := l.choose(f.server().Addr, time.Now().Add(2*maxAge))
	if err != nil || later == first || len(l.open) != 1 {
		t.Errorf("an old line was asked again (%v); %d are open", err, len(l.open))
	}
	later.conn.Close()
}

// What does not fit the question is passed over: another ID, another name, the
// question itself come back.
func TestLinesPassOver(t *testing.T) {
	f, l := newFar(t), new(lines)
	one := l.about(f.server(), "catium.com")
	m, from := f.next()
	foreign := new(dns.Msg).SetReply(m)
	foreign.Id++
	f.say(foreign, from)
	other := new(dns.Msg).SetReply(m)
	other.Question = []dns.Question{{Name: "other.example.", Qtype: dns.TypeMX, Qclass: dns.ClassINET}}
	f.say(other, from)
	f.say(m, from)
	f.WriteToUDPAddrPort([]byte("x"), from)
	real := new(dns.Msg).SetReply(m)
	real.Question[0].Name = "CATIUM.com."
	real.AuthenticatedData = true
	f.say(real, from)
	if got, err := one.wait(t.Context()); err != nil || !got.AuthenticatedData {
		t.Error(got, err)
	}
}

// An answer that comes after its question was given up finds nobody, and its
// line carries no other question.
func TestLinesGivenUp(t *testing.T) {
	f, l := newFar(t), new(lines)
	given, stays := l.about(f.server(), "given-up.example"), (*sent)(nil)
	m, from := f.next()
	for stays == nil || stays.line != given.line { // by chance on one of several
		stays = l.about(f.server(), "stays.example")
		f.next()
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	if _, err := given.wait(ctx); !errors.Is(err, why) {
		t.Error(err)
	}
	for range maxUses / 2 {
		if one := l.about(f.server(), "other.example"); one.line == given.line {
			t.Fatal("the line is asked again")
		}
	}
	f.say(new(dns.Msg).SetReply(m), from)
	reply := new(dns.Msg).SetReply(stays.query)
	f.say(reply, from)
	if _, err := stays.wait(t.Context()); err != nil {
		t.Error("the other question on it: ", err)
	}
	l.hangUp()
}

// Where nothing listens, the network says so, to each question.
func TestLinesRefused(t *testing.T) {
	f, l := newFar(t), new(lines)
	f.Close()
	for range 3 {
		if _, err := l.about(f.server(), "catium.com").wait(t.Context()); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Error(err)
		}
	}
	if count := l.count(); count > 0 {
		t.Errorf("%d lines open", count)
	}
}

// A query that cannot be packed ends itself alone.
func TestLinesUnpackable(t *testing.T) {
	f, l := newFar(t), new(lines)
	if _, err := l.about(f.server(), "a..b").wait(t.Context()); err == nil {
		t.Error("it was sent")
	}
	if count := l.count(); count > 0 {
		t.Errorf("%d lines open", count)
	}
}
