package resolver

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// A UDP socket carries many questions at a time, told apart by their IDs:
// opening one costs more than a question. Several are asked in turn by chance,
// and each soon makes room for one with another port, so that ports stay hard
// to guess (RFC 5452 section 9.2).
const (
	maxLines = 4   // to one server at a time, those that only listen not counted
	maxUses  = 128 // questions that one carries in its time
	maxAge   = 2 * time.Second
)

// lines are the UDP sockets in use. The zero value has none.
type lines struct {
	mu   sync.Mutex
	open []*line
}

// line is a UDP socket to one DNS server, with the questions under way on it.
// All but conn and buffer is guarded by lines.mu.
type line struct {
	conn    *net.UDPConn
	server  netip.AddrPort
	opened  time.Time
	uses    int
	waiting map[uint16]*sent
	reading bool       // a goroutine reads: as long as a question is under way
	over    bool       // it carries no further question
	buffer  [4096]byte // of the one that reads
}

// send puts a query to a server and returns at once; what comes of it is told
// by wait. The query gets its ID here.
func (l *lines) send(server Server, query *dns.Msg) *sent {
	s := &sent{lines: l, server: server, query: query, begun: time.Now(), heard: make(chan heard, 1)}
	on, err := l.enter(s)
	if err != nil {
		s.heard <- heard{err: err}
		return s
	}
	packed, err := query.Pack()
	if err != nil {
		s.heard <- heard{err: err}
		s.abandon()
		return s
	}
	if _, err := on.conn.Write(packed); err != nil {
		l.broken(on, err) // what the network says of an earlier question may be told here
	}
	return s
}

// enter gives a question a line and an ID that is free on it.
func (l *lines) enter(s *sent) (*line, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	on, err := l.choose(s.server.Addr, s.begun)
	if err != nil {
		return nil, err
	}
	for {
		// As random as the standard library's own: seeded by the system (RFC
		// 5452 section 9.1).
		s.query.Id = uint16(rand.Uint32())
		if _, taken := on.waiting[s.query.Id]; !taken {
			break
		}
	}
	s.line = on
	on.waiting[s.query.Id] = s
	on.uses++
	on.over = on.uses >= maxUses
	if !on.reading {
		on.reading = true
		go l.read(on)
	}
	return on, nil
}

// choose returns an idle line to a server, or one of several by chance, and
// gives up those that are too old.
func (l *lines) choose(server netip.AddrPort, now time.Time) (*line, error) {
	var usable [maxLines]*line
	count := 0
	for i := len(l.open) - 1; i >= 0; i-- {
		on := l.open[i]
		if now.Sub(on.opened) > maxAge {
			on.over = true
			l.settle(on)
		}
		if on.over || on.server != server || count == maxLines {
			continue
		}
		if len(on.waiting) == 0 {
			return on, nil
		}
		usable[count] = on
		count++
	}
	if count == maxLines {
		return usable[rand.IntN(count)], nil
	}
	conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(server))
	if err != nil {
		return nil, err
	}
	on := &line{conn: conn, server: server, opened: now, waiting: make(map[uint16]*sent)}
	l.open = append(l.open, on)
	return on, nil
}

// settle closes a line that has nothing to wait for and nothing to carry.
func (l *lines) settle(on *line) {
	if !on.over || len(on.waiting) > 0 {
		return
	}
	on.conn.Close()
	for i := range l.open {
		if l.open[i] == on {
			l.open = append(l.open[:i], l.open[i+1:]...)
			return
		}
	}
}

// read hands out what comes, for as long as a question is under way.
func (l *lines) read(on *line) {
	for {
		n, err := on.conn.Read(on.buffer[:])
		if err != nil {
			l.broken(on, err)
			return
		}
		if !l.hear(on, on.buffer[:n]) {
			return
		}
	}
}

// hear takes one packet and reports whether more are waited for. What answers
// no question is passed over.
func (l *lines) hear(on *line, packed []byte) bool {
	m := new(dns.Msg)
	whole := m.Unpack(packed) == nil
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := on.waiting[m.Id]; s != nil && answers(m, s.query) && (whole || m.Truncated) {
		delete(on.waiting, m.Id)
		s.took = time.Since(s.begun)
		s.heard <- heard{m: m}
	}
	on.reading = len(on.waiting) > 0
	l.settle(on)
	return on.reading
}

// broken ends a line, and every question on it with what the network said.
func (l *lines) broken(on *line, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, s := range on.waiting {
		delete(on.waiting, id)
		s.heard <- heard{err: err}
	}
	on.over = true
	l.settle(on)
}
