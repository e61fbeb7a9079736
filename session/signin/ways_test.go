package signin

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ehlo/session"
)

// vector is a sign-in from the document that describes its way: S: challenges,
// C: what we say, both decoded.
type vector struct {
	source, way    string
	user, password string
	nonce          string
	binding        session.Binding
	apart          bool
	talk           []string
}

var vectors = []vector{
	{
		source: "RFC 2195 section 2", way: CramMD5, user: "tim", password: "tanstaaftanstaaf",
		talk: []string{"S: <1896.697170952@postoffice.reston.mci.net>", "C: tim b913a602c7eda7a495b4e6e7334d3890"},
	},
	{
		source: "RFC 5802 section 5", way: ScramSHA1, user: "user", password: "pencil", nonce: "fyko+d2lbbFgONRv9qkxdawL",
		talk: []string{
			"C: n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
			"S: r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
			"C: c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
			"S: v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", "C: ",
		},
	},
	{
		source: "RFC 7677 section 3", way: ScramSHA256, user: "user", password: "pencil", nonce: "rOprNGfwEbeRWgbNEkqO",
		talk: []string{
			"C: n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
			"S: r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
			"C: c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
			"S: v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "C: ",
		},
	},
	{
		source: "RFC 4616 section 4", way: Plain, user: "tim", password: "tanstaaftanstaaf",
		talk: []string{"C: \x00tim\x00tanstaaftanstaaf"},
	},
	{
		source: "RFC 4616, said when asked (RFC 4954 section 4)", way: Plain, user: "tim", password: "tanstaaftanstaaf", apart: true,
		talk: []string{"S: ", "C: \x00tim\x00tanstaaftanstaaf"},
	},
	{
		source: "draft-murchison-sasl-login", way: Login, user: "tim", password: "tanstaaftanstaaf",
		talk: []string{"S: Username:", "C: tim", "S: Password:", "C: tanstaaftanstaaf"},
	},
	{
		source: "LOGIN in other words", way: Login, user: "tim", password: "tanstaaftanstaaf",
		talk: []string{"S: User Name\x00", "C: tim", "S: ", "C: tanstaaftanstaaf"},
	},
	{
		source: "Google's description of XOAUTH2", way: XOAuth2, user: "someuser@example.com",
		password: "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
		talk: []string{
			"C: user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\x01\x01",
			`S: {"status":"401"}`, "C: ",
		},
	},
	{
		source: "RFC 7628 sections 4.1 and 4.3", way: OAuthBearer, user: "user@example.com",
		password: "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
		talk: []string{
			"C: n,a=user@example.com,\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01",
			`S: {"status":"invalid_token"}`, "C: \x01",
		},
	},
	{
		source: "RFC 5801 section 4, a name with signs", way: OAuthBearer, user: "a=b,c", password: "t",
		talk: []string{"C: n,a=a=3Db=2Cc,\x01auth=Bearer t\x01\x01"},
	},
	{source: "RFC 4422 appendix A", way: External, user: "fred@example.com", talk: []string{"C: fred@example.com"}},
	{source: "RFC 4422 appendix A, whoever we are", way: External, talk: []string{"C: "}},
}

func TestTheVectorsOfTheirDocuments(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.source, func(t *testing.T) {
			who := Credentials{v.user, session.NewSecret(v.password)}
			x, err := begin(Choice{Way: v.way, Binding: v.binding}, who, v.nonce)
			if err != nil {
				t.Fatal(err)
			}
			if v.apart {
				x = x.Apart()
			}
			if got := play(t, x, v.talk); got != strings.Join(v.talk, "\n") {
				t.Errorf("said\n%s\nwant\n%s", got, strings.Join(v.talk, "\n"))
			}
		})
	}
}

