package command

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/verdict"
	"ehlo/ui"
	"ehlo/ui/plain"
)

func TestPlainIsWanted(t *testing.T) {
	tests := []struct {
		flag             bool
		term, accessible string
		want             bool
	}{
		{false, "xterm-256color", "", false},
		{false, "", "", false},
		{true, "xterm-256color", "", true},
		{false, "dumb", "", true},
		{false, "xterm", "1", true},
		{false, "xterm", "0", true}, // set and not empty is what counts
	}
	for _, test := range tests {
		env := map[string]string{"TERM": test.term, "ACCESSIBLE": test.accessible}
		if got := wantsPlain(test.flag, func(key string) string { return env[key] }); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

// TestPlainSaysWhatHappened pipes a talk in and reads the exit of it.
func TestPlainSaysWhatHappened(t *testing.T) {
	scenario, _ := practice.Find("unknown-user")
	servers, err := ui.StartPractice(t.Context(), scenario, false)
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	target, err := address.ParseTarget("mx1.example.org:25")
	if err != nil {
		t.Fatal(err)
	}
	config := plain.Config{
		Target: target, Hello: "pc17.example.org",
		Way: probe.Probe{Resolver: servers.Resolver(), Options: session.Options{Reach: servers.Reach()}},
	}
	printed, err := pipePlain(t, config, "EHLO pc17.example.org\nMAIL FROM:<>\nRCPT TO:<ana@example.org>\n")
	var failure *Failure
	if !errors.As(err, &failure) || failure.Code != verdict.ExitRecipient {
		t.Fatalf("%v\n%s", err, printed)
	}
	if got := failure.line(); got != "ehlo: The server says it has no mailbox ana@example.org (550)." {
		t.Error(got)
	}
	if !strings.Contains(printed, "Server: 550 5.1.1") || strings.ContainsAny(printed, "\x1b\r") {
		t.Errorf("printed\n%s", printed)
	}
	if printed, err = pipePlain(t, config, "EHLO pc17.example.org\nQUIT\n"); err != nil {
		t.Errorf("%v\n%s", err, printed)
	}
}

func pipePlain(t *testing.T, config plain.Config, lines string) (printed string, err error) {
	t.Helper()
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	go func() {
		_, _ = io.WriteString(typed, lines) // the run may end before
		typed.Close()
	}()
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	err = runPlain(t.Context(), Streams{In: in, Out: out}, config)
	text, readErr := os.ReadFile(out.Name())
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(text), err
}
