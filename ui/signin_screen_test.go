//go:build unix

package ui_test

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ehlo/ui/screentest"
)

// canary is a password with signs that a server might write in another way.
const canary = `canary-"bird\4711`

// guarded is a scenario whose server knows the canary, and says it back in many
// forms to whoever says NOOP.
func guarded(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "guarded.txt")
	text := "ehlo scenario 1\n\nname: guarded\ntitle: Wants a sign-in\nstory: For a test.\ntarget: anna@example.org\nverdict: accepted\nexit: 0\n" +
		"host: mx1.example.org\nbanner: 220 {host} ESMTP\noffer: STARTTLS\noffer: AUTH PLAIN LOGIN\nneed: auth\nuser: ehlo " + canary + "\n" +
		"\non NOOP\n  250-said " + canary + "\n  250-in base64 " + inBase64(canary) + "\n  250 quoted " + quoted(canary) + "\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func inBase64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func quoted(text string) string { return strings.Trim(fmt.Sprintf("%q", text), `"`) }

// nowhere fails the test if bytes hold the canary in some form.
func nowhere(t *testing.T, where string, text []byte) {
	t.Helper()
	for _, form := range []string{
		canary, inBase64(canary), quoted(canary), "bird", inBase64("\x00ehlo\x00" + canary),
		inBase64("x" + canary)[4:20], inBase64("yy" + canary)[4:20],
	} {
		if at := strings.Index(string(text), form); at >= 0 {
			t.Errorf("%s tells %q: %q", where, form, text[max(0, at-60):min(len(text), at+60)])
		}
	}
}

// secretsOnScreen starts the screen against such a server, encrypted and greeted
// again, with a history and a journal.
func secretsOnScreen(t *testing.T, state string) *screentest.Terminal {
	t.Helper()
	term := screentest.Start(t, screentest.Options{Env: []string{
		"XDG_STATE_HOME=" + state, "EHLO_HISTORY=" + filepath.Join(state, "history"),
	}}, screentest.Build(t, "ehlo"), "practice", guarded(t))
	term.WaitFor("/connect 192.0.2.25")
	enter(term)
	term.WaitFor("Next: EHLO, HELO")
	says(term, [][2]string{{"EHLO me.example", "Next: MAIL FROM, STARTTLS"}, {"STARTTLS", "Next: EHLO"}, {"EHLO me.example", "Next: MAIL FROM, AUTH"}}...)
	return term
}

// TestNoSecretLeavesTheScreen: signing in by keys in every way, the password
// stands in no byte that the terminal got, nor in the journal, the history or
// any other file; also when the server says it back.
func TestNoSecretLeavesTheScreen(t *testing.T) {
	state := t.TempDir()
	term := secretsOnScreen(t, state)
	// By hand: a wrong one first, then stopped.
	says(term, [2]string{"AUTH LOGIN", "Sign in: how?"})
	term.Press("2")
	term.WaitFor("The server asks: Username:")
	says(term, [][2]string{{"ehlo", "The server asks: Password:"}, {canary + "x", "535 "}}...)
	// By the helper, with a slip of the fingers on the way.
	says(term, [2]string{"AUTH", "Sign in: how?"})
	term.Press("Enter")
	term.WaitFor("Who are you here?")
	says(term, [2]string{"ehlo", "The password of ehlo?"})
	term.Type(canary + "zz")
	term.WaitFor("*******************")
	term.Press("Backspace", "Backspace", "Up", "Enter")
	term.WaitFor("235 ")
	says(term, [2]string{"NOOP", "quoted <hidden>"})
	term.Press("Up")
	term.WaitFor(" > NOOP")
	term.Press("Up")
	term.WaitFor(" > AUTH")
	if rows := term.Screen(); strings.Contains(rows[21], "bird") {
		t.Errorf("the history offers %q", rows[21])
	}
	term.Signal(syscall.SIGHUP) // leaves the journal
	term.Wait()
	nowhere(t, "the terminal", term.Raw())
	files := 0
	err := filepath.WalkDir(state, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), "AUTH") {
			files++
		}
		nowhere(t, path, text)
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files tell of a sign-in: nothing was looked at (%v)", files, err)
	}
}

// TestGuideSignsInOnScreen walks a guided send through the sign-in that the
// server wants.
func TestGuideSignsInOnScreen(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice", guarded(t))
	term.WaitFor("/connect 192.0.2.25")
	term.Press("F5")
	for _, answer := range [][2]string{{"", "Question 2"}, {"", "Question 3"}, {"", "Question 4"}, {"helpdesk@example.org", "Question 5"}, {"Hello", "dot"}, {"Text", "dot"}, {".", "Send it?"}, {"y", "Sign in, then go on"}} {
		term.Type(answer[0])
		term.Press("Enter")
		term.WaitFor(answer[1])
	}
	term.Press("1")
	term.WaitFor("Sign in: how?")
	term.Press("1")
	term.WaitFor("Who are you here?")
	says(term, [2]string{"ehlo", "The password of ehlo?"}, [2]string{canary, "[message,"})
	sendOffered(term, "[message,")
	term.WaitFor("250 ok, queued")
	nowhere(t, "the terminal", term.Raw())
	leave(t, term)
}

// TestPlainHidesWhatIsTyped: a terminal does not show the password either, and
// shows again what is typed after it.
func TestPlainHidesWhatIsTyped(t *testing.T) {
	term := screentest.Start(t, screentest.Options{Width: 100, Height: 40}, screentest.Build(t, "ehlo"), "practice", "--plain", guarded(t))
	term.WaitFor("Server [1]:")
	term.Press("Enter")
	term.WaitFor("Who acts: You.")
	says(term, [][2]string{
		{"EHLO me.example", "Can switch this conversation"},
		{"STARTTLS", "The certificate is trusted."},
		{"EHLO me.example", "MAIL FROM:<sender> begins"},
		{"AUTH LOGIN", "Sign in, how?"},
		{"", "User name"},
		{"ehlo", "Password, it is hidden everywhere:"},
		{canary, "235 "},
		{"NOOP", "quoted <hidden>"},
		{"VRFY shown", "VRFY shown"},
		{"/quit", "The line is closed."},
	}...)
	term.Wait()
	nowhere(t, "the terminal", term.Raw())
	if !strings.Contains(string(term.Raw()), "VRFY shown\r\n") {
		t.Error("what is typed is not shown any more")
	}
	term.Restored()
}
