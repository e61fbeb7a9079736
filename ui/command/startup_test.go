//go:build unix

package command_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// TestAsksTheTerminalNothing starts the program where a library might ask the
// terminal something at start: a terminal that does not answer would hold it up.
func TestAsksTheTerminalNothing(t *testing.T) {
	term := screentest.Start(t, screentest.Options{Mute: true}, screentest.Build(t, "ehlo"), "version")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit %d", code)
	}
	if raw := term.Raw(); bytes.ContainsRune(raw, 0x1b) || !bytes.HasPrefix(raw, []byte("ehlo ")) {
		t.Errorf("wrote %q", raw)
	}
}

// Bounds on what packages may allocate before main, in bytes. A table that is
// built at start, as some versions of go-runewidth do, is far above them.
const (
	maxInit  = 256 << 10 // of one package
	maxInits = 1 << 20   // of all
)

// TestLittleWorkAtStart reads the runtime's account of package initialisation.
// It judges memory, which is the same on every run, not time.
func TestLittleWorkAtStart(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), screentest.Build(t, "ehlo"), "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	total, counted := 0, 0
	for line := range strings.Lines(trace.String()) {
		var name string
		var at, took float64
		var size int
		if n, _ := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %d bytes", &name, &at, &took, &size); n != 4 {
			continue
		}
		counted++
		total += size
		if size > maxInit {
			t.Errorf("%s allocates %d bytes at start", name, size)
		}
	}
	if counted == 0 || total > maxInits {
		t.Errorf("%d packages allocate %d bytes at start:\n%s", counted, total, trace.String())
	}
}
