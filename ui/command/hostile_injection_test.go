package command_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/session/practice"
)

// TestNoRoadTakesASecondLine: what would be two lines on the wire is refused by
// every flag and argument before anything is contacted, with the place or the
// text shown.
func TestNoRoadTakesASecondLine(t *testing.T) {
	send := []string{"send", "--server=127.0.0.1:1", "--from=me@example.com", "--to=otto@example.org"}
	check := []string{"check", "--server=127.0.0.1:1", "otto@example.org"}
	for _, line := range []string{"a\rb", "a\nb", "a\r\nQUIT", "a\r\n.\r\nMAIL FROM:<>"} {
		for _, args := range [][]string{
			append(send, "--to", line+"@example.org"),
			append(send, "--to", "otto@example.org"+line),
			append(send, "--from", line+"@example.com"),
			append(send, "--from", "<me@example.com> "+line),
			append(send, "--hello", line),
			append(send, "--subject", line),
			append(send, "--header", "X-A: "+line),
			append(send, "--header", line+": x"),
			append(send, "--server", line),
			append(send, "--tls=implicit", "--server-name", line),
			append(check, line+"@example.org"),
			append(check, "--from", line+"@example.com"),
			append(check, "--hello", line),
			append(check, "--control", line+":25"),
			append(check, "--dns", line),
			{"check", "--hello", line, "smtp://127.0.0.1:1"},
			{"mx", line},
			{"mx", "--dns", "127.0.0.1:1", "example.org" + line},
			{"mx", "mailto:a@b%0d%0aQUIT.example"},
			{"--plain", "--hello", line, "127.0.0.1:1"},
			{"--plain", "--from", line, "127.0.0.1:1"},
			{"--plain", line + "@example.org"},
			{"practice", "--plain", line},
		} {
			if fault := refused(t, "", args...); fault != "" {
				t.Errorf("%q: %s", args, fault)
			}
		}
	}
}

// refused runs ehlo and tells what is wrong with how it refuses its arguments.
func refused(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "ehlo", args...)
	var stderr strings.Builder
	cmd.Stdin, cmd.Stderr = strings.NewReader(stdin), &stderr
	err := cmd.Run()
	exited := (*exec.ExitError)(nil)
	switch {
	case !errors.As(err, &exited) || exited.ExitCode() != 2:
		return "not refused: " + stderr.String()
	case strings.Count(stderr.String(), "\n") != 1:
		return "more than a line: " + stderr.String()
	}
	if fault := lastLine(stderr.String(), 2); fault != "" {
		return fault
	}
	if said := stderr.String(); !strings.Contains(said, "character ") && !strings.Contains(said, `\r`) && !strings.Contains(said, `\n`) && !strings.Contains(said, "line end") {
		return "the place is not shown: " + said
	}
	return ""
}

// TestNoLineOfInputIsTwo: lines read from standard input are one each, and what
// no line may hold is refused with its place.
func TestNoLineOfInputIsTwo(t *testing.T) {
	server := practice.New(practice.Scenario{})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for _, line := range []string{"anna\x00@example.org", "anna@example.org\rQUIT", "anna@example.org\x00"} {
		out := output(t, line+"\n", "check", "--server", server.Addr().String(), "-")
		if !strings.Contains(string(out), "character ") {
			t.Errorf("check - took %q: %s", line, out)
		}
	}
	for _, line := range []string{"NOOP\x00QUIT", "NOOP\rQUIT", "RCPT TO:<a@b>\x00"} {
		out := string(output(t, "EHLO me\n"+line+"\n", "--plain", server.Addr().String()))
		if !strings.Contains(out, "Not sent: character ") || strings.Contains(out, "You: NOOP") || strings.Contains(out, "You: RCPT") {
			t.Errorf("--plain made two of %q:\n%s", line, out)
		}
	}
}

// TestNoFileNameIsAHeader: a file may be called anything; in the message its name
// is one word of one header.
func TestNoFileNameIsAHeader(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a\r\nBcc: eve@example.net\r\n\r\n\".txt")
	if err := os.WriteFile(name, []byte("text"), 0o600); err != nil {
		t.Skip("no such file names here:", err)
	}
	server := practice.New(practice.Scenario{})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	out := output(t, "", "send", "--server", server.Addr().String(), "--from=me@example.com", "--to=otto@example.org", "--attach", name)
	for _, message := range server.Messages() {
		if strings.Contains(string(message.Data), "\nBcc:") {
			t.Errorf("the name became a header:\n%s", message.Data)
		}
	}
	if len(server.Messages()) == 0 && !strings.Contains(string(out), "ehlo: ") {
		t.Errorf("neither sent nor refused: %s", out)
	}
}
