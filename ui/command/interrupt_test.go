//go:build unix

package command_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"ehlo/session/practice"
)

// TestInterrupt interrupts send while it waits for something that does not
// come, and expects it to end by itself with 130 and its one line.
func TestInterrupt(t *testing.T) {
	for _, tt := range []struct{ name, rules, until string }{
		{"connect", "port: 25 never-answer\n", "-- calling"},
		{"greeting", "on CONNECT\n  silence\n", "-- calling"},
		{"reply", "on RCPT\n  silence\n", "C: RCPT TO"},
		{"handshake", "offer: STARTTLS\non STARTTLS\n  220 ready\n  silence\n", "C: STARTTLS"},
		{"upload", "", "S: 354"},
		{"end", "on .\n  silence\n", "C: ."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cmd, stderr, input := sending(t, serving(t, tt.rules))
			if tt.name == "end" {
				input.Close()
			}
			said := until(t, stderr, tt.until)
			if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
			rest, err := io.ReadAll(stderr)
			if err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != 130 {
				t.Errorf("exit %d (%v), want 130", code, cmd.ProcessState)
			}
			if fault := lastLine(said+string(rest), 130); fault != "" {
				t.Errorf("%s in %q", fault, said+string(rest))
			}
		})
	}
}

// serving starts a server with rules and returns where it listens.
func serving(t *testing.T, rules string) string {
	t.Helper()
	scenario, err := practice.Parse("script", []byte(head+rules))
	if err != nil {
		t.Fatal(err)
	}
	server := practice.New(scenario)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	addr, _ := server.AddrOf(25)
	return addr.String()
}

// sending starts ehlo send with a message whose end has not come.
func sending(t *testing.T, server string) (*exec.Cmd, *bufio.Reader, io.WriteCloser) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "ehlo", "send", "--server", server, "--from=me@example.com", "--to=anna@example.org", "--data=-", "--timeout=10m")
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if _, err := io.WriteString(input, "Subject: begun\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewReader(stderr), input
}

// until reads lines up to one with these words.
func until(t *testing.T, in *bufio.Reader, words string) (said string) {
	t.Helper()
	for !strings.Contains(said, words) {
		line, err := in.ReadString('\n')
		said += line
		if err != nil {
			t.Fatalf("%v before %q:\n%s", err, words, said)
		}
	}
	return said
}

// TestStreams lets the end of a message come only when half of what
// comes before has arrived at the other end: nobody waited for the whole.
func TestStreams(t *testing.T) {
	line := []byte(strings.Repeat("x", 76) + "\r\n")
	beginning := bytes.Repeat(line, 20_000)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	arrived, taken := make(chan struct{}), make(chan string, 1)
	go func() { taken <- sink(ln, len(beginning)/2, arrived) }()
	cmd, stderr, input := sending(t, ln.Addr().String())
	if _, err := input.Write(beginning); err != nil {
		t.Fatal(err)
	}
	select {
	case <-arrived:
	case fault := <-taken:
		t.Fatal(fault)
	}
	fmt.Fprint(input, "the end\r\n")
	input.Close()
	said, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	if fault := <-taken; fault != "" {
		t.Error(fault)
	}
}

// sink takes one message and tells when its first n bytes have arrived. It
// returns what went wrong.
func sink(ln net.Listener, n int, arrived chan<- struct{}) string {
	conn, err := ln.Accept()
	if err != nil {
		return err.Error()
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for _, turn := range []struct{ say, hear string }{
		{"220 sink\r\n", "EHLO"}, {"250 sink\r\n", "MAIL"}, {"250 ok\r\n", "RCPT"}, {"250 ok\r\n", "DATA"}, {"354 go ahead\r\n", ""},
	} {
		_, _ = io.WriteString(conn, turn.say)
		if turn.hear == "" {
			break
		}
		if line, err := in.ReadString('\n'); !strings.HasPrefix(line, turn.hear) {
			return fmt.Sprintf("heard %q (%v), want %s", line, err, turn.hear)
		}
	}
	last := ""
	for bytes := 0; last != ".\r\n"; {
		if last, err = in.ReadString('\n'); err != nil {
			return err.Error()
		}
		if bytes < n && bytes+len(last) >= n {
			close(arrived)
		}
		bytes += len(last)
	}
	_, _ = io.WriteString(conn, "250 taken\r\n")
	_, _ = in.ReadString('\n')
	_, _ = io.WriteString(conn, "221 goodbye\r\n")
	return ""
}
