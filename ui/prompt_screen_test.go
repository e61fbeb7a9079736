//go:build unix

package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// talking starts practice and calls its first server.
func talking(t *testing.T, env ...string) *screentest.Terminal {
	t.Helper()
	term := screentest.Start(t, screentest.Options{Env: env}, screentest.Build(t, "ehlo"), "practice")
	term.WaitFor("/connect 4.79.181.18")
	enter(term)
	term.WaitFor("Next: EHLO, HELO, NOOP, QUIT")
	return term
}

// says types lines, each when the one before is answered: the row under the
// prompt tells what may come next.
func says(term *screentest.Terminal, lines ...[2]string) {
	for _, line := range lines {
		term.Type(line[0])
		term.Press("Enter")
		term.WaitFor(line[1])
	}
}

// TestCompletionOnScreen walks an envelope by Tab: verbs allowed now, our own
// name, addresses used before, parameters that the server offers.
func TestCompletionOnScreen(t *testing.T) {
	term := talking(t)
	term.Press("Tab")
	term.WaitFor("Say hello and ask what it offers")
	term.WaitFor("> EHLO name")
	term.Press("Enter")
	term.WaitFor(" > EHLO")
	term.Press("Tab")
	term.WaitUntil("our own name behind EHLO", func(rows []string) bool {
		name, found := strings.CutPrefix(rows[21], " > EHLO ")
		return found && !strings.HasPrefix(name, " ")
	})
	term.Press("Enter")
	term.WaitFor("Next: MAIL FROM, VRFY")
	term.Type("MA")
	term.Press("Tab")
	term.WaitFor(" > MAIL FROM:<")
	term.Type("jcatalaa@")
	term.Press("Tab")
	term.WaitFor(" > MAIL FROM:<jcatalaa@catium.com>")
	term.WaitFor("Next: SIZE=, BODY=8BITMIME")
	term.Press("Tab")
	term.WaitFor("how many bytes the message has")
	term.Press("Down", "Enter")
	term.WaitFor(" > MAIL FROM:<jcatalaa@catium.com> BODY=8BITMIME")
	if strings.Contains(term.Text(), "SMTPUTF8") {
		t.Errorf("offers what the server does not:\n%s", term.Text())
	}
	term.Press("Enter")
	term.WaitFor("Next: RCPT TO, RSET, NOOP, QUIT")
	term.Type("RCPT TO:<")
	term.Press("Tab")
	term.WaitFor(" > RCPT TO:<jcatalaa@catium.com>")
	term.Press("Enter")
	term.WaitFor("Next: DATA, RCPT TO, RSET, NOOP, QUIT")
	term.Press("Tab")
	term.WaitFor("> DATA")
	term.Press("Esc")
	term.WaitGone("You may say now")
	leave(t, term)
}

// TestWarningOnScreen: one of each kind. The held line goes at the second Enter
// as it was typed, or 1 takes the better one; a note holds nothing.
func TestWarningOnScreen(t *testing.T) {
	term := talking(t)
	term.Type("EHLO Jean-Marc here")
	term.WaitFor("a name with a space in it")
	term.Press("Enter")
	term.WaitFor("Not sent yet")
	term.WaitFor("Enter send as typed   1 take the better line   Esc edit")
	term.Press("Enter")
	term.WaitFor("250 PIPELINING")
	term.Type("MAIL FROM:helpdesk@example.org")
	term.WaitFor("no < > around the address")
	term.Press("Enter")
	term.WaitFor("Not sent yet")
	term.Press("1")
	term.WaitFor(" > MAIL FROM:<helpdesk@example.org>")
	term.WaitGone("Not sent yet")
	term.Press("Enter")
	term.WaitFor("Next: RCPT TO")
	term.Type("RCTP TO:<a@catium.com>")
	term.WaitFor("did you mean RCPT TO:<a@catium.com>?")
	term.Press("Enter")
	term.WaitFor("> RCTP TO:<a@catium.com>")
	term.WaitFor("50") // 500 or 502
	leave(t, term)
}

// TestPasteQueueOnScreen: a whole recipe, pasted, goes out as the user says.
func TestPasteQueueOnScreen(t *testing.T) {
	term := talking(t)
	says(term, [2]string{"EHLO pc17.example.org", "Next: MAIL FROM"})
	term.Paste("MAIL FROM:<helpdesk@example.org>\nRCPT TO:<jcatalaa@catium.com>\nRSET\n")
	term.WaitFor("Pasted: 3 lines, not sent yet")
	term.WaitFor("PIPELINING: several commands in one write")
	term.Press("3")
	term.WaitFor("3 lines handed over")
	term.WaitFor("> RSET")
	term.Paste("NOOP 1\nNOOP 2\nNOOP 3")
	term.WaitFor("Pasted: 3 lines")
	term.Press("Esc")
	term.WaitFor("next: NOOP 2")
	term.Press("Enter")
	term.WaitFor("next: NOOP 3")
	enter(term)
	term.WaitFor("> NOOP 2")
	term.Press("Ctrl+u")
	leave(t, term)
}

// TestEditorOnScreen gives the terminal to a real program and takes it back.
func TestEditorOnScreen(t *testing.T) {
	folder := t.TempDir()
	editor := filepath.Join(folder, "an-editor")
	script := "#!/bin/sh\ntest -t 0 && test -t 1 || exit 9\nprintf 'The editor has the terminal\\n'\nread go\nprintf '.dots\\n' >>\"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	term := talking(t, "VISUAL="+editor, "TMPDIR="+folder)
	says(term, [][2]string{
		{"EHLO pc17.example.org", "Next: MAIL FROM"},
		{"MAIL FROM:<helpdesk@example.org>", "Next: RCPT TO"},
		{"RCPT TO:<jcatalaa@catium.com>", "Next: DATA"},
		{"DATA", "Next: a header line"},
	}...)
	term.Type("/ed")
	term.Press("Tab")
	term.WaitFor("write the message in your editor")
	term.Press("Enter")
	term.WaitFor("The editor has the terminal")
	term.Type("go\n")
	sendOffered(term, "[your message,")
	term.WaitFor("250 ok dirdel")
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
	leave(t, term)
}
