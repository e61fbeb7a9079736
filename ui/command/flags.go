package command

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/proxy"

	"ehlo/resolver"
	"ehlo/session"
	"ehlo/session/address"
)

// reachFlags say where to connect and whom to ask.
type reachFlags struct {
	Server  string        `placeholder:"HOST[:PORT]" help:"Talk to this server; no MX is looked up." group:"reach"`
	Port    portNumber    `placeholder:"N" help:"Port to connect to (default 25)." group:"reach"`
	DNS     []string      `name:"dns" sep:"none" placeholder:"HOST[:PORT]" help:"DNS server to ask; may be repeated." group:"reach"`
	Source  string        `placeholder:"IP" help:"Our address to connect from." group:"reach"`
	IPv4    bool          `short:"4" name:"ipv4" help:"IPv4 only." group:"reach"`
	IPv6    bool          `short:"6" name:"ipv6" help:"IPv6 only." group:"reach"`
	Proxy   string        `placeholder:"socks5://HOST:PORT" help:"Connect through a SOCKS proxy." group:"reach"`
	Timeout time.Duration `default:"30s" placeholder:"DUR" help:"Time for each stage (default 30s)." group:"reach"`
}

// portNumber is a port as it is typed; the zero value is none.
type portNumber uint16

// UnmarshalText reads a port from 1 to 65535.
func (p *portNumber) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 16)
	if err != nil || n == 0 {
		return fmt.Errorf("a port is a number from 1 to 65535, not %q", text)
	}
	*p = portNumber(n)
	return nil
}

// defaultPort is where mail servers talk to each other (RFC 5321 section 4.5.4.2).
const defaultPort = 25

// check finds what is wrong with the flags before anything is contacted.
func (f reachFlags) check() error {
	if f.Timeout <= 0 {
		return usage("--timeout wants a time over 0, such as 30s.")
	}
	for _, server := range f.DNS {
		if _, _, err := resolver.ParseServer(server); err != nil {
			return usage("--dns %s: %v.", server, err)
		}
	}
	if _, err := netip.ParseAddr(f.Source); f.Source != "" && err != nil {
		return usage("--source wants an IP address of this computer, not %q.", f.Source)
	}
	if f.Server != "" {
		if _, err := f.server(); err != nil {
			return err
		}
	}
	if f.Proxy != "" {
		if u, err := url.Parse(f.Proxy); err != nil || u.Scheme != "socks5" || u.Host == "" {
			return usage("--proxy wants socks5://HOST:PORT, not %q.", f.Proxy)
		}
	}
	return nil
}

// server reads --server.
func (f reachFlags) server() (address.Server, error) {
	server, err := address.ParseServer(f.Server, f.port())
	if err != nil {
		return address.Server{}, usage("--server %v.", err)
	}
	return server, nil
}

func (f reachFlags) port() uint16 {
	if f.Port != 0 {
		return uint16(f.Port)
	}
	return defaultPort
}

func (f reachFlags) resolver() *resolver.Resolver {
	return resolver.New(resolver.Options{
		Servers: f.DNS, IPv4Only: f.IPv4, IPv6Only: f.IPv6,
		Timeout: min(f.Timeout, resolver.DefaultTimeout), Overall: f.Timeout,
	})
}

// reach is how connections are opened, as the flags want it.
func (f reachFlags) reach() session.Reach {
	dialer := &net.Dialer{}
	if source, err := netip.ParseAddr(f.Source); err == nil {
		dialer.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(source, 0))
	}
	if f.Proxy == "" {
		return func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp", addr.String())
		}
	}
	return through(f.Proxy, dialer)
}

// through connects by way of a SOCKS proxy.
func through(target string, dialer *net.Dialer) session.Reach {
	return func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
		u, err := url.Parse(target)
		if err != nil {
			return nil, err
		}
		socks, err := proxy.FromURL(u, dialer)
		if err != nil {
			return nil, err
		}
		return socks.(proxy.ContextDialer).DialContext(ctx, "tcp", addr.String())
	}
}

// outputFlags say what is printed and how.
type outputFlags struct {
	JSON  bool `name:"json" help:"One JSON object a target on standard output." group:"output"`
	Quiet bool `help:"No transcript on standard error." group:"output"`
}

// screenFlags say how the screen looks.
type screenFlags struct {
	ASCII   bool   `name:"ascii" help:"No characters beyond ASCII." group:"output"`
	NoColor bool   `name:"no-color" help:"No colour." group:"output"`
	Theme   string `enum:"auto,dark,light" default:"auto" help:"Background of the terminal: auto, dark or light." group:"output"`
	Plain   bool   `help:"Lines only, for screen readers and pipes." group:"output"`
}

// splitTargets reads positional arguments; "-" stands for lines of input.
func splitTargets(args []string) (targets []string, stdin bool) {
	for _, arg := range args {
		if arg == "-" {
			stdin = true
			continue
		}
		targets = append(targets, strings.TrimSpace(arg))
	}
	return targets, stdin
}
