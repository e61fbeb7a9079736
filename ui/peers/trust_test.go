//go:build peers && unix

package peers

import (
	"crypto/x509"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/certificate"
	esmtp "ehlo/session/smtp"
	"ehlo/session/verdict"
)

// certificates are those that .ci/authority makes, each shown to who calls the
// server by its name: what is said of it in a few words, and as a sentence of
// its own. One that is trusted has no words.
var certificates = []struct{ name, reason, sentence string }{
	{name: "good"},
	{name: "complete"},
	{
		"expired", "it is out of date: good from 1 Jan 2020 to 1 Jan 2021",
		"The certificate of the server ran out on 1 Jan 2021, ",
	},
	{
		"early", "it is out of date: good from 1 Jan 2048 to 1 Jan 2049",
		"The certificate of the server begins only on 1 Jan 2048, in ",
	},
	{
		"wrong", "it is for another name than wrong.tls.peers.example",
		"The certificate of the server does not fit wrong.tls.peers.example, which we called.",
	},
	{
		"self", "it is signed by itself",
		"The certificate of the server is signed by itself: anybody can make one with that name.",
	},
	{
		"unknown", "it is signed by an authority that this computer does not know",
		"It ends at A Stranger, an authority that this computer does not know; --ca names one.",
	},
	{
		"hidden", "it is signed by an authority that this computer does not know",
		"The certificate of the server was issued by A Stranger, which the server did not show and this computer does not know.",
	},
	{
		"incomplete", "it is signed by an authority that this computer does not know",
		"The certificate of the server was issued by Peers Lane Middle, which the server did not show and this computer does not know. The server may leave a link out.",
	},
	{
		"outdated", "that of its issuer Peers Lane Late is out of date: good from 1 Jan 2020 to 1 Jan 2021",
		"The certificate of its issuer, Peers Lane Late, ran out on 1 Jan 2021, ",
	},
	{
		"weak", "the key of it is weak: RSA, 1024 bits",
		"The certificate of the server has a weak key (RSA, 1024 bits): 2048 bits are the least today.",
	},
	{
		"forged", "it is signed in a way that can be forged: SHA1-RSA",
		"The certificate of the server is signed with SHA1-RSA, which can be forged.",
	},
}

// TestCertificates: one that does not hold ends what wanted TLS by name, with
// its reason, before a word of the mail is said; auto tells it and goes on, and
// so does who allows it.
func TestCertificates(t *testing.T) {
	for _, tt := range certificates {
		name := tt.name + ".tls." + domain
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := verdict.ExitTLSFailed
			if tt.reason == "" {
				want = 0
			}
			got := deliver(t, want, at(trust, name), "trusted", "--tls", "starttls", "--ca", ca)
			toldOf(t, got, tt.reason)
			if tt.reason != "" {
				endedBy(t, got, tt.reason)
			}
		})
		for way, args := range map[string][]string{"auto": nil, "insecure": {"--tls", "starttls", "--insecure"}} {
			t.Run(tt.name+" "+way, func(t *testing.T) {
				t.Parallel()
				got := deliver(t, 0, at(trust, name), "trusted", append(args, "--ca", ca)...)
				toldOf(t, got, tt.reason)
				if got.Verdict.Code != "accepted" || !strings.Contains(arrived(t, "trusted"), "with ESMTPS id") {
					t.Errorf("the verdict is %+v", got.Verdict)
				}
			})
		}
	}
}

// toldOf expects what is said of a certificate, as JSON and in the transcript.
func toldOf(t *testing.T, got said, reason string) {
	t.Helper()
	layer := got.Tries[0].TLS
	if layer == nil || layer.Trusted != (reason == "") || layer.Reason != reason || len(layer.Names) != 1 || layer.NotAfter.IsZero() {
		t.Errorf("the layer is %+v", layer)
	}
	words := "certificate trusted\n"
	if reason != "" {
		words = "certificate not trusted: " + reason + "\n"
	}
	got.tells(t, "\n-- encrypted: TLS 1.3, TLS_AES_", words)
}

