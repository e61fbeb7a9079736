//go:build peers && unix

package peers

import (
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// TestScreenSignIn signs in at the screen: by the helper that AUTH opens, by
// hand with the base64 done for us, and with all of it typed. A message goes
// out, and the password is neither in what the terminal was ever told nor in a
// file, while the program runs and when its terminal has gone.
func TestScreenSignIn(t *testing.T) {
	user, password := content(t, sasl("user")), content(t, sasl("password"))
	for name, signIn := range map[string]func(*screentest.Terminal){
		"helper": func(term *screentest.Terminal) {
			talk(term, step{"AUTH", "Sign in: how?"})
			term.Press("Enter")
			term.WaitFor("Who are you here?")
			talk(term, step{user, "The password of " + user + "?"})
			term.Type(password)
			term.WaitFor(strings.Repeat("*", len([]rune(password))))
		},
		"by hand": func(term *screentest.Terminal) {
			talk(term, step{"AUTH LOGIN", "By hand: "})
			choose(term, "By hand: ")
			term.WaitFor("The server asks: Username:")
			talk(term, step{user, "The server asks: Password:"})
			term.Type(password)
			term.WaitFor(strings.Repeat("*", len([]rune(password))))
		},
		"typed": func(term *screentest.Terminal) {
			term.Type("AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00"+user+"\x00"+password)))
			term.WaitFor("********")
		},
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			term := screenAt(t, home, "--ca", ca, "--server", strict, "signed@"+domain)
			term.WaitFor("220 mx." + domain)
			talk(term, step{"EHLO pc17.sender.example", "250-STARTTLS"}, step{"STARTTLS", "√ Encrypted, TLS 1.3"}, step{"EHLO pc17.sender.example", "(sign in)"})
			signIn(term)
			term.Press("Enter")
			talk(
				term, step{"", "235 2.7.0 Authentication successful"},
				step{"MAIL FROM:<me@sender.example>", "250 2.1.0 Ok"},
				step{"RCPT TO:<signed@" + domain + ">", "250 2.1.5 Ok"},
				step{"DATA", "354 End data"},
				step{"From: me@sender.example", ""}, step{"Subject: " + t.Name(), ""}, step{"", ""}, step{"x", ""},
				step{".", "It left our hands."},
			)
			kept(t, term, home, password)
			term.Hangup() // the journal is saved
			term.Wait()
			if files := kept(t, term, home, password); !strings.Contains(files, "AUTH ") || !strings.Contains(files, "<hidden>") {
				t.Errorf("the sign-in is in no file: %q", files)
			}
			if filed := arrived(t, "signed"); !strings.Contains(filed, "(Authenticated sender: "+user+")") {
				t.Errorf("the sender did not sign in: %s", filed)
			}
		})
	}
}

// choose presses the digit of a row of what is open.
func choose(term *screentest.Terminal, words string) {
	for row := range strings.SplitSeq(term.Text(), "\n") {
		if before, _, found := strings.Cut(row, words); found {
			term.Press(strings.Trim(before, " >"))
			return
		}
	}
}

// screenAt is screen with a home for the files that the program keeps.
func screenAt(t *testing.T, home string, args ...string) *screentest.Terminal {
	t.Helper()
	options := screentest.Options{Width: 120, Height: 90, Env: []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_STATE_HOME=" + home, "XDG_CACHE_HOME=" + home}}
	return screentest.Start(t, options, binary, append([]string{"--hello", "pc17.sender.example", "--from", "me@sender.example", "--dns", dns}, args...)...)
}

// kept expects a secret neither in what the terminal was told nor in a file. It
// returns the files.
func kept(t *testing.T, term *screentest.Terminal, home, secret string) (files string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files += path + "\n" + string(text) + "\n"
		return err
	})
	if err != nil {
		t.Error(err)
	}
	untold(t, said{stdout: string(term.Raw()), stderr: files}, secret)
	return files
}
