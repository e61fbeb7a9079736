//go:build peers && unix

package peers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ehlo/session/verdict"
)

// The servers of the lane, as .ci/peers names them.
var (
	binary  = os.Getenv("EHLO_PEERS_BINARY")
	domain  = os.Getenv("EHLO_PEERS_DOMAIN")
	dns     = os.Getenv("EHLO_PEERS_DNS")
	smtp    = os.Getenv("EHLO_PEERS_SMTP")
	ca      = filepath.Join(os.Getenv("EHLO_PEERS_AUTHORITY"), "ca.pem")
	mailDir = os.Getenv("EHLO_PEERS_MAIL")
)

func TestMain(m *testing.M) {
	if os.Getenv("EHLO_PEERS") == "" {
		fmt.Println("These tests need the servers that .ci/peers starts: run .ci/peers.")
		if os.Getenv("CI") == "true" {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// port is that of the Postfix.
func port(t *testing.T) string {
	t.Helper()
	_, port, err := net.SplitHostPort(smtp)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// run runs the built program. It returns both streams and the exit code.
func run(t *testing.T, stdin []byte, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	return runWith(t, nil, stdin, args...)
}

// runWith runs it with more in its environment: NAME=VALUE.
func runWith(t *testing.T, more []string, stdin []byte, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, said bytes.Buffer
	cmd := exec.CommandContext(t.Context(), binary, args...)
	cmd.Env = append(os.Environ(), more...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(stdin), &out, &said
	err := cmd.Run()
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return out.String(), said.String(), cmd.ProcessState.ExitCode()
}

// send sends to a mailbox of the lane's domain, by way of its DNS, and expects
// an exit code.
func send(t *testing.T, want int, stdin []byte, args ...string) verdict.Facts {
	t.Helper()
	args = append([]string{"send", "--json", "--dns", dns, "--port", port(t), "--from", "me@sender.example"}, args...)
	stdout, stderr, code := run(t, stdin, args...)
	var facts verdict.Facts
	if err := json.Unmarshal([]byte(stdout), &facts); err != nil {
		t.Fatalf("%v in %q, after\n%s", err, stdout, stderr)
	}
	if code != want || facts.Exit != want {
		t.Fatalf("exit %d, in JSON %d, want %d; said\n%s", code, facts.Exit, want, stderr)
	}
	return facts
}

// mailbox is a file in which Postfix keeps the mail of one user (mbox).
type mailbox struct {
	t    *testing.T
	path string
	read int64
}

// open returns a mailbox from its present end on: what comes is new.
func open(t *testing.T, user string) *mailbox {
	t.Helper()
	box := &mailbox{t: t, path: filepath.Join(mailDir, user)}
	if info, err := os.Stat(box.path); err == nil {
		box.read = info.Size()
	}
	return box
}

// A delivery takes Postfix a moment after its 250: it is looked for until it
// is there, for so long at most.
const (
	deliveryTime  = 30 * time.Second
	betweenChecks = 20 * time.Millisecond
)

// next waits for the next message and returns it as it was before it was
// filed: without the line of the mailbox, the trace header and the quoting of
// "From ".
func (b *mailbox) next() []byte {
	b.t.Helper()
	deadline := time.Now().Add(deliveryTime)
	for {
		data, err := os.ReadFile(b.path)
		if err == nil && int64(len(data)) > b.read && bytes.HasSuffix(data, []byte("\n\n")) {
			filed := data[b.read:]
			b.read = int64(len(data))
			return unfile(b.t, filed)
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("nothing has come into %s within %v (%v)", b.path, deliveryTime, err)
		}
		time.Sleep(betweenChecks)
	}
}

// trace are the fields that servers write before a message.
var trace = []string{"Return-Path:", "X-Original-To:", "Delivered-To:", "Received:"}

// unfile undoes what the mailbox adds: a first line, the trace header, a last
// empty line, and ">" before lines that begin with "From ".
func unfile(t *testing.T, filed []byte) []byte {
	t.Helper()
	first, rest, _ := bytes.Cut(filed, []byte("\n"))
	if !bytes.HasPrefix(first, []byte("From ")) {
		t.Fatalf("no mailbox begins with %q", first)
	}
	inTrace := false
	for {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		if inTrace = isTrace(line) || inTrace && len(line) > 0 && (line[0] == ' ' || line[0] == '\t'); !inTrace {
			break
		}
		rest = after
	}
	rest = rest[:len(rest)-1]
	return bytes.ReplaceAll(rest, []byte("\n>From "), []byte("\nFrom "))
}

func isTrace(line []byte) bool {
	for _, field := range trace {
		if bytes.HasPrefix(line, []byte(field)) {
			return true
		}
	}
	return false
}

// same compares a message that was delivered with the one that was sent, byte
// for byte; the mailbox ends its lines in LF.
func same(t *testing.T, got, want []byte) {
	t.Helper()
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	if bytes.Equal(got, want) {
		return
	}
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	t.Fatalf("%d bytes delivered, %d sent; unlike from byte %d:\n%q\n%q", len(got), len(want), at, around(got, at), around(want, at))
}

func around(text []byte, at int) []byte { return text[max(0, at-20):min(len(text), at+60)] }

// write writes a file for one test.
func write(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "message.eml")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// to is an address of the lane's domain.
func to(user string) string { return "--to=" + user + "@" + domain }

// hard is a message with all that is easily spoilt on its way.
func hard() []byte {
	return []byte(strings.Join([]string{
		"From: me@sender.example", "To: anna@" + domain, "Subject: hard", "X-Latin: caf\xe9", "",
		".", "..", ".one", "... three", "", "From here on", ">quoted", "a\tb  ", " leading blank", "",
		"8-bit: d\xc3\xa9j\xc3\xa0 vu \xff\xfe\x80", strings.Repeat("long line ", 500), "", "", "the end", "",
	}, "\r\n"))
}