// play lets x answer the challenges of a talk, and returns the whole of it.
func play(t *testing.T, x Exchange, talk []string) string {
	t.Helper()
	var said []string
	first, x := x.Command()
	if _, beside, found := strings.Cut(strings.TrimPrefix(first.Line, "AUTH "), " "); found {
		said = append(said, "C: "+plain(t, strings.TrimPrefix(beside, "=")))
	}
	for _, line := range talk {
		challenge, asked := strings.CutPrefix(line, "S: ")
		if !asked {
			continue
		}
		response, after, err := x.Respond([]byte(challenge))
		if err != nil {
			t.Fatalf("to %q: %v", challenge, err)
		}
		x = after
		said = append(said, line, "C: "+plain(t, response.Line))
	}
	if err := x.Finish(); err != nil {
		t.Error(err)
	}
	if _, _, err := x.Respond(nil); err == nil {
		if _, after, _ := x.Respond(nil); after.next != nil {
			t.Error("a server may ask for ever")
		}
	}
	return strings.Join(said, "\n")
}

func plain(t *testing.T, text string) string {
	t.Helper()
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(decoded)
}

// TestLoginSaysTheNameBeside, and never the password where the name is asked for.
func TestLoginSaysTheNameBeside(t *testing.T) {
	_, x := login("tim", "secret").Command()
	for _, talk := range [][2]string{{"Password:", "secret"}, {"Username:", "tim"}} {
		if response, _, _ := x.Respond([]byte(talk[0])); plain(t, response.Line) != talk[1] {
			t.Errorf("to %q: %q", talk[0], plain(t, response.Line))
		}
	}
}

// TestALongTokenIsNotSaidBeside: an AUTH command is a command (RFC 4954 section 4).
func TestALongTokenIsNotSaidBeside(t *testing.T) {
	x, err := Begin(Choice{Way: XOAuth2}, Credentials{"a@b", session.NewSecret(strings.Repeat("x", 2000))})
	if err != nil {
		t.Fatal(err)
	}
	first, x := x.Command()
	response, _, err := x.Respond(nil)
	if first.Line != "AUTH XOAUTH2" || err != nil || len(response.Line) < 2000 {
		t.Errorf("%q, then %d bytes, %v", first.Line, len(response.Line), err)
	}
}

// TestCredentialsThatCannotBeSaid are told before anything is.
func TestCredentialsThatCannotBeSaid(t *testing.T) {
	for _, test := range []struct{ way, user, password string }{
		{Plain, "a\x00b", "c"},
		{Plain, "a", "c\x00d"},
		{XOAuth2, "a\x01b", "c"},
		{OAuthBearer, "a", "c\x01"},
		{ScramSHA256, "", "c"},
		{ScramSHA256, "a\x07", "c"},
		{ScramSHA256, "a", "c\ue000"},
		{ScramSHA1, "a", "\xff"},
	} {
		var problem *Problem
		_, err := Begin(Choice{Way: test.way}, Credentials{test.user, session.NewSecret(test.password)})
		if !errors.As(err, &problem) || problem.Kind != BadCredentials {
			t.Errorf("%s %q: %v", test.way, test.user, err)
		}
	}
}

// TestNothingPrintsASecret: neither the credentials nor a sign-in under way.
func TestNothingPrintsASecret(t *testing.T) {
	for _, way := range Ways() {
		x, err := Begin(Choice{Way: way}, Credentials{"anna", session.NewSecret("hunter22")})
		if err != nil {
			t.Fatal(err)
		}
		if text := fmt.Sprintf("%v %+v %#v", x, x, x); strings.Contains(text, "hunter22") {
			t.Errorf("%s: %s", way, text)
		}
	}
}

// TestPreparedText has the examples of RFC 4013 section 3.
func TestPreparedText(t *testing.T) {
	for _, test := range []struct {
		text, want string
		ok         bool
	}{
		{"I\u00adX", "IX", true},
		{"user", "user", true},
		{"USER", "USER", true},
		{"\u00aa", "a", true},
		{"\u2168", "IX", true},
		{"\u0007", "", false},
		{"\u0627\u0031", "", false},
		{"\u0627\u0031\u0628", "\u0627\u0031\u0628", true},
		{"\u0627a\u0628", "", false},
		{"a\u00a0b\u3000c", "a b c", true},
		{"pa\u0308ss", "p\u00e4ss", true},
		{"a\u200bb\ufeff", "ab", true},
		{"a\u202eb", "", false},
		{"\xff", "", false},
		{"\U000e0041", "", false},
	} {
		if got, ok := prepare(test.text); got != test.want || ok != test.ok {
			t.Errorf("%+q: %+q %v, want %+q %v", test.text, got, ok, test.want, test.ok)
		}
	}
}
