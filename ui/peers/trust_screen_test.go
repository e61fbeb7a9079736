//go:build peers && unix

package peers

import (
	"bytes"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// TestScreenCertificates: the TLS pane has the sentence for each fault, and the
// talk goes on all the same.
func TestScreenCertificates(t *testing.T) {
	for _, tt := range certificates {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			term := encrypted(t, dns, tt.name+".tls."+domain)
			if tt.sentence == "" {
				reads(term, "√ Trusted")
			} else {
				reads(term, tt.sentence)
			}
			talk(term, step{"EHLO pc17.sender.example", "[FROM]"}, step{"QUIT", "221 2.0.0 Bye"})
		})
	}
}

// TestScreenDANE: the pane has what became of the TLSA records too.
func TestScreenDANE(t *testing.T) {
	for host, words := range map[string]string{
		"fits.signed":    "DANE fits: the signed DNS names this very certificate (TLSA 3 1 1).",
		"below.signed":   "DANE fits: the signed DNS names its issuer, Peers Lane Middle (TLSA 2 1 1).",
		"differs.signed": "DANE does not fit: the signed DNS names another certificate.",
		"unnamed.signed": "There are no TLSA records for this server (DANE).",
		"fits.plain":     "There are TLSA records (DANE), but the resolver does not say that they are signed: they do not count.",
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			reads(encrypted(t, unbound, host+signedBy), words)
		})
	}
}

// TestScreenSavesTheChain as PEM, link by link as Postfix shows it.
func TestScreenSavesTheChain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chain.pem")
	term := encrypted(t, dns, "complete.tls."+domain)
	talk(term, step{"/tls save " + path, "chain.pem"})
	term.WaitUntil("the file is there", func([]string) bool { _, err := os.Stat(path); return err == nil })
	saved := []byte(content(t, path))
	for _, file := range []string{"complete.pem", "middle.pem"} {
		want, _ := pem.Decode([]byte(content(t, made(file))))
		got, rest := pem.Decode(saved)
		if got == nil || !bytes.Equal(got.Bytes, want.Bytes) {
			t.Fatalf("%s is not where it should be in\n%s", file, content(t, path))
		}
		saved = rest
	}
	if len(bytes.TrimSpace(saved)) > 0 {
		t.Errorf("more is saved: %s", saved)
	}
}

// encrypted calls the door trust by a name, looked up at a DNS server, switches
// to TLS and opens its pane.
func encrypted(t *testing.T, server, name string) *screentest.Terminal {
	t.Helper()
	term := screen(t, "--dns", server, "--ca", ca, "--server", at(trust, name))
	term.WaitFor("220 mx." + domain)
	talk(term, step{"EHLO pc17.sender.example", "250-STARTTLS"}, step{"STARTTLS", " Encrypted, TLS 1.3"})
	term.Press("F8")
	term.WaitFor("[TLS]")
	return term
}

// reads waits for a sentence in the pane on the left, wherever its lines end.
func reads(term *screentest.Terminal, sentence string) {
	term.WaitUntil(sentence, func(rows []string) bool {
		var words []string
		for _, row := range rows {
			pane, _, _ := strings.Cut(row, "│")
			words = append(words, strings.Fields(pane)...)
		}
		return strings.Contains(strings.Join(words, " "), strings.TrimSpace(sentence))
	})
}
