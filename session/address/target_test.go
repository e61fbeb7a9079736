package address

import (
	"strings"
	"testing"
)

func TestParseTarget(t *testing.T) {
	tests := []struct {
		in     string
		kind   Kind
		want   string // the mailbox, domain or server
		scheme string
		user   string
	}{
		{in: "jcatalaa@catium.com", kind: KindMailbox, want: "jcatalaa@catium.com"},
		{in: "Jean <jcatalaa@catium.com>,", kind: KindMailbox, want: "jcatalaa@catium.com"},
		{in: "mailto:jcatalaa@catium.com?x=y", kind: KindMailbox, want: "jcatalaa@catium.com"},
		{in: "catium.com", kind: KindDomain, want: "catium.com"},
		{in: "Catium.com.", kind: KindDomain, want: "catium.com"},
		{in: "bücher.example", kind: KindDomain, want: "xn--bcher-kva.example"},
		{in: "mx1.example.org:25", kind: KindServer, want: "mx1.example.org:25"},
		{in: "127.0.0.1:2525", kind: KindServer, want: "127.0.0.1:2525"},
		{in: "127.0.0.1", kind: KindServer, want: "127.0.0.1:25"},
		{in: "::1", kind: KindServer, want: "[::1]:25"},
		{in: "[::1]", kind: KindServer, want: "[::1]:25"},
		{in: "[::1]:65535", kind: KindServer, want: "[::1]:65535"},
		{in: "smtp://mx1.example.org", kind: KindServer, want: "mx1.example.org:25", scheme: "smtp"},
		{in: "SMTPS://mx1.example.org/", kind: KindServer, want: "mx1.example.org:465", scheme: "smtps"},
		{in: "submission://h", kind: KindServer, want: "h:587", scheme: "submission"},
		{in: "imaps://jean@h:1993", kind: KindServer, want: "h:1993", scheme: "imaps", user: "jean"},
		{in: "imaps://jean@x.example@h", kind: KindServer, want: "h:993", scheme: "imaps", user: "jean@x.example"},
		{in: "lmtp://[::1]", kind: KindServer, want: "[::1]:24", scheme: "lmtp"},
		{in: "tls://h:1", kind: KindServer, want: "h:1", scheme: "tls"},
	}
	for _, test := range tests {
		got, err := ParseTarget(test.in)
		name := map[Kind]string{KindMailbox: got.To.String(), KindDomain: got.Domain.ASCII, KindServer: got.Server.String()}[got.Kind]
		if err != nil || got.Kind != test.kind || name != test.want || got.Scheme != test.scheme || got.User != test.user {
			t.Errorf("%q: got %+v, %v", test.in, got, err)
		}
	}
}

func TestParseTargetSaysWhatIsWrong(t *testing.T) {
	tests := []struct{ in, problem string }{
		{"", "no address, domain or server"},
		{"h:0", "the port 0 is out of range; ports go from 1 to 65535"},
		{"h:65536", "the port 65536 is out of range"},
		{"h:99999999999999999999999", "out of range"},
		{"h:", "no port after the colon"},
		{"h:smtp", `the port "smtp" is not a number`},
		{"h:-1", "not a number"},
		{":25", "no host before the colon"},
		{"a:b:25", "more than one colon"},
		{"[::1:25", "not closed"},
		{"smtp://h:70000", "out of range"},
		{"smtp://", "no host"},
		{"smtp://h/x", "nothing can follow the host"},
		{"imaps://u:secret@h", "password does not belong"},
		{"http://h", "no scheme known here"},
		{"tcp://h", "needs a port"},
		{"cat ium.com", "' ' cannot stand in a domain"},
		{"catium.com\n", ""},
		{"cat\nium.com", "U+000A"},
	}
	for _, test := range tests {
		_, err := ParseTarget(test.in)
		if test.problem == "" {
			if err != nil {
				t.Errorf("%q: %v", test.in, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.problem) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got %v, want %q", test.in, err, test.problem)
		}
	}
}

func TestParseServer(t *testing.T) {
	for in, want := range map[string]string{
		"dns.example.": "dns.example:53", "192.0.2.1": "192.0.2.1:53", "192.0.2.1:5353": "192.0.2.1:5353", "2001:db8::1": "[2001:db8::1]:53",
	} {
		if got, err := ParseServer(in, 53); err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v", in, got, err)
		}
	}
	if _, err := ParseServer("h:port", 53); err == nil {
		t.Error("a port that is no number passes")
	}
	if _, err := ParseDomain("192.0.2.1"); err == nil || !strings.Contains(err.Error(), "is an IP address") {
		t.Errorf("got %v", err)
	}
}
