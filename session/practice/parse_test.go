package practice

import (
	"errors"
	"strings"
	"testing"
)

func TestMalformedScenarios(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", `bad.txt: the first line must read "ehlo scenario 1"`},
		{"version", "ehlo scenario 2\n", "bad.txt:1: the first line must read"},
		{"no name", strings.Replace(head, "name: x\n", "", 1), `bad.txt: the head has no "name"`},
		{"no exit", strings.Replace(head, "exit: 0\n", "", 1), `bad.txt: the head has no "exit"`},
		{"key", head + "colour: red\n", `bad.txt:8: no such key: "colour"`},
		{"twice", head + "host: y\n", `bad.txt:8: "host" stands twice`},
		{"no value", head + "client:\n", "bad.txt:8: neither"},
		{"client", head + "client: here\n", "bad.txt:8: want an IP address"},
		{"control", head + "control: mail.example.net\n", "bad.txt:8: want a host and a port"},
		{"exit", strings.Replace(head, "exit: 0", "exit: 256", 1), "bad.txt:7: an exit code"},
		{"name", strings.Replace(head, "name: x", "name: X y", 1), "bad.txt:2: want a word"},
		{"target", strings.Replace(head, "a@b", "ab", 1), "bad.txt:5: want an address"},
		{"host", strings.Replace(head, "x.example", "x y", 1), "bad.txt:4: a host name"},
		{"port", head + "port: 70000 listen\n", "bad.txt:8: a port is"},
		{"door", head + "port: 25 ajar\n", `bad.txt:8: no such door: "ajar"`},
		{"port's address", head + "port: 25 refuse here\n", "bad.txt:8: want an IP address behind"},
		{"port and more", head + "port: 25 refuse 192.0.2.1 x\n", "bad.txt:8: a port is"},
		{"need", head + "need: money\n", `bad.txt:8: no such need: "money"`},
		{"user", head + "user: ehlo\n", "bad.txt:8: a user is"},
		{"bulk", head + "bulk: ugly\n", `bad.txt:8: no such reason: "ugly"`},
		{"banner", head + "banner: hello\n", "bad.txt:8: a reply is a code"},
		{"banner ends", head + "banner: 220 a\nbanner: 220 b\n", "bad.txt:9: the banner ended"},
		{"banner goes on", head + "banner: 220-a\n", "bad.txt: the last line of the banner"},
		{"step in head", head + "  250 ok\n", "bad.txt:8: an indented line"},
		{"no steps", head + "on RCPT\n\n# x\non MAIL\n  250 ok\n", "bad.txt:8: the rule has no steps"},
		{"no steps at the end", head + "on RCPT\n", "bad.txt:8: the rule has no steps"},
		{"head late", head + "on RCPT\n  250 ok\nhost: y\n", "bad.txt:10: the head must stand"},
		{"step", head + "on RCPT\n  explode\n", "bad.txt:9: no such step: explode"},
		{"code", head + "on RCPT\n  650 ok\n", "bad.txt:9: a reply is a code"},
		{"goes on", head + "on RCPT\n  250-ok\n", "bad.txt:8: the rule has a reply whose last"},
		{"two replies", head + "on RCPT\n  250 ok\n  250 ok\n", "bad.txt:10: the line before is"},
		{"two apart", head + "on RCPT\n  250 ok\n  delay 1s\n  250 ok\n", "bad.txt:11: a second reply"},
		{"after the end", head + "on RCPT\n  hang up\n  250 ok\n", "bad.txt:10: nothing can follow"},
		{"delay", head + "on RCPT\n  delay soon\n", "bad.txt:9: a pause is"},
		{"long delay", head + "on RCPT\n  delay 2h\n", "bad.txt:9: a pause is"},
		{"raw", head + "on RCPT\n  raw \\q\n", "bad.txt:9: not a Go escape"},
		{"nth", head + "on RCPT nth 0\n", "bad.txt:8: nth wants"},
		{"nth range", head + "on RCPT nth 3-2\n", "bad.txt:8: nth wants"},
		{"nth word", head + "on RCPT nth first\n", "bad.txt:8: nth wants"},
		{"pattern", head + "on RCPT a b\n", "bad.txt:8: a pattern with blanks"},
		{"quotes", head + "on RCPT \"a\n", "bad.txt:8: the quoted pattern"},
		{"body", head + "on BODY\n", "bad.txt:8: BODY wants"},
		{"bytes", head + "title\xff: x\n", "bad.txt:8: not UTF-8"},
		{"many", head + strings.Repeat("on RCPT\n  250 ok\n", maxRules+1), "more than 1000 rules"},
		{"many steps", head + "on RCPT\n" + strings.Repeat("  delay 1s\n", maxSteps+1), "more than 100 steps"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("bad.txt", []byte(test.text))
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("want %q, got %v", test.want, err)
			}
		})
	}
}

func TestLike(t *testing.T) {
	tests := []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"*", "", true},
		{"*", "abc", true},
		{"a*", "ba", false},
		{"a*a", "a", false},
		{"a*a", "aa", true},
		{"<*@b>", "<x@b>", true},
		{"*b*", "abc", true},
		{"*b*b*", "abc", false},
	}
	for _, test := range tests {
		if got := like(strings.Split(test.pattern, "*"), test.text); got != test.want {
			t.Errorf("like(%q, %q) = %v", test.pattern, test.text, got)
		}
	}
}

func TestParsePath(t *testing.T) {
	tests := []struct{ text, want, wrong string }{
		{"FROM:<a@b>", "a@b", ""},
		{"from: <a@b> X=1", "a@b", ""},
		{"FROM:<>", "", ""},
		{"FROM:<@x,@y:a@b>", "a@b", ""},
		{`FROM:<"a> b"@c>`, `"a> b"@c`, ""},
		{`FROM:<"a\"> b"@c>`, `"a\"> b"@c`, ""},
		{"FROM:a@b", "", errPath.Error()},
		{"FROM:<a@b", "", errPath.Error()},
		{"FROM:<a b@c>", "", errPath.Error()},
		{"FROM:<a@b>x", "", errPath.Error()},
		{"FROM:<@x>", "", errPath.Error()},
		{"FROM:<a\x01@b>", "", errPath.Error()},
		{"FROM <a@b>", "", "that wants FROM:<address>"},
		{"", "", "that wants FROM:<address>"},
		{"FROM:<" + strings.Repeat("x", 300) + "@b>", "", errTooBig.Error()},
	}
	for _, test := range tests {
		got, _, err := parsePath(test.text, "FROM")
		if err != nil && err.Error() != test.wrong || err == nil && (got != test.want || test.wrong != "") {
			t.Errorf("%q: %q, %v", test.text, got, err)
		}
	}
}