// endedBy expects a talk that went no further than the handshake, and the
// reason in the verdict and in the last line.
func endedBy(t *testing.T, got said, reason string) {
	t.Helper()
	if got.Verdict.Code != "tls-failed" || got.Verdict.Word != "NO" || !strings.HasSuffix(strings.TrimSuffix(got.Verdict.Sentence, "."), reason) {
		t.Errorf("the verdict is %+v", got.Verdict)
	}
	if !strings.HasPrefix(got.lastLine(), "ehlo: ") || !strings.Contains(got.lastLine(), reason) {
		t.Errorf("it ends with %q", got.lastLine())
	}
	if _, after, _ := strings.Cut(got.stderr, "-- encrypted: "); strings.Contains(after, "\nC: ") || got.Message != nil {
		t.Errorf("it went on:\n%s", got.stderr)
	}
	absent(t, "trusted")
}

// TestCertificateSentences holds what is said of each chain, as OpenSSL has made
// it and Postfix shows it.
func TestCertificateSentences(t *testing.T) {
	for _, tt := range certificates {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			layer := layerOf(t, trust, tt.name+".tls."+domain)
			var wrong []string
			for _, sentence := range certificate.Read(layer, time.Now()) {
				if sentence.About == certificate.AboutFault {
					wrong = append(wrong, sentence.Text)
				}
			}
			switch {
			case tt.sentence == "" && len(wrong) == 0 && layer.Trusted:
			case tt.sentence == "" || len(wrong) != 1 || !strings.HasPrefix(wrong[0], tt.sentence):
				t.Errorf("said %q, want %q", wrong, tt.sentence)
			}
		})
	}
}

// layerOf is what a session finds of the encryption of a door, called by a name.
func layerOf(t *testing.T, door, name string) session.Encryption {
	t.Helper()
	pem, err := os.ReadFile(ca)
	roots := x509.NewCertPool()
	if err != nil || !roots.AppendCertsFromPEM(pem) {
		t.Fatalf("no authority (%v)", err)
	}
	s := session.New(esmtp.Dialect{}, session.Options{Timeouts: session.EveryStage(deliveryTime), TLS: session.TLS{Roots: roots}})
	defer s.Close()
	s.Dial(session.Target{Host: name, Addr: netip.MustParseAddrPort(at(door, "127.0.0.1"))})
	s.Send(session.Line{Text: "EHLO peers.lane"})
	s.Send(session.Line{Text: "STARTTLS"})
	for {
		events, err := s.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range events {
			if passed, ok := event.(session.Passed); ok && passed.TLS != nil {
				return *passed.TLS
			}
		}
	}
}

// TestAuthorities: --ca and SSL_CERT_FILE say who is trusted, --ca the stronger;
// the link that a server left out can be named too.
func TestAuthorities(t *testing.T) {
	const variable = "SSL_CERT_FILE="
	good, unknown, incomplete := at(trust, "good.tls."+domain), at(trust, "unknown.tls."+domain), at(trust, "incomplete.tls."+domain)
	for _, tt := range []struct {
		name, server, file, flag string
		want                     int
	}{
		{"the variable", good, "ca.pem", "", 0},
		{"another in the variable", good, "stranger.pem", "", verdict.ExitTLSFailed},
		{"the stranger", unknown, "stranger.pem", "", 0},
		{"the flag is stronger", good, "stranger.pem", "ca.pem", 0},
		{"the flag is stronger, and wrong", good, "ca.pem", "stranger.pem", verdict.ExitTLSFailed},
		{"the link left out", incomplete, "", "middle.pem", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := []string{"--tls", "starttls"}
			if tt.flag != "" {
				args = append(args, "--ca", made(tt.flag))
			}
			got := deliverWith(t, []string{variable + made(tt.file)}, nil, tt.want, tt.server, "trusted", args...)
			if got.Tries[0].TLS.Trusted != (tt.want == 0) {
				t.Errorf("%+v", got.Tries[0].TLS)
			}
		})
	}
	_, stderr, code := runWith(t, []string{variable + made("nowhere.pem")}, nil, "send", "--from", "", to("trusted"), "--server", good)
	if code != verdict.ExitUsage || !strings.Contains(stderr, "SSL_CERT_FILE") {
		t.Errorf("without the file: exit %d, %s", code, stderr)
	}
}

// TestServerName: the name held against the certificate is the one asked for.
func TestServerName(t *testing.T) {
	good := "good.tls." + domain
	for name, want := range map[string]int{good: 0, strings.ToUpper(good): 0, "expired.tls." + domain: verdict.ExitTLSFailed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			deliver(t, want, at(trust, "127.0.0.1"), "trusted", "--tls", "starttls", "--ca", ca, "--server-name", name)
		})
	}
}
