package practice

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"net/textproto"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// farTooLong bounds a test that hangs; nothing passes or fails by it.
const farTooLong = 20 * time.Second

// start starts a server for the test.
func start(t *testing.T, s Scenario) *Server {
	t.Helper()
	server := New(s)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

func scenario(t *testing.T, name string) Scenario {
	t.Helper()
	s, ok := Find(name)
	if !ok {
		t.Fatalf("no scenario %q", name)
	}
	return s
}

func call(t *testing.T, server *Server) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(farTooLong))
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// TestWalk says the C: lines of testdata/NAME.dialog to the scenario of that
// name, over TCP, and expects its S: lines. Where no call is taken there is
// nothing to be said.
func TestWalk(t *testing.T) {
	for _, s := range Scenarios() {
		if s.ports()[0].Door != DoorListen || slow[s.Name] > 0 || strings.HasPrefix(s.Name, "hostile-") {
			continue // the hostile ones say what is no dialogue: hostile_test.go
		}
		t.Run(s.Name, func(t *testing.T) {
			server := start(t, s)
			walk(t, server, call(t, server))
		})
	}
}

// slow are the scenarios that take their time, and how much.
var slow = map[string]time.Duration{"slow-greeting": 20 * time.Second, "teaser": 6 * time.Second}

// TestSlow are the walks that take their time.
func TestSlow(t *testing.T) {
	for name, want := range slow {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			server := New(scenario(t, name))
			near, far := net.Pipe()
			go server.Serve(far)
			walk(t, server, near)
			if took := time.Since(begun); took != want {
				t.Errorf("%s took %v", name, took)
			}
			_ = near.Close()
			_ = server.Close()
		})
	}
}

// TestShutDoors calls a door that refuses, and one address beside it that has a
// door of its own.
func TestShutDoors(t *testing.T) {
	server := start(t, scenario(t, "second-mx-answers"))
	for address, taken := range map[string]bool{"192.0.2.25:25": false, "192.0.2.26:25": true} {
		at, ok := server.AddrAt(netip.MustParseAddrPort(address))
		if !ok {
			t.Fatalf("no door at %s", address)
		}
		conn, err := net.Dial("tcp", at.String())
		if (err == nil) != taken {
			t.Errorf("%s: %v", address, err)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
	for _, address := range []string{"192.0.2.27:25", "192.0.2.26:587"} {
		if at, ok := server.AddrAt(netip.MustParseAddrPort(address)); ok {
			t.Errorf("%s has a door at %s", address, at)
		}
	}
}

// walk plays the dialogue of a server's scenario.
func walk(t *testing.T, server *Server, conn net.Conn) {
	t.Helper()
	d, err := LoadDialogue("testdata/" + server.Scenario().Name + ".dialog")
	if err != nil {
		t.Fatal(err)
	}
	w := walker{t: t, server: server, conn: conn}
	w.text = textproto.NewReader(bufio.NewReader(w.conn))
	for _, next := range d.turns {
		w.step(next)
	}
}

// walker plays the client's side of a dialogue.
type walker struct {
	t      *testing.T
	server *Server
	conn   net.Conn
	text   *textproto.Reader
}

func (w *walker) step(next turn) {
	w.t.Helper()
	switch next.does {
	case turnExpect:
		if _, err := io.WriteString(w.conn, next.text+"\r\n"); err != nil {
			w.t.Fatalf("line %d: %v", next.number, err)
		}
	case turnSay:
		line, err := w.text.ReadLine()
		want := strings.TrimSuffix(next.text, "\r\n")
		if err != nil || !like(strings.Split(want, wildcard), line) {
			w.t.Fatalf("line %d: want %q, got %q, %v", next.number, want, line, err)
		}
	case turnTLS:
		w.encrypt()
	case turnClose:
		if line, err := w.text.ReadLine(); !errors.Is(err, io.EOF) {
			w.t.Fatalf("line %d: want the end, got %q, %v", next.number, line, err)
		}
	}
}

func (w *walker) encrypt() {
	w.t.Helper()
	roots, err := w.server.Roots()
	if err != nil {
		w.t.Fatal(err)
	}
	conn := tls.Client(w.conn, &tls.Config{RootCAs: roots, ServerName: w.server.Scenario().Host})
	if err := conn.Handshake(); err != nil {
		w.t.Fatal(err)
	}
	w.conn, w.text = conn, textproto.NewReader(bufio.NewReader(conn))
}
