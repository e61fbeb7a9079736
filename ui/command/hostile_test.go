package command_test

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	dnspractice "ehlo/resolver/practice"
	"ehlo/session/practice"
)

// trick returns the first thing in a text that would do something to a terminal
// or to the eye: a control but LF, a mark of direction, of no width, a tag, a
// byte that is no text. Text that has passed the border has none.
func trick(text []byte) string {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			return fmt.Sprintf("byte %02x", text[0])
		case r == '\n':
		case unicode.Is(unicode.C, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r),
			unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			return fmt.Sprintf("%U", r)
		}
		text = text[size:]
	}
	return ""
}

// output runs ehlo and returns all that it writes.
func output(t *testing.T, stdin string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "ehlo", args...)
	cmd.Stdin = strings.NewReader(stdin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return out.Bytes()
}

// evilZone is a domain whose names are text of others, too.
const evilZone = `example.org. 600 IN MX 10 \027[31mevil\226\128\174.example.org.
example.org. 600 IN MX 20 \155evil\007.example.org.
example.org. 600 IN TXT "\027[2J"
\027[31mevil\226\128\174.example.org. 600 IN A 127.0.0.1
\155evil\007.example.org. 600 IN CNAME \027]0;x\007.example.org.
`

// TestNothingPassesTheBorder: whatever a server, a name or a flag holds, nothing
// that ehlo prints without a screen can act on a terminal or fool the eye.
func TestNothingPassesTheBorder(t *testing.T) {
	zone, err := dnspractice.ParseZone("evil", evilZone)
	if err != nil {
		t.Fatal(err)
	}
	names := &dnspractice.Server{Zone: zone}
	if err := names.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer names.Close()
	dns := names.Addr().String()
	for _, scenario := range practice.Scenarios() {
		if !strings.HasPrefix(scenario.Name, "hostile-") {
			continue
		}
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			mail := practice.New(scenario)
			if err := mail.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer mail.Close()
			to := []string{"--server", mail.Addr().String(), "--timeout", "2s", "--from", "me@example.com"}
			for _, args := range [][]string{
				append([]string{"send", "--to", scenario.Target}, to...),
				append([]string{"send", "--json", "--to", scenario.Target}, to...),
				append([]string{"check", "-v", scenario.Target}, to...),
				append([]string{"check", "--json", scenario.Target}, to...),
				{"check", "--timeout", "2s", "smtp://" + mail.Addr().String()},
				{"check", "--all", "--json", "--timeout", "2s", "smtp://" + mail.Addr().String()},
			} {
				out := output(t, "", args...)
				if found := trick(out); found != "" {
					t.Errorf("%s in what %q prints", found, args)
				}
				if scenario.Name == "hostile-escapes" && args[0] == "send" && !bytes.Contains(out, []byte(`\x1B`)) && !bytes.Contains(out, []byte(`\u001b`)) {
					t.Errorf("%q prints nothing of what the server said", args)
				}
			}
			// The plain front waits as long as a person does.
			if want := scenario.OneShot(); want.Verdict != "connection-lost" && want.Verdict != "lost-after-data" || scenario.Verdict == "accepted" {
				typed := "EHLO me\nMAIL FROM:<>\nRCPT TO:<anna@example.org>\nNOOP\nHELP\nQUIT\n"
				if found := trick(output(t, typed, "--plain", mail.Addr().String())); found != "" {
					t.Errorf("%s in the plain front", found)
				}
			}
		})
	}
	for _, args := range [][]string{
		{"mx", "--dns", dns, "example.org"},
		{"mx", "--json", "--dns", dns, "example.org"},
		{"check", "--dns", dns, "--port", "1", "anna@example.org"},
		{"check", "--json", "--dns", dns, "--port", "1", "anna@example.org"},
		{"check", "\x1b[2J@example.org"},
		{"check", "anna@\u202egro.elpmaxe\u009b2J"},
		{"mx", "\x1b]0;x\x07"},
		{"send", "--to", "a\x1b[2Jb@example.org", "--from", "\u200bx"},
		{"send", "--to", "a@example.org", "--from", "b@example.org", "--subject", "\x1b[2J\u202e", "--server", "127.0.0.1:1"},
		{"send", "--to", "a@example.org", "--from", "b@example.org", "--data", "\x1b[2J\u202e", "--server", "127.0.0.1:1"},
		{"send", "--to", "a@example.org", "--from", "b@example.org", "--hello", "\x1b[2J\u202e", "--server", "127.0.0.1:1"},
		{"practice", "\x1b[2J\u202e"},
		{"\x1b[2J\u202e"},
		{"--\x1b[2J\u202e"},
		{"--\xff\xfe"},
	} {
		if found := trick(output(t, "", args...)); found != "" {
			t.Errorf("%s in what %q prints", found, args)
		}
	}
}
