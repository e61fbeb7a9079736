package plain

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/practice"
)

// canary is a password with signs that a server might write in another way.
const canary = `canary-"bird\4711`

// signInNeeded is a server that knows the canary, in clear or behind TLS.
func signInNeeded(t *testing.T) setting {
	t.Helper()
	const text = "ehlo scenario 1\n\nname: signs-in\ntitle: Wants a sign-in\nstory: For a test.\ntarget: anna@example.org\nverdict: accepted\nexit: 0\n" +
		"host: mx1.example.org\nbanner: 220 {host} ESMTP\noffer: STARTTLS\noffer: AUTH PLAIN LOGIN\nneed: auth\nuser: ehlo " + canary + "\n"
	scenario, err := practice.Parse("signs-in", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	set := playFound(t, scenario)
	set.config.Target = target(t, "192.0.2.25:25")
	roots, err := set.mail.Roots()
	if err != nil {
		t.Fatal(err)
	}
	set.config.Way.Options.TLS.Roots, set.config.Way.Options.TLS.Name = roots, "mx1.example.org"
	return set
}

// quiet fails the test if the canary was printed in some form.
func quiet(t *testing.T, printed string) {
	t.Helper()
	quoted := fmt.Sprintf("%q", canary)
	for _, form := range []string{
		canary, base64.StdEncoding.EncodeToString([]byte(canary)), quoted[1 : len(quoted)-1], "bird",
		base64.StdEncoding.EncodeToString([]byte("\x00ehlo\x00" + canary)),
	} {
		if at := strings.Index(printed, form); at >= 0 {
			t.Errorf("%q is told: %.200q", form, printed[max(0, at-60):])
		}
	}
}

const upToTLS = "EHLO pc17.example.org\nSTARTTLS\nEHLO pc17.example.org\n"

// TestSignInThroughAPipe: by the helper and by hand, the password goes out and
// is printed in no form.
func TestSignInThroughAPipe(t *testing.T) {
	for _, test := range []struct {
		name, lines string
		want        []string
	}{
		{"helper", upToTLS + "AUTH\n\nehlo\n" + canary + "\n", []string{"  1. PLAIN", "everywhere: <hidden>", "You: AUTH PLAIN <hidden>", "Server: 235"}},
		{"by name", upToTLS + "/auth login\n\nehlo\n" + canary + "\n", []string{"  1. LOGIN", "You: AUTH LOGIN", "You: <hidden>", "Server: 235"}},
		{"by number", upToTLS + "/auth\n2\nehlo\n" + canary + "\n", []string{"You: AUTH LOGIN", "Server: 235"}},
		{"by hand", upToTLS + "/auth\n3\nehlo\n" + canary + "\n", []string{"The server asks: Username:", "The server asks: Password:", "You: <hidden>", "Server: 235"}},
		{"by hand, plain", upToTLS + "/auth PLAIN\n2\n\\0ehlo\\0" + canary + "\n", []string{"Type \\0user\\0password", "You: <hidden>", "Server: 235"}},
		{"stopped", upToTLS + "/auth LOGIN\n2\n*\nNOOP\n", []string{"You: *", "Server: 501", "You: NOOP", "Server: 250"}},
		{"wrong", upToTLS + "AUTH\n\nehlo\nwrong-one\n", []string{"Server: 535", "NO. The server did not accept the sign-in."}},
		{"left", upToTLS + "AUTH\n/cancel\nNOOP\n", []string{"Not signed in. Nothing was sent.", "You: NOOP"}},
		{"in clear, no", "EHLO pc17.example.org\nAUTH\n\nNOOP\n", []string{"The line is not encrypted", "[n]: \n", "We did not sign in", "You: NOOP"}},
		{"in clear, yes", "EHLO pc17.example.org\nAUTH\ny\n\nehlo\n" + canary + "\n", []string{"The line is not encrypted", "You: AUTH PLAIN <hidden>", "Server: 235"}},
		{"before EHLO", "/auth\nNOOP\n", []string{"EHLO first", "You: NOOP"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			printed, _, _ := walk(t, signInNeeded(t).config, test.lines)
			rest := strings.ReplaceAll(printed, "[n]:\n", "[n]: \n")
			for _, want := range test.want {
				at := strings.Index(rest, want)
				if at < 0 {
					t.Fatalf("no %q, or not in this order:\n%s", want, printed)
				}
				rest = rest[at:]
			}
			quiet(t, printed)
		})
	}
}

// TestNotTrustedIsAskedAbout: nobody knows who would get the password.
func TestNotTrustedIsAskedAbout(t *testing.T) {
	set := signInNeeded(t)
	set.config.Way.Options.TLS.Roots = nil
	printed, _, _ := walk(t, set.config, upToTLS+"AUTH\nn\nAUTH\ny\n\nehlo\n"+canary+"\n")
	if strings.Count(printed, "Nobody knows who would get the password") != 2 || strings.Count(printed, "You: AUTH") != 1 || !strings.Contains(printed, "Server: 235") {
		t.Errorf("printed\n%s", printed)
	}
	quiet(t, printed)
}

// TestGuideSignsInByFlags: the plan says what is secret marked, and knows of the
// layer.
func TestGuideSignsInByFlags(t *testing.T) {
	for _, way := range []string{"", "LOGIN", "PLAIN"} {
		set := signInNeeded(t)
		set.config.From = "<>"
		set.config.SignIn.Wanted, set.config.SignIn.Way = true, way
		set.config.SignIn.Who.User, set.config.SignIn.Who.Password = "ehlo", session.NewSecret(canary)
		printed, _, _ := walk(t, set.config, "/send\nanna@example.org\n\n\n\nHello\nText\n.\ny\n4\n")
		if !strings.Contains(printed, "Server: 235") || !strings.Contains(printed, "It left our hands.") {
			t.Errorf("%s: printed\n%s", way, printed)
		}
		quiet(t, printed)
	}
}

// TestEchoIsOff while a secret is read, and on again.
func TestEchoIsOff(t *testing.T) {
	set := signInNeeded(t)
	var told []bool
	set.config.Echo = func(on bool) { told = append(told, on) }
	printed, _, _ := walk(t, set.config, upToTLS+"AUTH\n\nehlo\n"+canary+"\n")
	if len(told) != 2 || told[0] || !told[1] {
		t.Errorf("%v\n%s", told, printed)
	}
}

// TestTLSInSentences: what is known of the encryption, and the chain in a file
// that was not there before.
func TestTLSInSentences(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chain.pem")
	printed, _, _ := walk(t, signInNeeded(t).config, "/tls\n"+upToTLS+"/tls\n/tls save\n/tls save "+path+"\n/tls save "+path+"\n")
	for _, want := range []string{
		"The line is not encrypted.", "Encrypted with TLS 1.3, the newest", "The certificate is for ", "did not ask for a certificate of ours",
		"Into which file?", "as PEM.", "could not be kept",
	} {
		if !strings.Contains(printed, want) {
			t.Errorf("no %q:\n%s", want, printed)
		}
	}
	text, err := os.ReadFile(path)
	info, _ := os.Stat(path)
	if err != nil || !strings.HasPrefix(string(text), "-----BEGIN CERTIFICATE-----") || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %q", err, text)
	}
}
