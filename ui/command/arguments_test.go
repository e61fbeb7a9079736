package command_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// TestNoSecondLine puts line ends where one line is made of what was typed: a
// second command or header must not come of it. Nothing is contacted; the
// server named here would end it with 20.
func TestNoSecondLine(t *testing.T) {
	for _, args := range [][]string{
		{"--to", "anna@example.org>\r\nDATA\r\n"},
		{"--to", "anna\n@example.org"},
		{"--from", "me@example.com\r\nDATA"},
		{"--hello", "me.example\r\nQUIT"},
		{"--hello", "me.example\n"},
		{"--header", "X-A: b\r\nBcc: c@example.net"},
		{"--header", "X-A\r\nBcc: c@example.net"},
		{"--header", "X A: b"},
		{"--subject", "hello\r\nBcc: c@example.net"},
	} {
		cmd := exec.CommandContext(t.Context(), "ehlo", append([]string{
			"send", "--server=127.0.0.1:1", "--from=me@example.com", "--to=otto@example.org",
		}, args...)...)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		err := cmd.Run()
		exited := (*exec.ExitError)(nil)
		if !errors.As(err, &exited) || exited.ExitCode() != 2 {
			t.Errorf("%q: %v, want exit 2\n%s", args, err, stderr.String())
			continue
		}
		if fault := lastLine(stderr.String(), 2); fault != "" || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%q: %s: %q", args, fault, stderr.String())
		}
	}
}
