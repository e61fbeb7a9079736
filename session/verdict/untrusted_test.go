package verdict

import (
	"strings"
	"testing"
)

// TestWhyEncryptionEnded: a certificate and a meddler have sentences of their
// own, and code and exit of the stage.
func TestWhyEncryptionEnded(t *testing.T) {
	for _, test := range []struct {
		name, cause, sentence string
		layer                 *TLS
	}{
		{"certificate", "tls-failed", "The certificate of mx1.example.org is not trusted: it is out of date.", &TLS{Reason: "it is out of date"}},
		{"handshake", "tls-failed", "could not be set up: no protocol in common", nil},
		{"meddler", "clear-before-tls", "Text came in clear where encryption had to begin", nil},
	} {
		stages := []Stage{
			{Name: "connect", OK: true},
			{Name: "greeting", OK: true, Code: 220},
			{Name: "hello", OK: true, Code: 250},
			{Name: "tls", Cause: test.cause, Text: []string{"no protocol in common"}},
		}
		said, exit := Of(Facts{Target: "a@example.org", Tries: []Try{{Host: "mx1.example.org", Port: 25, Purpose: "route", Stages: stages, TLS: test.layer}}})
		if said.Code != "tls-failed" || exit != ExitTLSFailed || !strings.Contains(said.Sentence, test.sentence) || said.Next == "" || said.WhoText == "" {
			t.Errorf("%s: exit %d, %+v", test.name, exit, said)
		}
	}
}
