//go:build unix

package command_test

import (
	"bufio"
	"context"
	"io"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// TestCheckInterrupt interrupts check while it waits for something that does
// not come, one target or many, and expects it to end by itself with 130.
func TestCheckInterrupt(t *testing.T) {
	for _, tt := range []struct {
		name, rules, until string
		many               bool
	}{
		{"connect", "port: 25 never-answer\n", "-- calling", false},
		{"greeting", "on CONNECT\n  silence\n", "-- calling", false},
		{"reply", "on RCPT\n  silence\n", "C: RCPT TO", false},
		{"many", "on RCPT\n  silence\n", "C: RCPT TO", true},
		{"input", "", "C: QUIT", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cmd, stderr := checking(t, serving(t, tt.rules), tt.many)
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

// checking starts ehlo check; with many, its input does not end.
func checking(t *testing.T, server string, many bool) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	args := []string{"check", "-v", "--server", server, "--timeout=10m", "anna@example.org"}
	if many {
		args = append(args, "-")
	}
	cmd := exec.CommandContext(ctx, "ehlo", args...)
	if _, err := cmd.StdinPipe(); err != nil {
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
	return cmd, bufio.NewReader(stderr)
}
