package command_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/session/verdict"
)

// served are the ports of ehlo practice --serve, by name.
func served(t *testing.T, scenario string) map[string]string {
	t.Helper()
	cmd := exec.Command("ehlo", "practice", "--serve", scenario)
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
	t.Cleanup(func() { input.Close(); _ = cmd.Wait() })
	ports := make(map[string]string)
	for lines := bufio.NewScanner(output); lines.Scan(); {
		name, addr, _ := strings.Cut(lines.Text(), " ")
		if ports[name] = addr; name == "ready" {
			go func() { _, _ = io.Copy(io.Discard, output) }()
			return ports
		}
	}
	t.Fatalf("not ready: %v", ports)
	return nil
}

// TestSentAndArrived plays the how-to to its end, with commands alone: what was
// sent by one is found by the other.
func TestSentAndArrived(t *testing.T) {
	ports := served(t, "bulk")
	folder := t.TempDir()
	password, howto := filepath.Join(folder, "password"), filepath.Join(folder, "howto")
	for file, text := range map[string]string{password: "canary-secret\n", howto: "this is a test\r\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	send := []string{"send", "--server", ports["smtp"], "--to", "jcatalaa@catium.com", "--quiet"}
	look := []string{"check", "--json", "-v", "--arrived", "--mailbox-password-file", password, "--wait", "0s", "--mailbox"}
	inClear, encrypted := "imap://jcatalaa@catium.com@"+ports["imap"], "imaps://jcatalaa%40catium.com@"+ports["imaps"]
	for _, tt := range []struct {
		name       string
		send, look []string
		code, want string
		exit       int
	}{
		{"the how-to's bytes", []string{"--from", "<>", "--raw", "--data", howto}, []string{encrypted, "--insecure"}, "arrived-junk", "Bulk", 0},
		{"a whole mail", []string{"--from", "me@example.com", "--subject", "hi", "--header", "Message-ID: <1@example.com>"}, []string{inClear, "--insecure", "--message-id", "<1@example.com>"}, "arrived", "INBOX", 0},
		{"in clear", nil, []string{inClear, "--tls", "none", "--insecure-auth", "--message-id", "1@example.com"}, "arrived", "INBOX", 0},
		{"by LOGIN", nil, []string{inClear, "--tls", "none", "--insecure-auth", "--auth", "LOGIN", "--message-id", "1@example.com"}, "arrived", "INBOX", 0},
		{"another", nil, []string{encrypted, "--insecure", "--message-id", "2@example.com"}, "not-arrived", "", 42},
		{"not trusted", nil, []string{encrypted, "--message-id", "1@example.com"}, "sign-in-refused", "", 34},
		{"not encrypted", nil, []string{inClear, "--tls", "none"}, "sign-in-refused", "", 34},
		{"TLS at the wrong port", nil, []string{strings.Replace(inClear, "imap://", "imaps://", 1)}, "tls-failed", "", 33},
		{"SMTP", nil, []string{"imap://anna@" + ports["smtp"]}, "not-smtp", "", 25},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.send != nil {
				if out, err := exec.Command("ehlo", append(append([]string{}, send...), tt.send...)...).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			var seen strings.Builder
			cmd := exec.Command("ehlo", append(append([]string{}, look...), tt.look...)...)
			cmd.Stderr = &seen
			out, _ := cmd.Output()
			var facts verdict.Facts
			if err := json.Unmarshal(out, &facts); err != nil {
				t.Fatalf("%v\n%s\n%s", err, out, seen.String())
			}
			if code := cmd.ProcessState.ExitCode(); code != tt.exit || facts.Verdict.Code != tt.code || facts.Arrival.Folder != tt.want {
				t.Errorf("exit %d, %s in %q\n%s", code, facts.Verdict.Code, facts.Arrival.Folder, seen.String())
			}
			var object any
			_ = json.Unmarshal(out, &object) // it was read before
			for _, fault := range misshapen("", object) {
				t.Error(fault)
			}
			if fault := lastLine(seen.String(), tt.exit); fault != "" {
				t.Error(fault)
			}
			if strings.Contains(seen.String()+string(out), "canary") || strings.Contains(seen.String(), "Y2FuYXJ5") {
				t.Error("the password shows")
			}
		})
	}
}

// TestArrivedText holds what people read.
func TestArrivedText(t *testing.T) {
	ports := served(t, "bulk")
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	sent := exec.Command("ehlo", "send", "--server", ports["smtp"], "--to", "jcatalaa@catium.com", "--from", "<>", "--quiet", "--subject", "hi")
	if out, err := sent.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command("ehlo", "check", "--arrived", "--mailbox", "imaps://jcatalaa@catium.com@"+ports["imaps"], "--insecure", "--mailbox-password-file", password).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"YES          The message arrived, but in the folder for junk, Bulk, ", "Who acts     The recipient", "Folder       Bulk, for junk",
		"Subject      hi", "took it from", "DKIM says nothing", "A filter took it for spam: X-Spam-Flag: YES", "Nothing was changed in the mailbox.",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
