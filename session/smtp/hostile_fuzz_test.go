package smtp

import (
	"strings"
	"testing"

	"ehlo/session"
)

// FuzzEHLO reads any answer to EHLO, in clear and behind TLS: what is offered is
// told, bounded, and forgotten by STARTTLS.
func FuzzEHLO(f *testing.F) {
	f.Add("250-mx\n250-SIZE 10\n250-AUTH PLAIN LOGIN\n250 STARTTLS\n")
	f.Add("250-mx\n250-SIZE 99999999999999999999\n250-AUTH=LOGIN\n250-\n250  \n")
	f.Add("250-mx\x1b\n250-X\x00Y =\n251 size -1\n")
	f.Fuzz(func(t *testing.T, input string) {
		state := Dialect{}.Start().Heard(session.Reply{Class: session.Yes, Code: 220, Lines: []string{"220 mx"}})
		hello := Dialect{}.Parse("EHLO me", state)
		state = state.Sent(hello)
		framer := Dialect{}.Frame(state)
		for line := range strings.Lines(input) {
			if framer.Take([]byte(strings.TrimSuffix(line, "\n")), 0) {
				break
			}
		}
		reply := framer.Reply()
		folded := state.Heard(reply).(State)
		if n := len(folded.Extensions); n > len(reply.Lines) {
			t.Fatalf("%d extensions of %d lines", n, len(reply.Lines))
		}
		if size := folded.Extensions.Size(); size < 0 {
			t.Errorf("SIZE %d", size)
		}
		for _, extension := range folded.Extensions {
			if _, offered := folded.Extensions.Get(extension.Keyword); !offered || extension.Keyword == "" {
				t.Errorf("%q is offered and not found", extension.Keyword)
			}
		}
		folded.Extensions.Mechanisms()
		if secure := folded.Encrypted().(State); len(secure.Extensions) != 0 || secure.Hello != "" {
			t.Errorf("still known behind TLS: %v", secure.Extensions)
		}
	})
}
