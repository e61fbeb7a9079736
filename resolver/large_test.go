package resolver_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ehlo/resolver"
	"ehlo/resolver/practice"
)

// many is a server that names so many mail servers for many.test, the last one
// first, each with an address.
func many(t *testing.T, count int) *practice.Server {
	t.Helper()
	var text strings.Builder
	for i := count; i > 0; i-- {
		fmt.Fprintf(&text, "many.test MX %d mail-exchanger-%d.many.test\n", i, i)
		fmt.Fprintf(&text, "mail-exchanger-%d.many.test A 192.0.%d.%d\n", i, i/250, i%250)
	}
	zone, err := practice.ParseZone("many", text.String())
	if err != nil {
		t.Fatal(err)
	}
	server := &practice.Server{Zone: zone}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server
}

// What does not fit into UDP is fetched over TCP: all of it when there is room
// in a route, else those that are tried first.
func TestManyExchangers(t *testing.T) {
	for count, want := range map[int]int{60: 60, 700: resolver.MaxHosts} {
		server := many(t, count)
		options := asking(server)
		options.IPv4Only, options.Overall = true, time.Minute
		var streams atomic.Int32
		options.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if network == "tcp" {
				streams.Add(1)
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		}
		route, err := resolver.New(options).Route(t.Context(), "many.test")
		if err != nil || len(route.Hosts) != want || streams.Load() != 1 {
			t.Fatalf("%d hosts, %d times TCP, %v", len(route.Hosts), streams.Load(), err)
		}
		for i, host := range route.Hosts {
			if int(host.Preference) != i+1 || len(host.Addresses) != 1 {
				t.Errorf("host %d is %v", i, host)
			}
		}
		if over := len(route.Notes) > 0; over != (count > want) {
			t.Errorf("%d hosts: notes %v", count, route.Notes)
		}
	}
}

// Whatever comes back over UDP that is no answer is passed over: empty packets,
// noise, a question, the answer to another one. The answer itself still counts.
func TestNoise(t *testing.T) {
	server := serve(t, "odd")
	packets, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		noisy(packets, server.Addr().String())
	}()
	defer func() { packets.Close(); <-done }()
	options := asking()
	options.Servers = []string{packets.LocalAddr().String()}
	route, err := resolver.New(options).Route(t.Context(), "mxalias.test")
	if got := told(route, err); !strings.HasPrefix(got, "10 www.mxalias.test 8.8.4.1") {
		t.Errorf("got %s, %v", got, err)
	}
}

// noisy answers each question with noise first, and then as another server
// does. It tells nobody that something did not fit.
func noisy(packets net.PacketConn, server string) {
	buffer := make([]byte, 4096)
	for {
		n, from, err := packets.ReadFrom(buffer)
		if err != nil {
			return
		}
		asked := buffer[:n]
		for _, noise := range [][]byte{{}, {0}, []byte(strings.Repeat("\xff", 512)), asked, append([]byte{asked[0], asked[1], 0x80, 0, 0xff, 0xff}, asked[6:]...)} {
			packets.WriteTo(noise, from)
		}
		conn, err := net.Dial("udp4", server)
		if err != nil {
			return
		}
		conn.Write(asked)
		if n, err = conn.Read(buffer); err == nil {
			buffer[2] &^= 2 // not cut off: there is no TCP here
			packets.WriteTo(buffer[:n], from)
		}
		conn.Close()
	}
}
