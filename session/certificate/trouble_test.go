package certificate

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// shake lets two ends shake hands and returns what the client makes of it.
func shake(t *testing.T, server, client *tls.Config) error {
	t.Helper()
	here, there := net.Pipe()
	defer here.Close()
	leaf, key := signed(t, nil, nil, "mx.example.com", true)
	server.Certificates = []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}}
	client.InsecureSkipVerify = true
	go func() {
		_ = tls.Server(there, server).Handshake()
		there.Close()
	}()
	conn := tls.Client(here, client)
	if err := conn.Handshake(); err != nil {
		return err
	}
	_, err := conn.Read(make([]byte, 1)) // with TLS 1.3 the server judges us last
	return err
}

// TestTroubleInPlainWords, from real handshakes.
func TestTroubleInPlainWords(t *testing.T) {
	old := func() *tls.Config { return &tls.Config{MaxVersion: tls.VersionTLS10, MinVersion: tls.VersionTLS10} }
	for _, test := range []struct {
		name           string
		server, client *tls.Config
		want           string
	}{
		{"only an old version there", old(), &tls.Config{}, "no version of TLS that is safe today"},
		{"no version in common", &tls.Config{MinVersion: tls.VersionTLS13}, &tls.Config{MaxVersion: tls.VersionTLS12}, "no version of TLS"},
		{"a certificate is wanted", &tls.Config{ClientAuth: tls.RequireAnyClientCert}, &tls.Config{}, "wants a certificate of ours"},
		{"and with TLS 1.2", &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, &tls.Config{}, "certificate"},
		{"no cipher in common", &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}}, &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384}}, "no cipher in common"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := shake(t, test.server, test.client)
			if got := Trouble(err); !strings.Contains(got, test.want) || strings.Contains(got, "tls:") {
				t.Errorf("%v gives %q", err, got)
			}
		})
	}
}

func TestTroubleOfTheLine(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{io.EOF, "hung up in the middle"},
		{fmt.Errorf("x: %w", context.DeadlineExceeded), "in time"},
		{errors.New("tls: server selected unsupported protocol version 301"), "an old version of TLS"},
		{errors.New("it is signed by itself"), "it is signed by itself"},
		{errors.New("x\x1b[2J"), `x\x1B[2J`},
		{&net.OpError{Op: "remote error", Err: errors.New("tls: user canceled")}, "the server broke it off: tls: user canceled"},
	} {
		if got := Trouble(test.err); !strings.Contains(got, test.want) || strings.ContainsRune(got, '\x1b') {
			t.Errorf("%v: %q", test.err, got)
		}
	}
}
