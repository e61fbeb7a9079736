//go:build peers && unix

package peers

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ehlo/session/verdict"
)

// The ways in which Dovecot lets its user in, with the file of what it wants.
// It offers no -PLUS through Postfix, and EXTERNAL needs a TLS layer of its own.
var ways = []struct{ way, secret string }{
	{"PLAIN", "password"},
	{"LOGIN", "password"},
	{"CRAM-MD5", "password"},
	{"SCRAM-SHA-1", "password"},
	{"SCRAM-SHA-256", "password"},
	{"XOAUTH2", "token"},
	{"OAUTHBEARER", "token"},
}

// sasl is a file of the Dovecot's.
func sasl(file string) string { return filepath.Join(os.Getenv("EHLO_PEERS_SASL"), file) }

// content reads one.
func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// as are the flags of a sign-in, with the secret of a file.
func as(t *testing.T, way, file string) []string {
	t.Helper()
	args := []string{"--auth-user", content(t, sasl("user")), "--auth-password-file", file}
	if way != "" {
		args = append(args, "--auth", way)
	}
	return args
}

// TestSignIn: a message gets into the mailbox in each way, over STARTTLS and
// over TLS from the first byte; a wrong secret ends with the server's own words;
// no secret is told anywhere.
func TestSignIn(t *testing.T) {
	for _, tt := range ways {
		for _, door := range []struct{ tls, server string }{{"starttls", strict}, {"implicit", smtps}} {
			trusted := []string{"--tls", door.tls, "--ca", ca}
			t.Run(tt.way+" "+door.tls, func(t *testing.T) {
				t.Parallel()
				got := deliver(t, 0, door.server, "signed", append(trusted, as(t, tt.way, sasl(tt.secret))...)...)
				signedIn(t, got, tt.way)
				hides(t, got, content(t, sasl(tt.secret)))
			})
			t.Run(tt.way+" "+door.tls+" wrong", func(t *testing.T) {
				t.Parallel()
				wrong := "not-" + content(t, sasl("password"))
				got := deliver(t, verdict.ExitSignIn, door.server, "signed", append(trusted, as(t, tt.way, write(t, []byte(wrong)))...)...)
				refusedBy(t, got, tt.way)
				hides(t, got, wrong)
			})
		}
	}
}

// signedIn expects a sign-in in one way, and that Postfix knows of it.
func signedIn(t *testing.T, got said, way string) {
	t.Helper()
	got.tells(t, "certificate trusted", "\nC: AUTH "+way, "\nS: 235 2.7.0 Authentication successful\n")
	if stage := stageOf(got, "auth"); stage == nil || !stage.OK || stage.Code != 235 || got.Verdict.Code != "accepted" {
		t.Errorf("%+v, %+v", stage, got.Verdict)
	}
	filed := arrived(t, "signed")
	if sender := "(Authenticated sender: " + content(t, sasl("user")) + ")"; !strings.Contains(filed, sender) || !strings.Contains(filed, "with ESMTPSA id") {
		t.Errorf("nothing of %s in %s", sender, filed)
	}
}

// refusedBy expects the server's words as JSON, in the transcript and in the
// last line.
func refusedBy(t *testing.T, got said, way string) {
	t.Helper()
	const words = "5.7.8 Error: authentication failed: "
	stage := stageOf(got, "auth")
	if stage == nil || stage.OK || stage.Code != 535 || stage.Enhanced != "5.7.8" || !strings.Contains(strings.Join(stage.Text, "\n"), words) {
		t.Errorf("the stage is %+v", stage)
	}
	if got.Verdict.Code != "sign-in-refused" || got.Verdict.Word != "NO" || got.Verdict.Who != "sender" {
		t.Errorf("the verdict is %+v", got.Verdict)
	}
	got.tells(t, "\nC: AUTH "+way, "\nS: 535 "+words)
	if got.lastLine() != "ehlo: The server did not accept the sign-in (535)." {
		t.Errorf("it ends with %q", got.lastLine())
	}
	absent(t, "signed")
}

func stageOf(got said, name string) *verdict.Stage {
	if len(got.Tries) == 0 {
		return nil
	}
	for i, stage := range got.Tries[0].Stages {
		if string(stage.Name) == name {
			return &got.Tries[0].Stages[i]
		}
	}
	return nil
}

// ours are the lines of the transcript that we say in a sign-in.
var ours = regexp.MustCompile(`(?m)^C: (AUTH [A-Z0-9-]+( <hidden>)?|<hidden>|)$`)

// hides expects a secret nowhere in what a run wrote, and our lines hidden.
func hides(t *testing.T, got said, secret string) {
	t.Helper()
	if !strings.Contains(got.stderr, "<hidden>") {
		t.Errorf("nothing is hidden in\n%s", got.stderr)
	}
	_, talk, _ := strings.Cut(got.stderr, "\nC: AUTH ")
	talk, _, _ = strings.Cut("C: AUTH "+talk, "\nC: MAIL")
	for line := range strings.SplitSeq(talk, "\n") {
		if strings.HasPrefix(line, "C: ") && line != "C: QUIT" && !ours.MatchString(line) {
			t.Errorf("a line of the sign-in is shown: %q", line)
		}
	}
	untold(t, got, secret)
}

// untold expects a secret nowhere: as it is, in quotes, or in base64, whatever
// stands before it.
func untold(t *testing.T, got said, secret string) {
	t.Helper()
	forms := []string{secret, strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(secret)}
	for before := range 3 {
		encoded := base64.RawStdEncoding.EncodeToString([]byte("\x00\x00\x00"[:before] + secret))
		forms = append(forms, encoded[4:len(encoded)-4]) // its ends depend on what is beside them
	}
	for _, form := range forms {
		for name, text := range map[string]string{"standard output": got.stdout, "standard error": got.stderr} {
			if strings.Contains(text, form) {
				t.Errorf("%q is told on %s:\n%s", form, name, text)
			}
		}
	}
}

