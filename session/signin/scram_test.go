package signin

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ehlo/session"
)

const (
	ourNonce = "rOprNGfwEbeRWgbNEkqO"
	first    = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
	last     = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
)

// TestAServerThatCannotProveItself: whatever a server says in place of what RFC
// 5802 section 5 wants stops the sign-in, with the name of what was wrong.
func TestAServerThatCannotProveItself(t *testing.T) {
	for _, test := range []struct {
		name       string
		challenges []string
		want       Kind
	}{
		{"all is well", []string{first, last}, ""},
		{"an extension at the end is left alone", []string{first, last + ",x=y"}, ""},
		{"a yes before any question", nil, Unproved},
		{"a yes before its proof", []string{first}, Unproved},
		{"another proof", []string{first, "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="}, WrongProof},
		{"half a proof", []string{first, "v=6rriTRBi23WpRR/wtup+mA=="}, WrongProof},
		{"no proof", []string{first, ""}, WrongProof},
		{"its own error", []string{first, "e=invalid-proof"}, ServerSaysNo},
		{"a nonce that is not ours", []string{strings.Replace(first, "r=r", "r=s", 1)}, WrongProof},
		{"no nonce of its own", []string{"r=" + ourNonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"}, WrongProof},
		{"few rounds", []string{strings.Replace(first, "4096", "1", 1)}, TooFewRounds},
		{"endless rounds", []string{strings.Replace(first, "4096", "2147483647", 1)}, TooManyRounds},
		{"rounds beyond numbers", []string{strings.Replace(first, "4096", "99999999999999999999", 1)}, BadChallenge},
		{"an extension we must know", []string{"m=x," + first}, BadChallenge},
		{"no salt", []string{strings.Replace(first, "W22ZaJ0SNY7soEsUEjb6gQ==", "", 1)}, BadChallenge},
		{"a huge salt", []string{strings.Replace(first, "W22ZaJ0SNY7soEsUEjb6gQ==", strings.Repeat("AAAA", 1000), 1)}, BadChallenge},
		{"nothing", []string{""}, BadChallenge},
		{"one more question", []string{first, last, "v="}, TooMany},
	} {
		t.Run(test.name, func(t *testing.T) {
			x, err := begin(Choice{Way: ScramSHA256}, Credentials{"user", session.NewSecret("pencil")}, ourNonce)
			for _, challenge := range test.challenges {
				if err == nil {
					_, x, err = x.Respond([]byte(challenge))
				}
			}
			if err == nil {
				err = x.Finish()
			}
			var problem *Problem
			if errors.As(err, &problem); test.want == "" && err != nil || test.want != "" && (problem == nil || problem.Kind != test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if test.want != "" && x.Finish() == nil && test.want != TooMany {
				t.Error("a yes would still be believed")
			}
		})
	}
}

// TestTheBindingIsTold as RFC 5802 section 6 has it: used, or possible and not
// offered, or not possible.
func TestTheBindingIsTold(t *testing.T) {
	binding := session.Binding{Type: "tls-exporter", Data: []byte{1, 2, 3}}
	for _, test := range []struct {
		way     string
		offered []string
		binding session.Binding
		header  string
		bound   string
	}{
		{ScramSHA256, []string{ScramSHA256}, session.Binding{}, "n,,", ""},
		{ScramSHA256, []string{ScramSHA256}, binding, "y,,", ""},
		{ScramSHA256, []string{ScramSHA256, ScramSHA256Plus}, binding, "n,,", ""},
		{ScramSHA256Plus, []string{ScramSHA256Plus}, binding, "p=tls-exporter,,", "\x01\x02\x03"},
	} {
		choice, err := Choose(Facts{Encrypted: true, Trusted: true, Offered: test.offered, Way: test.way, Binding: test.binding})
		if err != nil {
			t.Fatal(err)
		}
		x, err := begin(choice, Credentials{"user", session.NewSecret("pencil")}, ourNonce)
		if err != nil {
			t.Fatal(err)
		}
		said, x := x.Command()
		if want := fmt.Sprintf("AUTH %s %s", test.way, encode(test.header+"n=user,r="+ourNonce)); said.Line != want {
			t.Errorf("%v: %q, want %q", test, said.Line, want)
		}
		response, _, err := x.Respond([]byte(first))
		if err != nil {
			t.Fatal(err)
		}
		want := "c=" + base64.StdEncoding.EncodeToString([]byte(test.header+test.bound)) + ","
		if got := plain(t, response.Line); !strings.HasPrefix(got, want) {
			t.Errorf("%v: %q, want %q", test, got, want)
		}
	}
}

// FuzzScram: no challenge, however made, panics or is believed.
func FuzzScram(f *testing.F) {
	f.Add(first, last)
	f.Add("r=,s=,i=", "v=")
	f.Add("m=x,r=a,s=b,i=c", "e=other-error")
	f.Fuzz(func(t *testing.T, one, two string) {
		if strings.Contains(one, "i=") && !strings.Contains(one, "i=4096") {
			return // the work asked for is bounded, and still much for a fuzzer
		}
		x, err := begin(Choice{Way: ScramSHA256}, Credentials{"user", session.NewSecret("pencil")}, ourNonce)
		if err != nil {
			t.Fatal(err)
		}
		_, x, err = x.Respond([]byte(one))
		if err == nil {
			_, x, err = x.Respond([]byte(two))
		}
		if err == nil && x.Finish() == nil && (one != first || !strings.HasPrefix(two, last)) {
			t.Errorf("%q, %q were believed", one, two)
		}
	})
}
