package plain

import (
	"bytes"
	"context"
	"flag"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"ehlo/resolver"
	dnspractice "ehlo/resolver/practice"
	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
)

var update = flag.Bool("update", false, "write the golden files")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// setting is a practice server with the DNS before it, both on loopback.
type setting struct {
	config Config
	mail   *practice.Server
}

func play(t *testing.T, scenario string) setting {
	t.Helper()
	found, ok := practice.Find(scenario)
	if !ok {
		t.Fatalf("no scenario %s", scenario)
	}
	return playFound(t, found)
}

func playFound(t *testing.T, scenario practice.Scenario) setting {
	t.Helper()
	mail := practice.New(scenario)
	zone, err := dnspractice.Load("howto")
	if err != nil {
		t.Fatal(err)
	}
	dns := &dnspractice.Server{Zone: zone}
	for _, start := range []func(context.Context) error{mail.Start, dns.Start} {
		if err := start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { mail.Close(); dns.Close() })
	shown := map[netip.AddrPort]netip.Addr{dns.Addr(): zone.Shown}
	return setting{mail: mail, config: Config{
		Hello: "pc17.example.org",
		Now:   func() time.Time { return time.Date(2007, 5, 8, 9, 15, 4, 0, time.FixedZone("", 7200)) },
		Way: probe.Probe{
			Resolver: resolver.New(resolver.Options{Servers: []string{dns.Addr().String()}, ShownAs: shown}),
			Options:  session.Options{Reach: reach(mail)},
		},
	}}
}

// reach leads every address to the server that plays.
func reach(mail *practice.Server) session.Reach {
	return func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
		local, ok := mail.AddrOf(int(addr.Port()))
		if !ok {
			local = netip.MustParseAddrPort("127.0.0.1:1")
		}
		var dialer net.Dialer
		return dialer.DialContext(ctx, "tcp", local.String())
	}
}

func target(t *testing.T, text string) address.Target {
	t.Helper()
	parsed, err := address.ParseTarget(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// walk runs the front over lines from a pipe and returns all that it printed.
func walk(t *testing.T, config Config, lines string) (printed string, exit int, err error) {
	t.Helper()
	in, typed := io.Pipe()
	go func() {
		_, _ = io.WriteString(typed, lines) // refused once the run has ended
		typed.Close()
	}()
	var out bytes.Buffer
	exit, err = Run(t.Context(), in, &out, config)
	in.Close()
	return out.String(), exit, err
}

// volatile is what differs from run to run.
var volatile = regexp.MustCompile(`\b(\d+\.)?\d+ s\b|SIZE=\d+`)

func steady(text string) string {
	return volatile.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "SIZE") {
			return "SIZE=N"
		}
		return "T s"
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got = steady(got)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

// TestWalks are whole runs through a pipe against practice servers.
func TestWalks(t *testing.T) {
	for _, walked := range walks {
		t.Run(walked.name, func(t *testing.T) {
			set := play(t, walked.scenario)
			set.config.From, set.config.Paper = walked.from, walked.paper
			if walked.target != "" {
				set.config.Target = target(t, walked.target)
			}
			lines, err := os.ReadFile(filepath.Join("testdata", walked.name+".in"))
			if err != nil {
				t.Fatal(err)
			}
			printed, exit, err := walk(t, set.config, string(lines))
			sentence := "\n"
			if err != nil {
				sentence = " " + err.Error() + "\n"
			}
			if exit != walked.exit || (exit != 0) != (err != nil) {
				t.Errorf("exit %d, %v; want %d", exit, err, walked.exit)
			}
			golden(t, walked.name, printed+"exit"+sentence)
		})
	}
}

var walks = []struct {
	name, scenario, target, from, paper string
	exit                                int
}{
	{name: "howto", scenario: "howto", target: "jcatalaa@catium.com", paper: "These are paper addresses: the talk goes to a server inside ehlo."},
	{name: "guided", scenario: "howto", target: "jcatalaa@catium.com", from: "helpdesk@example.org"},
	{name: "guided-asks", scenario: "howto", from: "helpdesk@example.org"},
	{name: "unknown-user", scenario: "unknown-user", target: "192.0.2.25:25", exit: 37},
	{name: "guided-refused", scenario: "unknown-user", target: "192.0.2.25:25", from: "<>", exit: 37},
	{name: "hangup", scenario: "hangup", target: "192.0.2.25:25", exit: 40},
	{name: "end-of-input", scenario: "howto", target: "192.0.2.25:25"},
	{name: "half-a-message", scenario: "howto", target: "192.0.2.25:25", exit: 130},
	{name: "sign-in", scenario: "auth-needed", target: "192.0.2.25:25"},
	{name: "again", scenario: "howto", target: "catium.com"},
	{name: "no-domain", scenario: "howto", target: "anna@nowhere.catium.com", exit: 11},
	{name: "refused", scenario: "howto", target: "192.0.2.25:2525", exit: 20},
	{name: "no-choice", scenario: "howto", target: "catium.com", exit: 2},
	{name: "piped-commands", scenario: "howto", target: "catium.com", exit: 31},
	{name: "no-yes", scenario: "howto", target: "catium.com", from: "<>", exit: 2},
	{name: "elsewhere", scenario: "howto", from: "helpdesk@example.org"},
	{name: "commands", scenario: "howto"},
}

// watched is an output that can be waited on.
type watched struct {
	mu   sync.Mutex
	text strings.Builder
	more chan struct{}
}

func newWatched() *watched { return &watched{more: make(chan struct{}, 1)} }

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case w.more <- struct{}{}:
	default:
	}
	return w.text.Write(p)
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// until waits until part was printed.
func (w *watched) until(t *testing.T, part string) {
	t.Helper()
	for !strings.Contains(w.String(), part) {
		select {
		case <-w.more:
		case <-t.Context().Done():
			t.Fatalf("%q was not printed:\n%s", part, w)
		}
	}
}
