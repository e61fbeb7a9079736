package address

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct{ in, want, display string }{
		{"jcatalaa@catium.com", "jcatalaa@catium.com", ""},
		{"  jcatalaa@catium.com \t", "jcatalaa@catium.com", ""},
		{"jcatalaa@catium.com.", "jcatalaa@catium.com", ""},
		{"jcatalaa@catium.com,", "jcatalaa@catium.com", ""},
		{"<jcatalaa@catium.com>;", "jcatalaa@catium.com", ""},
		{"Jean-Marc C. <jcatalaa@catium.com>", "jcatalaa@catium.com", ""},
		{`"C, Jean" <jcatalaa@catium.com>,`, "jcatalaa@catium.com", ""},
		{"mailto:jcatalaa@catium.com", "jcatalaa@catium.com", ""},
		{"MAILTO:j%2Bx@catium.com?subject=a&cc=b@c", "j+x@catium.com", ""},
		{"<mailto:a@b.example>", "a@b.example", ""},
		{"\ufeffa@b.example\u200b", "a@b.example", ""},
		{"A.B+c@CATIUM.com", "A.B+c@catium.com", ""},
		{`"a b@c\""@example.org`, `"a b@c\""@example.org`, ""},
		{"a..b@example.org", "a..b@example.org", ""},
		{"a@_host.example", "a@_host.example", ""},
		{"a@localhost", "a@localhost", ""},
		{"a@[192.0.2.1]", "a@[192.0.2.1]", ""},
		{"a@[ipv6:2001:DB8::1]", "a@[IPv6:2001:db8::1]", ""},
		{"a@bücher.example", "a@xn--bcher-kva.example", "a@bücher.example"},
		{"a@XN--bcher-kva.example", "a@xn--bcher-kva.example", "a@bücher.example"},
		{"jürgen@example.org", "jürgen@example.org", ""},
		{strings.Repeat("l", 64) + "@example.org", strings.Repeat("l", 64) + "@example.org", ""},
	}
	for _, test := range tests {
		got, err := Parse(test.in)
		if err != nil || got.String() != test.want {
			t.Errorf("%q: got %q, %v", test.in, got, err)
		}
		if test.display != "" && got.Display() != test.display {
			t.Errorf("%q: shown as %q", test.in, got.Display())
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	tests := []struct{ in, problem string }{
		{"", "no address is given"},
		{" <> ", "no address is given"},
		{"jcatalaa", "there is no @"},
		{"@catium.com", "nothing before the @"},
		{"jcatalaa@", "nothing after the @"},
		{"a@b@c", "more than one @"},
		{"a@b, c@d", "character 5 is a blank"},
		{"a@b,c@d", "more than one @"},
		{"j c@catium.com", "character 2 is a blank"},
		{"a\r\nRCPT TO:<b@c>@d", "character 2 is an invisible control character (U+000D)"},
		{"a@b\x00c", "U+0000"},
		{"a\u202e@b.example", "U+202E"},
		{"a@b\xe9", "character 4 is not text (byte 0xE9)"},
		{"a<b@c", `"<" cannot stand before the @`},
		{"a:b@c", `":" cannot stand before the @`},
		{`"a@b`, "not closed"},
		{`"a"b"c"@d.example`, "middle"},
		{strings.Repeat("l", 65) + "@x", "65 characters; mail allows 64"},
		{"a@" + strings.Repeat("d", 64) + ".example", "64 characters; 63 are allowed"},
		{"a@" + strings.Repeat("d.", 130) + "example", "mail allows 255"},
		{strings.Repeat("l", 60) + "@" + strings.Repeat("d.", 97) + "ab", "longer than the 254"},
		{"a@catium..com", "a dot too many"},
		{"a@cat/ium.com", "'/' cannot stand in a domain"},
		{"a@catium.com>", "'>' cannot stand in a domain"},
		{"a@catium.com:25", "':' cannot stand in a domain"},
		{"a@192.0.2.1", "[192.0.2.1]"},
		{"a@[2001:db8::1]", "[IPv6:2001:db8::1]"},
		{"a@[192.0.2.1", "not closed"},
		{"a@[IPv6:192.0.2.1]", "no IP address"},
		{"a@[mx]", "no IP address"},
		{"a@\u2163\u0338\u0338\ufffd.example", "no domain name can have"},
	}
	for _, test := range tests {
		_, err := Parse(test.in)
		if err == nil || !strings.Contains(err.Error(), test.problem) {
			t.Errorf("%q: got %v, want %q", test.in, err, test.problem)
			continue
		}
		if strings.ContainsAny(err.Error(), "\r\n\x00\u202e") {
			t.Errorf("%q: the error itself is not clean: %q", test.in, err)
		}
	}
}

func TestDisplayName(t *testing.T) {
	for in, want := range map[string]string{
		"a@b":                    "",
		"Jean-Marc C. <a@b>":     "Jean-Marc C.",
		`"C, \"Jean\"" <a@b>,`:   `C, "Jean"`,
		"<a@b>":                  "",
		"Jürgen  <jx@b.example>": "Jürgen",
	} {
		if got := DisplayName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestZeroAddress(t *testing.T) {
	if (Address{}).String() != "" || (Address{}).Display() != "" {
		t.Error("the zero address is shown as something")
	}
	if a, _ := Parse("ü@b"); !a.NeedsUTF8() {
		t.Error("ü needs SMTPUTF8")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a@b", `"a@\"b"@c.d`, "N <mailto:a%40b@c?x>,", "a@[IPv6:::1]", "a@bü.é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n\x00\x1b") {
				t.Fatalf("unclean error %q", err)
			}
			return
		}
		wire := a.String()
		if strings.ContainsAny(wire, "\r\n\x00") || len(wire) > maxAddress {
			t.Fatalf("%q breaks a command", wire)
		}
		if again, err := Parse("<" + wire + ">"); err != nil || again.String() != wire {
			t.Fatalf("%q read again gives %q, %v", wire, again, err)
		}
	})
}
