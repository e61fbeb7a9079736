// Command hello is the least that a check can do: of each domain of its input
// it looks up MX and A, connects, says EHLO and QUIT, 64 at a time, and prints
// a line. With a third argument, a file of authorities, it upgrades by STARTTLS.
//
//	hello DNS PORT [AUTHORITIES]
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"
	"sync"

	"github.com/miekg/dns"
)

// check is what is the same for all domains.
type check struct {
	dns, port string
	roots     *x509.CertPool
}

func main() {
	all := check{dns: os.Args[1], port: os.Args[2]}
	if len(os.Args) > 3 {
		pem, err := os.ReadFile(os.Args[3])
		if err != nil {
			log.Fatal(err)
		}
		all.roots = x509.NewCertPool()
		all.roots.AppendCertsFromPEM(pem)
	}
	domains := make(chan string)
	var jobs sync.WaitGroup
	for range 64 {
		jobs.Go(func() {
			for domain := range domains {
				said, err := all.ask(domain)
				if err != nil {
					log.Fatal(domain, ": ", err)
				}
				fmt.Printf("%s %s\n", domain, said)
			}
		})
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		domains <- lines.Text()
	}
	close(domains)
	jobs.Wait()
}

func (c check) ask(domain string) (string, error) {
	mx, err := c.lookUp(domain+".", dns.TypeMX)
	if err != nil {
		return "", err
	}
	host := mx.(*dns.MX).Mx
	a, err := c.lookUp(host, dns.TypeA)
	if err != nil {
		return "", err
	}
	conn, err := net.Dial("tcp", net.JoinHostPort(a.(*dns.A).A.String(), c.port))
	if err != nil {
		return "", err
	}
	defer func() { conn.Close() }()
	in := bufio.NewReader(conn)
	said, err := hear(in)
	if err == nil {
		_, err = say(conn, in, "EHLO localhost")
	}
	if err == nil && c.roots != nil {
		if _, err = say(conn, in, "STARTTLS"); err != nil {
			return "", err
		}
		conn = tls.Client(conn, &tls.Config{ServerName: strings.TrimSuffix(host, "."), RootCAs: c.roots})
		in = bufio.NewReader(conn)
		_, err = say(conn, in, "EHLO localhost")
	}
	if err == nil {
		_, err = say(conn, in, "QUIT")
	}
	return said, err
}

func (c check) lookUp(name string, kind uint16) (dns.RR, error) {
	m, err := dns.Exchange(new(dns.Msg).SetQuestion(name, kind), c.dns)
	if err != nil {
		return nil, err
	}
	if len(m.Answer) == 0 {
		return nil, errors.New("no such record")
	}
	return m.Answer[0], nil
}

func say(conn net.Conn, in *bufio.Reader, line string) (string, error) {
	if _, err := io.WriteString(conn, line+"\r\n"); err != nil {
		return "", err
	}
	return hear(in)
}

// hear reads one whole reply.
func hear(in *bufio.Reader) (string, error) {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		if len(line) > 3 && line[3] == ' ' {
			return strings.TrimSpace(line), nil
		}
	}
}
