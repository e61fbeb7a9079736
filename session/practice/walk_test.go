package practice

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"
	"testing"
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
// name, over TCP, and expects its S: lines.
func TestWalk(t *testing.T) {
	for _, s := range Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			d, err := LoadDialogue("testdata/" + s.Name + ".dialog")
			if err != nil {
				t.Fatal(err)
			}
			server := start(t, s)
			w := walker{t: t, server: server, conn: call(t, server)}
			w.text = textproto.NewReader(bufio.NewReader(w.conn))
			for _, next := range d.turns {
				w.step(next)
			}
		})
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
