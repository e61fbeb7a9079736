//go:build unix

package quiet_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// TestNoQuestion starts a program on a terminal that answers nothing. Linked
// with this package it must not write an ESC byte; without it it does.
func TestNoQuestion(t *testing.T) {
	for name, wantESC := range map[string]bool{"quiet": false, "loud": true} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Contains(said(t, name), "\x1b"); got != wantESC {
				t.Errorf("writes an ESC byte at start: %v, want %v", got, wantESC)
			}
		})
	}
}

// said runs a program of testdata in a pty and returns all it writes up to
// its first line end, or up to the first ESC.
func said(t *testing.T, name string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "build", "-o", binary, "./testdata/"+name).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	return readUntil(terminal, "\n\x1b")
}

// readUntil reads until one of the stops has come, or the end.
func readUntil(terminal *os.File, stops string) string {
	var all strings.Builder
	buffer := make([]byte, 4096)
	for !strings.ContainsAny(all.String(), stops) {
		n, err := terminal.Read(buffer)
		all.Write(buffer[:n])
		if err != nil {
			break
		}
	}
	return all.String()
}
