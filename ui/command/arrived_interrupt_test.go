//go:build unix

package command_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestInterruptLooking interrupts check --arrived while it waits to look again.
func TestInterruptLooking(t *testing.T) {
	ports := served(t, "bulk")
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("ehlo", "check", "--arrived", "-v", "--wait", "1h", "--insecure", "--message-id", "none@example.com",
		"--mailbox", "imaps://anna@"+ports["imaps"], "--mailbox-password-file", password)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	stderr := bufio.NewReader(pipe)
	said := until(t, stderr, "-- not there yet; looking again in 2 seconds, ")
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit %d, want 130", code)
	}
	if fault := lastLine(said+string(rest), 130); fault != "" {
		t.Errorf("%s in %q", fault, said+string(rest))
	}
}
