package resolver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"github.com/miekg/dns"
)

// Port is where DNS servers listen.
const Port = 53

// maxResolvConf bounds how much of a resolv.conf is read.
const maxResolvConf = 64 << 10

// Server is a DNS server. The zero value is none.
type Server struct {
	Addr  netip.AddrPort // where packets go
	Shown netip.Addr     // the address for eyes, see Options.ShownAs; else that of Addr
}

// String returns the address for eyes, with the port when it is not 53. An
// address that stands for another is shown without a port.
func (s Server) String() string {
	if s.Shown != s.Addr.Addr() || s.Addr.Port() == Port {
		return s.Shown.String()
	}
	return s.Addr.String()
}

// system is what a computer is set up with.
type system struct {
	servers []netip.AddrPort
	asked   []Server // of them, as many as are used
	search  []string // domains to try for a name without a dot
}

// ParseServer splits "host", "host:port", "[v6]:port" or a bare address, as
// Options.Servers and --dns have it. The port is 53 unless given.
func ParseServer(text string) (host string, port uint16, err error) {
	if addr, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return addr.String(), Port, nil
	}
	host, number, found := text, "", false
	if at := strings.LastIndexByte(text, ':'); at >= 0 {
		host, number, found = strings.Trim(text[:at], "[]"), text[at+1:], true
	}
	if !found {
		number = strconv.Itoa(Port)
	}
	if value, err := strconv.ParseUint(number, 10, 16); err == nil && value > 0 {
		port = uint16(value)
	}
	if _, err := ParseName(host); err != nil || port == 0 {
		return "", 0, fmt.Errorf("%q is no DNS server: it has to be HOST or HOST:PORT, the port from 1 to 65535", text)
	}
	return host, port, nil
}

// servers returns whom to ask. What it found out is kept, a failure is not.
func (r *Resolver) servers(ctx context.Context) ([]Server, error) {
	known, err := r.setup(ctx)
	return known.asked, err
}

// shown makes servers of addresses: those that are asked.
func (r *Resolver) shown(addrs []netip.AddrPort) []Server {
	servers := make([]Server, 0, maxServers)
	for _, addr := range addrs[:min(len(addrs), maxServers)] {
		shown, ok := r.options.ShownAs[addr]
		if !ok {
			shown = addr.Addr()
		}
		servers = append(servers, Server{Addr: addr, Shown: shown})
	}
	return servers
}

func (r *Resolver) setup(ctx context.Context) (system, error) {
	r.mu.Lock()
	known, ready := r.known, r.ready
	r.mu.Unlock()
	if ready {
		return known, nil
	}
	known, err := r.findOut(ctx)
	if err != nil && stopped(ctx) {
		return system{}, &Error{Kind: Stopped, Name: "the DNS servers", Err: ctx.Err()}
	}
	if err != nil {
		return system{}, &Error{Kind: NoServer, Err: err}
	}
	known.asked = r.shown(known.servers)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known, r.ready = known, true
	return known, nil
}

func (r *Resolver) findOut(ctx context.Context) (system, error) {
	if len(r.options.Servers) > 0 {
		return r.given(ctx)
	}
	if r.options.ResolvConf != "" {
		return readResolvConf(r.options.ResolvConf)
	}
	return readSystem()
}

// given finds the addresses of the servers named in the options. A name among
// them is looked up with the servers of the system.
func (r *Resolver) given(ctx context.Context) (system, error) {
	var known system
	for _, text := range r.options.Servers {
		name, port, err := ParseServer(text)
		if err != nil {
			return known, err
		}
		options := r.options
		options.Servers, options.IPv4Only, options.IPv6Only = nil, false, false
		host, err := New(options).Addresses(ctx, name)
		if err != nil {
			return known, err
		}
		for _, addr := range host.Addresses {
			known.servers = append(known.servers, netip.AddrPortFrom(addr, port))
		}
	}
	return known, nil
}

// candidates returns the names to be asked for in place of one typed: one
// without a dot is tried in the search domains of the system first.
func (r *Resolver) candidates(ctx context.Context, name Name) []string {
	var candidates []string
	known, err := r.setup(ctx)
	if err == nil && !strings.Contains(name.ASCII, ".") {
		for _, domain := range known.search[:min(len(known.search), maxServers)] {
			if full, err := ParseName(name.ASCII + "." + domain); err == nil {
				candidates = append(candidates, full.ASCII)
			}
		}
	}
	return append(candidates, name.ASCII)
}

// readResolvConf reads a resolv.conf(5).
func readResolvConf(path string) (system, error) {
	file, err := os.Open(path)
	if err != nil {
		return system{}, err
	}
	defer file.Close()
	return parseResolvConf(path, file)
}

func parseResolvConf(path string, file io.Reader) (system, error) {
	config, err := dns.ClientConfigFromReader(io.LimitReader(file, maxResolvConf))
	if err != nil {
		return system{}, err
	}
	known := system{search: config.Search}
	for _, text := range config.Servers {
		if addr, err := netip.ParseAddr(text); err == nil {
			known.servers = append(known.servers, netip.AddrPortFrom(addr, Port))
		}
	}
	if len(known.servers) == 0 {
		return known, fmt.Errorf("%s names none", path)
	}
	return known, nil
}

// isTimeout reports whether an error of the network is a time-out.
func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}
