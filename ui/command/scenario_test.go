package command_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"ehlo/session/practice"
	"ehlo/session/verdict"
	"ehlo/ui"
)

// impatient are the scenarios whose servers take longer than a one-shot command
// waits here: what that comes to, in place of the head's verdict.
var impatient = map[string]struct {
	verdict string
	exit    int
}{
	"slow-greeting": {"silent", verdict.ExitSilent},
	"teaser":        {"silent", verdict.ExitSilent},
}

// TestScenarios sends a message to every built-in scenario, by way of its DNS,
// and expects the verdict and the exit code that the scenario's head names.
func TestScenarios(t *testing.T) {
	for _, scenario := range practice.Scenarios() {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			servers, err := ui.StartPractice(t.Context(), scenario, true)
			if err != nil {
				t.Fatal(err)
			}
			defer servers.Close()
			facts, last, code := sendJSON(t, "--dns", servers.DNS().String(), "--port", fmt.Sprint(servers.Mail.Addr().Port()),
				"--from", "me@example.com", "--to", scenario.Target, "--timeout", "3s")
			if hasty, ok := impatient[scenario.Name]; ok {
				scenario.Verdict, scenario.Exit = hasty.verdict, hasty.exit
			}
			if facts.Verdict == nil || facts.Verdict.Code != scenario.Verdict {
				t.Errorf("verdict %+v, the head says %s", facts.Verdict, scenario.Verdict)
			}
			if code != scenario.Exit || facts.Exit != scenario.Exit {
				t.Errorf("exit %d (in JSON %d), the head says %d", code, facts.Exit, scenario.Exit)
			}
			if fault := lastLine(last, code); fault != "" {
				t.Error(fault)
			}
		})
	}
}

// sendJSON runs ehlo send and reads its answer.
func sendJSON(t *testing.T, args ...string) (facts verdict.Facts, stderr string, code int) {
	t.Helper()
	var said strings.Builder
	cmd := exec.CommandContext(t.Context(), "ehlo", append([]string{"send", "--json", "--quiet"}, args...)...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &facts); err != nil {
		t.Fatalf("%v in %q, after %q", err, out, said.String())
	}
	return facts, said.String(), cmd.ProcessState.ExitCode()
}
