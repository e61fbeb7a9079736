//go:build peers && unix

package peers

import (
	"bytes"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"ehlo/session"
	"ehlo/session/verdict"
)

// meddler stands between us and a server, and changes what the server says in
// clear text: each of its answers, and the first of what we say encrypted.
type meddler struct {
	answer func(answer []byte) []byte // what becomes of an answer of the server
	hello  []byte                     // what is said before the server answers our first encrypted bytes
}

// between starts one in front of a door. It returns where to call.
func (m meddler) between(t *testing.T, door string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			us, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { m.relay(us, door) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		all.Wait()
	})
	return at(listener.Addr().String(), "mx."+domain)
}

// relay carries one talk until a side hangs up.
func (m meddler) relay(us net.Conn, door string) {
	defer us.Close()
	server, err := net.Dial("tcp", at(door, "127.0.0.1"))
	if err != nil {
		return
	}
	var ways sync.WaitGroup
	ways.Go(func() {
		defer server.Close()
		carry(server, us, func(said []byte) []byte {
			if said[0] == handshake && m.hello != nil {
				_, _ = us.Write(m.hello)
			}
			return said
		})
	})
	ways.Go(func() {
		defer us.Close()
		carry(us, server, m.answer)
	})
	ways.Wait()
}

// handshake is the first byte of a TLS handshake (RFC 8446 section 5.1); no
// command begins with it.
const handshake = 0x16

// carry hands on what is read, changed. Postfix writes each of its answers as
// one piece, which loopback does not tear.
func carry(to io.Writer, from io.Reader, change func([]byte) []byte) {
	piece := make([]byte, 64<<10)
	for {
		n, err := from.Read(piece)
		if n > 0 {
			if _, err := to.Write(change(bytes.Clone(piece[:n]))); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func unchanged(answer []byte) []byte { return answer }

// TestMeddling: who stands between can end a talk, and gets neither a message
// that was to be encrypted nor a password.
func TestMeddling(t *testing.T) {
	const list = "250 AUTH PLAIN\r\n"
	injects := meddler{answer: func(answer []byte) []byte {
		if bytes.HasPrefix(answer, []byte("220 2.0.0 Ready to start TLS")) {
			return append(answer, list...)
		}
		return answer
	}}
	later := meddler{answer: unchanged, hello: []byte(list)}
	strips := meddler{answer: func(answer []byte) []byte {
		return bytes.Replace(answer, []byte("250-STARTTLS\r\n"), nil, 1)
	}}
	refuses := meddler{answer: func(answer []byte) []byte {
		return bytes.Replace(answer, []byte("220 2.0.0 Ready to start TLS"), []byte("454 4.7.0 TLS not available"), 1)
	}}
	for _, tt := range []struct {
		name    string
		meddler meddler
		tls     string
		signIn  bool
		exit    int
		verdict string
		cause   session.Why // of the end
	}{
		{"adds to the 220", injects, "starttls", true, verdict.ExitTLSFailed, "tls-failed", session.WhyClearText},
		{"adds to the 220", injects, "auto", false, verdict.ExitTLSFailed, "tls-failed", session.WhyClearText},
		{"adds after the 220", later, "starttls", true, verdict.ExitTLSFailed, "tls-failed", session.WhyClearText},
		{"adds after the 220", later, "auto", false, verdict.ExitTLSFailed, "tls-failed", session.WhyClearText},
		{"takes the offer away", strips, "starttls", true, verdict.ExitTLSMissing, "tls-missing", ""},
		{"takes the offer away", strips, "auto", true, verdict.ExitSignIn, "sign-in-refused", ""},
		{"takes the offer away", strips, "auto", false, 0, "accepted", ""},
		{"says no", refuses, "starttls", true, verdict.ExitTLSMissing, "not-now", ""},
		{"says no", refuses, "auto", true, verdict.ExitTLSMissing, "not-now", ""},
	} {
		t.Run(tt.name+" "+tt.tls, func(t *testing.T) {
			t.Parallel()
			args := []string{"--tls", tt.tls, "--ca", ca}
			if tt.signIn {
				args = append(args, as(t, "PLAIN", sasl("password"))...)
			}
			got := deliver(t, tt.exit, tt.meddler.between(t, submission), "trusted", args...)
			if got.Verdict.Code != tt.verdict {
				t.Errorf("the verdict is %+v", got.Verdict)
			}
			if strings.Contains(got.stderr, "\nC: AUTH") {
				t.Errorf("we began to sign in:\n%s", got.stderr)
			}
			if stage := stageOf(got, "tls"); tt.cause != "" && (stage == nil || stage.OK || stage.Cause != string(tt.cause)) {
				t.Errorf("the stage is %+v", stage)
			}
			untold(t, got, content(t, sasl("password")))
			if tt.exit == 0 {
				arrived(t, "trusted")
			} else {
				absent(t, "trusted")
			}
		})
	}
}
