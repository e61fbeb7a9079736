//go:build linux

package command_test

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ehlo/session/practice"
)

// TestAFullDiskIsSaid: an answer that cannot be written is no success, and what
// is told besides costs nothing but itself.
func TestAFullDiskIsSaid(t *testing.T) {
	server := practice.New(practice.Scenario{})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	at := server.Addr().String()
	for _, tt := range []struct {
		args     []string
		out, err bool // on the full disk
		exit     int
	}{
		{[]string{"check", "--server", at, "anna@example.org"}, true, false, 1},
		{[]string{"check", "--json", "--server", at, "anna@example.org"}, true, false, 1},
		{[]string{"send", "--server", at, "--from", "me@example.com", "--to", "anna@example.org"}, true, false, 1},
		{[]string{"send", "--server", at, "--from", "me@example.com", "--to", "anna@example.org"}, false, true, 0},
		{[]string{"check", "-v", "--server", at, "anna@example.org"}, false, true, 0},
		{[]string{"practice", "--list"}, true, false, 1},
		{[]string{"--plain", at}, true, false, 1},
	} {
		cmd := exec.CommandContext(t.Context(), "ehlo", tt.args...)
		var said strings.Builder
		cmd.Stderr = &said
		if tt.out {
			cmd.Stdout = full
		}
		if tt.err {
			cmd.Stderr = full
		}
		if code := exitOf(t, cmd); code != tt.exit {
			t.Errorf("%q: exit %d, want %d\n%s", tt.args, code, tt.exit, said.String())
		} else if fault := lastLine(said.String(), code); fault != "" && !tt.err {
			t.Errorf("%q: %s", tt.args, fault)
		}
	}
}

// TestNoHome: without a home, or with one that takes no file, everything works.
func TestNoHome(t *testing.T) {
	server := practice.New(practice.Scenario{})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	at := server.Addr().String()
	for _, home := range []string{"", "/proc/nowhere", "/dev/null"} {
		for _, args := range [][]string{
			{"check", "--server", at, "anna@example.org"},
			{"send", "--server", at, "--from", "me@example.com", "--to", "anna@example.org"},
			{"--plain", at},
			{"practice", "--list"},
			{"version"},
		} {
			cmd := exec.CommandContext(t.Context(), "ehlo", args...)
			cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME=", "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=")
			if code := exitOf(t, cmd); code != 0 {
				t.Errorf("HOME=%s %q: exit %d", home, args, code)
			}
		}
	}
}

// exitOf runs a command and returns its exit code.
func exitOf(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	err := cmd.Run()
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}
