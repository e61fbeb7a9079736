//go:build peers && unix

package peers

import (
	"strings"
	"testing"

	"ehlo/session/verdict"
)

// TestOurCertificate: a server that asks for one gets it, and says whose it is;
// it takes us without one too, or with one of an authority that it did not name.
func TestOurCertificate(t *testing.T) {
	shown := `(Client CN "client.` + domain + `", Issuer "Peers Lane Authority" (verified OK))`
	for _, tt := range []struct {
		name, server, tls, filed string
		ours                     []string
	}{
		{"shown", asks, "starttls", shown, ourCertificate("client.pem")},
		{"shown at once", wants, "implicit", shown, ourCertificate("client.pem")},
		{"none", asks, "starttls", "(Client did not present a certificate)", nil},
		{"a stranger's", asks, "starttls", "(Client did not present a certificate)", ourCertificate("other.pem")},
		{"nobody asks", strict, "starttls", "(No client certificate requested)", append(ourCertificate("client.pem"), as(t, "", sasl("password"))...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			deliver(t, 0, tt.server, "trusted", append([]string{"--tls", tt.tls, "--ca", ca}, tt.ours...)...)
			if filed := arrived(t, "trusted"); !strings.Contains(filed, tt.filed) {
				t.Errorf("no %q in %s", tt.filed, filed)
			}
		})
	}
}

// TestOurCertificateIsWanted: a server that wants one says so, and does not go on.
func TestOurCertificateIsWanted(t *testing.T) {
	for name, ours := range map[string][]string{"none": nil, "a stranger's": ourCertificate("other.pem")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := deliver(t, verdict.ExitGreeting, wants, "trusted", append([]string{"--tls", "implicit", "--ca", ca}, ours...)...)
			got.tells(t, "\nS: 421 4.7.1 mx."+domain+" Error: No client certificate presented\n")
			if got.Verdict.Code != "sign-in-needed" || got.Verdict.Who != "you" || !strings.Contains(got.Verdict.Next, "--client-cert") {
				t.Errorf("the verdict is %+v", got.Verdict)
			}
			if strings.Contains(got.stderr, "\nC: ") {
				t.Errorf("we spoke:\n%s", got.stderr)
			}
			absent(t, "trusted")
		})
	}
}

// TestOurCertificateNeedsItsKey before anything is contacted.
func TestOurCertificateNeedsItsKey(t *testing.T) {
	for _, args := range [][]string{
		{"--client-cert", made("client.pem")},
		{"--client-key", made("host.key")},
		{"--client-cert", made("client.pem"), "--client-key", made("weak.key")},
		{"--client-cert", made("nowhere.pem"), "--client-key", made("host.key")},
	} {
		stdout, stderr, code := run(t, nil, append([]string{"send", "--from", "", to("trusted"), "--server", asks}, args...)...)
		if code != verdict.ExitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || strings.Contains(stderr, "PRIVATE KEY") {
			t.Errorf("%v: exit %d, %s%s", args, code, stdout, stderr)
		}
	}
}

// ourCertificate are the flags for one of the lane's, and its key.
func ourCertificate(file string) []string {
	return []string{"--client-cert", made(file), "--client-key", made("host.key")}
}
