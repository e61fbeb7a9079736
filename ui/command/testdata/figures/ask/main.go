// Command ask is the least that looking up where mail goes can cost: of each
// domain of its input it asks for MX, then for A and AAAA of each host, 64
// domains at a time over one socket, and prints a line.
//
//	ask DNS
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"sync"

	"github.com/miekg/dns"
)

func main() {
	socket, err := net.Dial("udp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	all := &loop{socket: socket, waiting: make(map[uint16]chan *dns.Msg)}
	go all.read()
	domains := make(chan string)
	var jobs sync.WaitGroup
	for range 64 {
		jobs.Go(func() {
			for domain := range domains {
				all.route(domain)
			}
		})
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		domains <- lines.Text()
	}
	close(domains)
	jobs.Wait()
}

// loop is one socket with all questions under way on it.
type loop struct {
	socket  net.Conn
	mu      sync.Mutex
	next    uint16
	waiting map[uint16]chan *dns.Msg
}

func (l *loop) route(domain string) {
	for _, record := range (<-l.ask(domain+".", dns.TypeMX)).Answer {
		mx, ok := record.(*dns.MX)
		if !ok {
			continue
		}
		four, six := l.ask(mx.Mx, dns.TypeA), l.ask(mx.Mx, dns.TypeAAAA)
		found := append((<-four).Answer, (<-six).Answer...)
		for _, record := range found {
			fmt.Println(domain, mx.Preference, mx.Mx, record)
		}
	}
}

func (l *loop) ask(name string, kind uint16) chan *dns.Msg {
	m := new(dns.Msg).SetQuestion(name, kind)
	answer := make(chan *dns.Msg, 1)
	l.mu.Lock()
	l.next++
	m.Id = l.next
	l.waiting[m.Id] = answer
	l.mu.Unlock()
	packed, err := m.Pack()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := l.socket.Write(packed); err != nil {
		log.Fatal(err)
	}
	return answer
}

func (l *loop) read() {
	buffer := make([]byte, 4096)
	for {
		n, err := l.socket.Read(buffer)
		if err != nil {
			log.Fatal(err)
		}
		m := new(dns.Msg)
		if m.Unpack(buffer[:n]) != nil {
			continue
		}
		l.mu.Lock()
		answer := l.waiting[m.Id]
		delete(l.waiting, m.Id)
		l.mu.Unlock()
		if answer != nil {
			answer <- m
		}
	}
}
