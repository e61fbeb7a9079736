//go:build peers && unix

package peers

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ehlo/session/verdict"
)

// The doors of the Postfix, as .ci/mail describes them, by the name that their
// certificate is for.
var (
	submission = named("EHLO_PEERS_SUBMISSION")
	strict     = named("EHLO_PEERS_STRICT")
	smtps      = named("EHLO_PEERS_SMTPS")
	trust      = named("EHLO_PEERS_TRUST")
	asks       = named("EHLO_PEERS_ASKS")
	wants      = named("EHLO_PEERS_WANTS")
)

func named(variable string) string {
	_, port, _ := net.SplitHostPort(os.Getenv(variable))
	return net.JoinHostPort("mx."+domain, port)
}

// at is the port of a door, called by another name.
func at(door, name string) string {
	_, port, _ := net.SplitHostPort(door)
	return net.JoinHostPort(name, port)
}

// made is a file of the lane's authorities.
func made(file string) string { return filepath.Join(filepath.Dir(ca), file) }

// said is what one run of the program came to.
type said struct {
	verdict.Facts
	stdout, stderr string
}

// deliver sends a small message through a door to a mailbox, with a subject of
// the test's name, and expects an exit code.
func deliver(t *testing.T, want int, door, user string, args ...string) said {
	t.Helper()
	return deliverWith(t, nil, nil, want, door, user, args...)
}

// deliverWith is deliver with more in its environment, and on standard input.
func deliverWith(t *testing.T, more []string, stdin []byte, want int, door, user string, args ...string) said {
	t.Helper()
	args = append([]string{
		"send", "--json", "--dns", dns, "--server", door, "--from", "me@sender.example", to(user), "--subject", t.Name(), "--body", "x\n",
	}, args...)
	var got said
	var code int
	got.stdout, got.stderr, code = runWith(t, more, stdin, args...)
	if err := json.Unmarshal([]byte(got.stdout), &got.Facts); err != nil {
		t.Fatalf("%v in %q, after\n%s", err, got.stdout, got.stderr)
	}
	if code != want || got.Exit != want {
		t.Fatalf("exit %d, in JSON %d, want %d; said\n%s%s", code, got.Exit, want, got.stdout, got.stderr)
	}
	return got
}

// lastLine is the one that a run which failed ends with.
func (s said) lastLine() string {
	lines := strings.Split(strings.TrimSuffix(s.stderr, "\n"), "\n")
	return lines[len(lines)-1]
}

// tells expects words on standard error.
func (s said) tells(t *testing.T, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(s.stderr, word) {
			t.Errorf("no %q in\n%s", word, s.stderr)
		}
	}
}

// arrived waits for the message of a test to be in a mailbox, and returns it as
// it was filed, in one line: fields of the trace are folded as it pleases.
func arrived(t *testing.T, user string) string {
	t.Helper()
	subject := []byte("\nSubject: " + t.Name() + "\n")
	deadline := time.Now().Add(deliveryTime)
	for {
		filed, err := os.ReadFile(filepath.Join(mailDir, user))
		for message := range bytes.SplitSeq(filed, []byte("\n\nFrom ")) {
			if bytes.Contains(message, subject) {
				return strings.Join(strings.Fields(string(message)), " ")
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("nothing of %s has come into the mailbox of %s within %v (%v)", t.Name(), user, deliveryTime, err)
		}
		time.Sleep(betweenChecks)
	}
}

// absent expects nothing of a test to be in a mailbox.
func absent(t *testing.T, user string) {
	t.Helper()
	filed, err := os.ReadFile(filepath.Join(mailDir, user))
	if err == nil && bytes.Contains(filed, []byte("\nSubject: "+t.Name()+"\n")) {
		t.Errorf("the mailbox of %s has mail of %s", user, t.Name())
	}
}
