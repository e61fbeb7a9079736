package imap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
)

// said folds typed lines, as if each had gone out.
func said(lines ...string) State {
	state := State{}
	for _, line := range lines {
		state = state.Sent(Dialect{}.Parse(line, state).Shown()).(State)
	}
	return state
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		state      State
		verb, wire string // what goes out first
		rest       string // and what waits
		shown      string
		answers    int
	}{
		{"tag", "noop", State{}, Noop, "a1 NOOP\r\n", "", "a1 NOOP", 1},
		{"next tag", "noop", said("noop", "noop"), Noop, "a3 NOOP\r\n", "", "a3 NOOP", 1},
		{"typed tag", "x7 select Bulk", State{}, Select, "x7 SELECT Bulk\r\n", "", "x7 SELECT Bulk", 1},
		{"our own tag, said again", "a9 select Bulk", State{}, Select, "a1 SELECT Bulk\r\n", "", "a1 SELECT Bulk", 1},
		{"UID", "uid fetch 5 (UID)", State{}, UIDFetch, "a1 UID FETCH 5 (UID)\r\n", "", "a1 UID FETCH 5 (UID)", 1},
		{"no word", "(x", State{}, session.Unreadable, "a1 (x\r\n", "", "a1 (x", 1},
		{"nothing", "", State{}, session.Unreadable, "\r\n", "", "", 1},
		{"unknown", "frob x", State{}, "FROB", "a1 FROB x\r\n", "", "a1 FROB x", 1},
		{"password", "login bob secret", State{}, Login, "a1 LOGIN bob secret\r\n", "", "a1 LOGIN bob <hidden>", 1},
		{"password in quotes", `login "bob" "se\"c ret"`, State{}, Login, `a1 LOGIN "bob" "se\"c ret"` + "\r\n", "", `a1 LOGIN "bob" "<hidden>"`, 1},
		{"password with blanks", "login bob se cret", State{}, Login, "a1 LOGIN bob se cret\r\n", "", "a1 LOGIN bob <hidden>", 1},
		{"password like the verb", "login in in", State{}, Login, "a1 LOGIN in in\r\n", "", "a1 LOGIN in <hidden>", 1},
		{"password beyond ASCII", `login bob "pässwort"`, State{}, Login, "a1 LOGIN bob {9}\r\n", "pässwort\r\n", "a1 LOGIN bob {9}\r\n<hidden>", 1},
		{"name beyond ASCII", `login "jürg" "secret"`, State{}, Login, "a1 LOGIN {5}\r\n", "jürg \"secret\"\r\n", "a1 LOGIN {5}\r\njürg \"<hidden>\"", 1},
		{"literal typed", "login bob {6}", State{}, Login, "a1 LOGIN bob {6}\r\n", "", "a1 LOGIN bob {6}", 1},
		{"literal without leave", "login bob {6+}", State{}, Login, "a1 LOGIN bob {6+}\r\n", "", "a1 LOGIN bob {6+}", 0},
		{"what follows it", "secret", said("login bob {6+}"), Login, "secret\r\n", "", "<hidden>", 1},
		{"initial response", "authenticate plain AGJvYg==", State{}, Authenticate, "a1 AUTHENTICATE plain AGJvYg==\r\n", "", "a1 AUTHENTICATE plain <hidden>", 1},
		{"typed ahead", "AGJvYg==", said("authenticate plain"), Authenticate, "AGJvYg==\r\n", "", "<hidden>", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			command := Dialect{}.Parse(tt.line, tt.state)
			first, rest := Dialect{}.Encode(command)
			got := []string{command.Verb, string(first), string(rest), command.Shown().Line}
			if diff := cmp.Diff([]string{tt.verb, tt.wire, tt.rest, tt.shown}, got); diff != "" {
				t.Error(diff)
			}
			if command.Answers != tt.answers {
				t.Errorf("%d answers, want %d", command.Answers, tt.answers)
			}
		})
	}
}

func TestEffects(t *testing.T) {
	for line, want := range map[string]session.Effect{"starttls": session.EffectUpgrade, "logout": session.EffectQuit, "noop": session.EffectNone} {
		if got := (Dialect{}).Parse(line, State{}).Effect; got != want {
			t.Errorf("%s: %d, want %d", line, got, want)
		}
	}
}

func TestSignsIn(t *testing.T) {
	for line, want := range map[string]bool{
		"login bob": false, "login bob ": true, "a1 login bob s": true, "authenticate plain ": true,
		"authenticate plain": false, "select bob s": false, "": false,
	} {
		if got := SignsIn(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

// FuzzParse holds that no typed line makes two commands of one, but for the
// literal it was made into, and that a secret never shows.
func FuzzParse(f *testing.F) {
	for _, line := range []string{"noop", `login bob "pä{3}"`, "x login {3}", `search header "a\"b" "ö" {1+}`, "uid", "uid  uid"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\r\n\x00") {
			t.Skip()
		}
		command := Dialect{}.Parse(line, State{})
		first, rest := Dialect{}.Encode(command)
		if strings.Count(string(first), "\n") != 1 || strings.Count(string(rest), "\n") > 1 {
			t.Errorf("%q and %q", first, rest)
		}
		if command.Verb == Login && len(command.Secrets) > 0 && !strings.Contains(command.Shown().Line, session.Hidden) {
			t.Errorf("%q shows its secret", command.Shown().Line)
		}
	})
}
