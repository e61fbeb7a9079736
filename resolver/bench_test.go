package resolver_test

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"ehlo/resolver"
)

// anyDomain answers every question: each domain has one MX, each name one
// address of either family.
func anyDomain(b *testing.B) string {
	packets, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	records := map[uint16]string{dns.TypeMX: "%s 600 IN MX 10 mx.%s", dns.TypeA: "%s 600 IN A 192.0.2.1", dns.TypeAAAA: "%s 600 IN AAAA 2001:db8::1"}
	server := &dns.Server{PacketConn: packets, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, asked *dns.Msg) {
		m := new(dns.Msg).SetReply(asked)
		question := asked.Question[0]
		if record, err := dns.NewRR(strings.ReplaceAll(records[question.Qtype], "%s", question.Name)); err == nil {
			m.Answer = append(m.Answer, record)
		}
		w.WriteMsg(m)
	})}
	ended := make(chan struct{})
	go func() { defer close(ended); server.ActivateAndServe() }()
	b.Cleanup(func() { packets.Close(); <-ended })
	return packets.LocalAddr().String()
}

// sideBySide runs look for b.N domains, 64 at a time.
func sideBySide(b *testing.B, look func(domain string)) {
	slots := make(chan struct{}, 64)
	var all sync.WaitGroup
	b.ResetTimer()
	for i := range b.N {
		slots <- struct{}{}
		all.Go(func() {
			look(fmt.Sprintf("d%d.example", i))
			<-slots
		})
	}
	all.Wait()
}

// BenchmarkRoutes is one Route of many under way: MX, A and AAAA.
func BenchmarkRoutes(b *testing.B) {
	r := resolver.New(resolver.Options{Servers: []string{anyDomain(b)}, Timeout: time.Minute, Patience: time.Minute})
	b.ReportAllocs()
	sideBySide(b, func(domain string) {
		if route, err := r.Route(b.Context(), domain); err != nil || len(route.Hosts[0].Addresses) != 2 {
			b.Error(route, err)
		}
	})
}

// BenchmarkBare asks the same questions over one socket by the DNS library
// alone: what BenchmarkRoutes is held against.
func BenchmarkBare(b *testing.B) {
	socket, err := net.Dial("udp4", netip.MustParseAddrPort(anyDomain(b)).String())
	if err != nil {
		b.Fatal(err)
	}
	bare := &bareLoop{socket: socket, waiting: make(map[uint16]chan *dns.Msg)}
	ended := make(chan struct{})
	go func() { defer close(ended); bare.read() }()
	defer func() { socket.Close(); <-ended }()
	b.ReportAllocs()
	sideBySide(b, func(domain string) {
		mx := bare.ask(domain+".", dns.TypeMX).Answer[0].(*dns.MX).Mx
		var both sync.WaitGroup
		both.Go(func() { bare.ask(mx, dns.TypeA) })
		both.Go(func() { bare.ask(mx, dns.TypeAAAA) })
		both.Wait()
	})
}

// bareLoop is one socket with all questions under way on it.
type bareLoop struct {
	socket  net.Conn
	mu      sync.Mutex
	next    uint16
	waiting map[uint16]chan *dns.Msg
}

func (l *bareLoop) ask(name string, kind uint16) *dns.Msg {
	m := new(dns.Msg).SetQuestion(name, kind)
	answer := make(chan *dns.Msg, 1)
	l.mu.Lock()
	l.next++
	m.Id = l.next
	l.waiting[m.Id] = answer
	l.mu.Unlock()
	packed, _ := m.Pack()
	l.socket.Write(packed)
	return <-answer
}

func (l *bareLoop) read() {
	buffer := make([]byte, 4096)
	for {
		n, err := l.socket.Read(buffer)
		if err != nil {
			return
		}
		m := new(dns.Msg)
		if m.Unpack(buffer[:n]) != nil {
			continue
		}
		l.mu.Lock()
		answer := l.waiting[m.Id]
		delete(l.waiting, m.Id)
		l.mu.Unlock()
		answer <- m
	}
}
