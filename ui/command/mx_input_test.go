//go:build unix

package command_test

import (
	"bufio"
	"io"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A target is answered while the next line has not come, and an interrupt ends
// the waiting for it.
func TestMXWaitsForInput(t *testing.T) {
	dns, names := manyDomains(t, 3)
	cmd := exec.CommandContext(t.Context(), "ehlo", "mx", "--json", "--dns", dns, "-")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(output)
	for _, name := range names {
		io.WriteString(input, name+"\n")
		if line, err := lines.ReadString('\n'); err != nil || !strings.Contains(line, `"target":"`+name+`"`) {
			t.Fatalf("got %q, %v", line, err)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, output)
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 || lastLine(stderr.String(), 130) != "" {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}

// A line that is no target because it never ends is told, not read into memory.
func TestMXEndlessLine(t *testing.T) {
	dns, names := manyDomains(t, 1)
	cmd := exec.CommandContext(t.Context(), "ehlo", "mx", "--json", "--dns", dns, "-")
	cmd.Stdin = strings.NewReader(names[0] + "\n" + strings.Repeat("x", 1<<20) + "\n" + names[0])
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, _ := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); code != 2 || strings.Count(string(out), "\n") != 1 {
		t.Errorf("exit %d, %q", code, out)
	}
	if fault := lastLine(stderr.String(), 2); fault != "" || !strings.Contains(stderr.String(), "too long") {
		t.Errorf("%s in %q", fault, stderr.String())
	}
}