// TestSignInIsTheStrongest without a way by name, the secret from a file, from
// standard input and from the environment, for a question as for a message.
func TestSignInIsTheStrongest(t *testing.T) {
	password, user := content(t, sasl("password")), content(t, sasl("user"))
	for _, tt := range []struct {
		name, stdin string
		more, args  []string
	}{
		{name: "file", args: []string{"--auth-password-file", sasl("password")}},
		{name: "input", stdin: password + "\n", args: []string{"--auth-password-file", "-"}},
		{name: "environment", more: []string{"EHLO_PASSWORD=" + password}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"--ca", ca, "--auth-user", user}, tt.args...)
			got := deliverWith(t, tt.more, []byte(tt.stdin), 0, strict, "signed", args...)
			signedIn(t, got, "SCRAM-SHA-256")
			hides(t, got, password)
			check := append([]string{"check", "-v", "--dns", dns, "--server", strict, "signed@" + domain}, args...)
			var code int
			if got.stdout, got.stderr, code = runWith(t, tt.more, []byte(tt.stdin), check...); code != 0 {
				t.Errorf("check: exit %d\n%s", code, got.stderr)
			}
			got.tells(t, "\nC: AUTH SCRAM-SHA-256 <hidden>\n")
			hides(t, got, password)
		})
	}
}

// TestSignInPolicy: who signs in over what, and what is said when we do not.
// No secret is said where the program stops first.
func TestSignInPolicy(t *testing.T) {
	const (
		inClear    = "We did not sign in: this talk is not encrypted"
		notTrusted = "We did not sign in: the certificate is not trusted"
		offersNone = "We did not sign in: the server offers no way to do so here."
	)
	for _, tt := range []struct {
		name, server string
		exit         int
		words        string // of the last line
		args         []string
	}{
		{"clear", submission, verdict.ExitSignIn, inClear, []string{"--tls", "none"}},
		{"clear, insecure is not for it", submission, verdict.ExitSignIn, inClear, []string{"--tls", "none", "--insecure"}},
		{"clear, allowed", submission, 0, "", []string{"--tls", "none", "--insecure-auth"}},
		{"clear, not offered", strict, verdict.ExitSignIn, offersNone, []string{"--tls", "none", "--insecure-auth"}},
		{"never offered", named("EHLO_PEERS_SMTP"), verdict.ExitSignIn, offersNone, []string{"--ca", ca}},
		{"untrusted", submission, verdict.ExitSignIn, notTrusted, nil},
		{"untrusted, insecure-auth is not for it", submission, verdict.ExitSignIn, notTrusted, []string{"--insecure-auth"}},
		{"untrusted, allowed", submission, 0, "", []string{"--insecure"}},
		{"untrusted starttls", strict, verdict.ExitTLSFailed, "is not trusted: ", []string{"--tls", "starttls"}},
		{"untrusted starttls, allowed", strict, 0, "", []string{"--tls", "starttls", "--insecure"}},
		{"untrusted implicit", smtps, verdict.ExitTLSFailed, "is not trusted: ", []string{"--tls", "implicit", "--insecure-auth"}},
		{"another name", strict, verdict.ExitSignIn, notTrusted, []string{"--ca", ca, "--server-name", "other.example"}},
		{"no such way", strict, verdict.ExitSignIn, "the server does not offer SCRAM-SHA-256-PLUS. It offers PLAIN, LOGIN, ", []string{"--ca", ca, "--auth", "SCRAM-SHA-256-PLUS"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := deliver(t, tt.exit, tt.server, "signed", append(as(t, "", sasl("password")), tt.args...)...)
			untold(t, got, content(t, sasl("password")))
			if tt.exit == 0 {
				arrived(t, "signed")
				return
			}
			if !strings.Contains(got.lastLine(), tt.words) {
				t.Errorf("it ends with %q", got.lastLine())
			}
			if strings.Contains(got.stderr, "\nC: AUTH") || strings.Contains(got.stderr, "\nC: MAIL") {
				t.Errorf("it went on:\n%s", got.stderr)
			}
			absent(t, "signed")
		})
	}
}

// TestSignInIsWanted: the server takes nothing of strangers, and the password
// goes to no server that a DNS record names.
func TestSignInIsWanted(t *testing.T) {
	got := deliver(t, verdict.ExitRecipient, strict, "signed", "--tls", "starttls", "--ca", ca)
	got.tells(t, "Access denied")
	_, stderr, code := run(t, nil, append([]string{"send", "--dns", dns, "--from", "me@sender.example", to("signed")}, as(t, "", sasl("password"))...)...)
	if code != verdict.ExitUsage || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "--server") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// TestSignInIsElsewhere: AUTH typed where Postfix has none, or before TLS, gets
// a no that says nothing of the password, and is told so.
func TestSignInIsElsewhere(t *testing.T) {
	for _, server := range []string{strict, named("EHLO_PEERS_SMTP")} {
		stdout, _, _ := run(t, []byte("EHLO pc17.sender.example\nAUTH LOGIN\nQUIT\n"), "--plain", "--dns", dns, "--server", server)
		for _, words := range []string{"503 5.5.1 Error: authentication not enabled", "It offers no sign-in here, or only after STARTTLS."} {
			if !strings.Contains(stdout, words) {
				t.Errorf("%s: no %q in\n%s", server, words, stdout)
			}
		}
	}
}
