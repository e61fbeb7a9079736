// Package practice is a DNS server on loopback that knows a handful of records
// and can be told to misbehave: for tests, and for practising without a
// network.
//
//	zone, err := practice.Load("howto")
//	server := &practice.Server{Zone: zone}
//	err = server.Start(ctx)
//	defer server.Close()
//	r := resolver.New(resolver.Options{Servers: []string{server.Addr().String()}})
//
// A Zone stands for all of DNS: a name it does not know does not exist. Its
// records come from lines of a zone file (RFC 1035 section 5.1) and are given
// out in the order in which they stand there.
package practice

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// Server serves a Zone over UDP and TCP on one port of 127.0.0.1. Set Zone
// before Start and leave it alone afterwards. It writes nothing anywhere.
type Server struct {
	Zone *Zone

	addr    netip.AddrPort
	ending  context.Context // ends what answers are delayed
	end     context.CancelFunc
	unwatch func() bool
	servers []*dns.Server
	serving sync.WaitGroup
	closing sync.Once
}

// Start begins to serve and returns when it does. The server ends with the
// context, or with Close. A Server is started once.
func (s *Server) Start(ctx context.Context) error {
	if s.end != nil {
		return errors.New("the practice DNS server was started before")
	}
	packets, streams, err := listen()
	if err != nil {
		return err
	}
	s.ending, s.end = context.WithCancel(ctx)
	s.addr = netip.MustParseAddrPort(packets.LocalAddr().String())
	s.serve(&dns.Server{PacketConn: packets, UDPSize: dns.MaxMsgSize})
	s.serve(&dns.Server{Listener: streams})
	s.unwatch = context.AfterFunc(ctx, s.stop)
	return nil
}

// Addr returns where the server listens; zero before Start.
func (s *Server) Addr() netip.AddrPort { return s.addr }

// Close ends the server and returns when nothing of it is left. It may be
// called more than once, and without Start.
func (s *Server) Close() error {
	if s.end == nil {
		return nil
	}
	s.unwatch()
	s.stop()
	s.serving.Wait()
	return nil
}

func (s *Server) stop() {
	s.closing.Do(func() {
		s.end()
		for _, server := range s.servers {
			server.Shutdown()
		}
	})
}

// serve starts one of the two servers and waits until it serves.
func (s *Server) serve(server *dns.Server) {
	started := make(chan struct{})
	server.Handler = s
	server.ReadTimeout = 10 * time.Second
	server.NotifyStartedFunc = func() { close(started) }
	s.servers = append(s.servers, server)
	s.serving.Go(func() { server.ActivateAndServe() })
	<-started
}

// listen opens UDP and TCP on one port. The system picks it for UDP, so TCP
// may find it taken; then another is picked.
func listen() (net.PacketConn, net.Listener, error) {
	var failed error
	for range 10 {
		packets, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			return nil, nil, err
		}
		streams, err := net.Listen("tcp4", packets.LocalAddr().String())
		if err == nil {
			return packets, streams, nil
		}
		packets.Close()
		failed = err
	}
	return nil, nil, failed
}
