package session_test

import (
	"bytes"
	"crypto/tls"
	"net"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
)

// TestBothEndsKnowTheBinding: RFC 9266 over TLS 1.3, RFC 5929 over TLS 1.2.
func TestBothEndsKnowTheBinding(t *testing.T) {
	root := sign(t, nil, "Lab Root", nil)
	leaf := sign(t, root, "mx.example.com", nil)
	shown := tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: leaf.key}
	for _, test := range []struct {
		version uint16
		name    string
		of      func(tls.ConnectionState) []byte
	}{
		{tls.VersionTLS13, "tls-exporter", func(state tls.ConnectionState) []byte {
			material, err := state.ExportKeyingMaterial("EXPORTER-Channel-Binding", nil, 32)
			if err != nil {
				t.Error(err)
			}
			return material
		}},
		{tls.VersionTLS12, "tls-unique", func(state tls.ConnectionState) []byte { return state.TLSUnique }},
	} {
		here, there := net.Pipe()
		s := session.New(smtp.Dialect{}, session.Options{TLS: session.TLS{Roots: rooted(root)}})
		s.Start(here, session.Target{Host: "mx.example.com", Implicit: true})
		layer := tls.Server(there, &tls.Config{Certificates: []tls.Certificate{shown}, MaxVersion: test.version, SessionTicketsDisabled: true})
		if err := layer.Handshake(); err != nil {
			t.Fatal(err)
		}
		k := &talk{Session: s, t: t}
		passed := await[session.Passed](k)
		for passed.Stage != session.StageTLS {
			passed = await[session.Passed](k)
		}
		want := test.of(layer.ConnectionState())
		if got := passed.TLS.Binding; got.Type != test.name || len(want) == 0 || !bytes.Equal(got.Data, want) {
			t.Errorf("%s: %+v, want %x", test.name, got, want)
		}
		there.Close()
		s.Close()
		<-s.Done()
	}
}
