package command_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	dnspractice "ehlo/resolver/practice"
)

// manyDomains starts a DNS server that knows domains d0.example to the last;
// the MX question of every tenth takes longer.
func manyDomains(t *testing.T, count int) (dns string, names []string) {
	t.Helper()
	var text strings.Builder
	for i := range count {
		name := fmt.Sprintf("d%d.example", i)
		names = append(names, name)
		fmt.Fprintf(&text, "%s MX 10 mx.%s\nmx.%s A 192.0.2.%d\n", name, name, name, i%250)
		if i%10 == 0 {
			fmt.Fprintf(&text, ";! on %s for MX delay 20ms\n", name)
		}
	}
	zone, err := dnspractice.ParseZone("many", text.String())
	if err != nil {
		t.Fatal(err)
	}
	server := &dnspractice.Server{Zone: zone}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server.Addr().String(), names
}

// mxMany runs mx over the names and returns the targets in the order in which
// they came out.
func mxMany(t *testing.T, names []string, args ...string) (targets []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "targets")
	if err := os.WriteFile(path, []byte(strings.Join(names, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	input, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	cmd := exec.CommandContext(t.Context(), "ehlo", append([]string{"mx", "--json"}, args...)...)
	cmd.Stdin = input
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		var answer struct {
			Target string
			Route  struct {
				Hosts []struct{ Addresses []string }
			}
		}
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if len(answer.Route.Hosts) != 1 || len(answer.Route.Hosts[0].Addresses) != 1 {
			t.Errorf("got %s", line)
		}
		targets = append(targets, answer.Target)
	}
	return targets
}

func TestMXMany(t *testing.T) {
	dns, names := manyDomains(t, 500)
	if got := mxMany(t, names, "--dns", dns, "--ordered", "-"); !slices.Equal(got, names) {
		t.Errorf("%d answers, not in order", len(got))
	}
	got := mxMany(t, names, "--dns", dns, "--jobs", "16", "-")
	if slices.Equal(got, names) {
		t.Error("a slow answer has held up the others")
	}
	slices.Sort(got)
	slices.Sort(names)
	if !slices.Equal(got, names) {
		t.Errorf("%d answers of %d", len(got), len(names))
	}
}
