package explain

import (
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/sanitize"
)

// FuzzBanner recognises any greeting, list and host name: all it says can be
// shown.
func FuzzBanner(f *testing.F) {
	f.Add("220 mx.example.org ESMTP Postfix (Debian)", "PIPELINING\nSIZE 10", "mx.example.org")
	f.Add("220 \x1b]0;x\a ESMTP \u202eexE", "X\x1b\n", "a.mail.protection.outlook.com")
	f.Add("220-************\n220 ***", "XXXXXXXA\nSIZE", "")
	f.Add("SSH-2.0-\xff", "", "..")
	f.Fuzz(func(t *testing.T, greeting, list, host string) {
		lines := strings.Split(greeting, "\n")
		reply := session.Reply{Class: session.Yes, Code: 220, Lines: lines}
		told := []string{
			Reply(reply, session.Command{}).Text, Reply(reply, session.Command{}).Next,
			Form(session.Flaw(len(greeting))), Keyword(list).Say, Missing(strings.Split(list, "\n")),
		}
		id := Identify(reply, strings.Split(list, "\n"), host)
		told = append(append(told, id.Say), id.Why...)
		for _, text := range told {
			if sanitize.Text(text) != text {
				t.Errorf("%q cannot be shown", text)
			}
		}
	})
}
