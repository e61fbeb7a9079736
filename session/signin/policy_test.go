package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ehlo/session"
)

// TestWhetherToSignIn is the policy: each combination of encryption, trust and
// what the user allows.
func TestWhetherToSignIn(t *testing.T) {
	for _, test := range []struct {
		encrypted, trusted     bool
		insecure, insecureAuth bool
		want                   Kind
	}{
		{false, false, false, false, NotEncrypted},
		{false, false, true, false, NotEncrypted}, // --insecure is about certificates
		{false, false, false, true, ""},
		{false, false, true, true, ""},
		{true, false, false, false, NotTrusted},
		{true, false, true, false, ""},
		{true, false, false, true, NotTrusted}, // --insecure-auth is about clear text
		{true, false, true, true, ""},
		{true, true, false, false, ""},
		{true, true, true, false, ""},
		{true, true, false, true, ""},
		{true, true, true, true, ""},
	} {
		facts := Facts{
			Encrypted: test.encrypted, Trusted: test.trusted, Insecure: test.insecure, InsecureAuth: test.insecureAuth,
			Offered: []string{Plain}, Reason: "it is out of date",
		}
		_, err := Choose(facts)
		if kindOf(err) != test.want {
			t.Errorf("%+v: %v, want %q", test, err, test.want)
		}
	}
}

// TestTheWay: the strongest that both sides speak, or the one named, if offered.
func TestTheWay(t *testing.T) {
	tied := session.Binding{Type: "tls-exporter", Data: []byte{1}}
	for _, test := range []struct {
		offered, asked string
		binding        session.Binding
		way            string
		want           Kind
	}{
		{"PLAIN LOGIN", "", tied, Plain, ""},
		{"LOGIN", "", tied, Login, ""},
		{"LOGIN PLAIN CRAM-MD5", "", tied, CramMD5, ""},
		{"PLAIN CRAM-MD5 SCRAM-SHA-1", "", tied, ScramSHA1, ""},
		{"PLAIN SCRAM-SHA-1 SCRAM-SHA-256", "", tied, ScramSHA256, ""},
		{"PLAIN SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS", "", tied, ScramSHA256Plus, ""},
		{"PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS", "", session.Binding{}, ScramSHA256, ""},
		{"XOAUTH2 PLAIN", "", tied, Plain, ""},
		{"PLAIN XOAUTH2 EXTERNAL", "xoauth2", tied, XOAuth2, ""},
		{"PLAIN EXTERNAL", "External", tied, External, ""},
		{"SCRAM-SHA-256 PLAIN", "plain", tied, Plain, ""},
		{"PLAIN", "CRAM-MD5", tied, "", WayNotOffered},
		{"PLAIN", "GSSAPI", tied, "", Unknown},
		{"", "PLAIN", tied, "", NotOffered},
		{"", "", tied, "", NotOffered},
		{"GSSAPI NTLM", "", tied, "", NoneInCommon},
		{"EXTERNAL", "", tied, "", NoneInCommon},
		{"GSSAPI XOAUTH2", "", tied, "", TokensOnly},
		{"OAUTHBEARER", "", tied, "", TokensOnly},
		{"SCRAM-SHA-256-PLUS", "", session.Binding{}, "", NoneInCommon},
		{"SCRAM-SHA-256-PLUS", ScramSHA256Plus, session.Binding{}, "", NoBinding},
	} {
		facts := Facts{Encrypted: true, Trusted: true, Offered: strings.Fields(test.offered), Way: test.asked, Binding: test.binding}
		choice, err := Choose(facts)
		if kindOf(err) != test.want || choice.Way != test.way {
			t.Errorf("of %q, asked %q: %q %v, want %q %q", test.offered, test.asked, choice.Way, err, test.way, test.want)
		}
	}
	_, err := Choose(Facts{InsecureAuth: true, Offered: []string{External}, Way: External})
	if kindOf(err) != NoCertificate {
		t.Errorf("EXTERNAL in clear: %v", err)
	}
}

func kindOf(err error) Kind {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem.Kind
	}
	return ""
}

// TestEveryProblemHasItsWords, and no gap is left in them.
func TestEveryProblemHasItsWords(t *testing.T) {
	all := make(map[Kind]said)
	if err := json.Unmarshal(wordsJSON, &all); err != nil {
		t.Fatal(err)
	}
	kinds := []Kind{
		NotEncrypted, NotTrusted, NotOffered, WayNotOffered, NoneInCommon, TokensOnly, NoBinding, NoCertificate, Unknown,
		BadCredentials, TooMany, BadChallenge, TooFewRounds, TooManyRounds, ServerSaysNo, WrongProof, Unproved,
	}
	if len(kinds) != len(all) {
		t.Errorf("%d kinds, %d sentences", len(kinds), len(all))
	}
	for _, kind := range kinds {
		problem := &Problem{Kind: kind, Way: Plain, Text: "text", Offered: []string{Login, CramMD5}}
		text := fmt.Sprint(problem) + problem.Next()
		if len(problem.Error()) < 20 || len(problem.Next()) < 20 || strings.ContainsAny(text, "{}") {
			t.Errorf("%s: %q", kind, text)
		}
	}
}
