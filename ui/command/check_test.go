package command_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"ehlo/session/practice"
	"ehlo/session/verdict"
	"ehlo/ui"
)

// TestCheckScenarios asks every built-in scenario about its target, by way of
// its DNS.
func TestCheckScenarios(t *testing.T) {
	for _, scenario := range practice.Scenarios() {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			servers, err := ui.StartPractice(t.Context(), scenario, true)
			if err != nil {
				t.Fatal(err)
			}
			defer servers.Close()
			want := scenario.Asked()
			args := []string{
				"--dns", servers.DNS().String(), "--port", fmt.Sprint(servers.Mail.Addr().Port()),
				"--from", "me@example.com", "--timeout", "3s", scenario.Target,
			}
			checked(t, want.Verdict, want.Exit, args...)
			if scenario.Name == "accepts-everything" {
				checked(t, "accepts-everything", verdict.ExitCannotTell, append(args, "--catch-all")...)
			}
			if n := len(servers.Mail.Messages()); n > 0 {
				t.Errorf("%d messages were sent", n)
			}
		})
	}
}

// checked runs ehlo check on one target and holds verdict, exit and last line.
func checked(t *testing.T, want string, exit int, args ...string) {
	t.Helper()
	out, last, code := runCheck(t, "", append([]string{"--json"}, args...)...)
	var facts verdict.Facts
	if err := json.Unmarshal(out, &facts); err != nil {
		t.Fatalf("%v in %q, after %q", err, out, last)
	}
	if facts.Verdict == nil || facts.Verdict.Code != want || code != exit || facts.Exit != exit {
		t.Errorf("verdict %+v, exit %d (in JSON %d), want %s, %d", facts.Verdict, code, facts.Exit, want, exit)
	}
	if fault := lastLine(last, code); fault != "" {
		t.Error(fault)
	}
}

func runCheck(t *testing.T, stdin string, args ...string) (out []byte, stderr string, code int) {
	t.Helper()
	var said strings.Builder
	cmd := exec.CommandContext(t.Context(), "ehlo", append([]string{"check"}, args...)...)
	cmd.Stdin, cmd.Stderr = strings.NewReader(stdin), &said
	out, err := cmd.Output()
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return out, said.String(), cmd.ProcessState.ExitCode()
}

// TestCheckBatch asks about fifty targets at once: each has one line, in any
// order or in theirs, and a transcript tells one talk after the other.
func TestCheckBatch(t *testing.T) {
	scenario, _ := practice.Find("unknown-user")
	servers, err := ui.StartPractice(t.Context(), scenario, true)
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	var targets strings.Builder
	for i := range 50 {
		name := "anna"
		if i%5 == 0 {
			name = "ana" // the server has no such name
		}
		fmt.Fprintf(&targets, "%s@example.org\n", name)
	}
	whole := regexp.MustCompile(`-- calling .*\nS: 220 .*\nC: EHLO .*\n(S: 250.*\n)+C: MAIL .*\nS: 250.*\nC: RCPT .*\nS: .*\nC: RSET\nS: 250.*\nC: QUIT\nS: 221.*\n-- hung up\n`)
	for _, more := range [][]string{nil, {"--ordered"}, {"--jobs", "1"}, {"-v", "--per-host", "3"}} {
		args := append([]string{"--json", "--dns", servers.DNS().String(), "--port", fmt.Sprint(servers.Mail.Addr().Port()), "-"}, more...)
		out, stderr, code := runCheck(t, targets.String(), args...)
		if code != 0 {
			t.Errorf("%v: exit %d, %s", more, code, stderr)
		}
		counts, order := tally(t, out)
		if counts["accepted"] != 40 || counts["refused-address"] != 10 {
			t.Errorf("%v: %v", more, counts)
		}
		if ordered := order == strings.ReplaceAll(targets.String(), "@example.org\n", " "); len(more) == 1 && !ordered {
			t.Errorf("not in order: %s", order)
		}
		if n := whole.FindAllString(stderr, -1); len(more) > 2 && (len(n) != 50 || strings.Join(n, "") != stderr) {
			t.Errorf("%d talks are told in one piece", len(n))
		}
	}
}

// tally counts the verdicts of a batch and lists the names in their order.
func tally(t *testing.T, out []byte) (counts map[string]int, order string) {
	t.Helper()
	counts = make(map[string]int)
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var facts verdict.Facts
		if err := json.Unmarshal(lines.Bytes(), &facts); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		counts[facts.Verdict.Code]++
		name, _, _ := strings.Cut(facts.Target, "@")
		order += name + " "
	}
	return counts, order
}
