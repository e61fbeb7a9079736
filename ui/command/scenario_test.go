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
			want := scenario.OneShot()
			if facts.Verdict == nil || facts.Verdict.Code != want.Verdict {
				t.Errorf("verdict %+v, the head says %s", facts.Verdict, want.Verdict)
			}
			if code != want.Exit || facts.Exit != want.Exit {
				t.Errorf("exit %d (in JSON %d), the head says %d", code, facts.Exit, want.Exit)
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
