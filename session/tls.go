package session

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
)

// encrypt makes TLS the layer of the conversation: after a Yes to STARTTLS,
// when the reader is parked, or before the greeting. It reports success; a
// failure ends the conversation, there is no way back to clear text.
func (o *owner) encrypt() bool {
	if early := o.wire.unread(); len(early) > 0 {
		o.end(&Cause{Why: WhyClearText, Stage: StageTLS, Lines: o.tap.hideTexts(splitLines(early), Command{})})
		return false
	}
	o.begin(StageTLS)
	o.queue.setReaching(true)
	conn, encryption, err := o.shakeHands()
	if err != nil {
		o.end(o.tlsCause(err))
		return false
	}
	o.adopt(conn)
	o.state = o.state.Encrypted()
	if o.greeted {
		o.queue.setReaching(false)
	}
	o.passed(StageTLS, encryption)
	if o.options.TLS.RequireTrust && !encryption.Trusted {
		o.end(&Cause{Why: WhyTLSFailed, Stage: StageTLS, Err: errors.New(encryption.Reason)})
		return false
	}
	return true
}

// shakeHands runs the handshake. The certificate is judged afterwards, so that
// a certificate that is not trusted can be told and the talk may go on.
func (o *owner) shakeHands() (net.Conn, *Encryption, error) {
	name := o.nameToCheck()
	if !o.greeted {
		o.wire.conn = &overheard{Conn: o.wire.conn}
	}
	conn := tls.Client(o.wire.conn, &tls.Config{
		ServerName:         name,
		Certificates:       o.options.TLS.Certificates,
		InsecureSkipVerify: true, // judged by inspect
	})
	ctx, cancel := o.within(o.options.Timeouts.Handshake)
	defer cancel()
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, nil, err
	}
	state := conn.ConnectionState()
	encryption := inspect(state, name, o.options.TLS.Roots)
	encryption.Binding = binding(state)
	return conn, encryption, nil
}

// binding is what a sign-in can be tied to: RFC 9266 for TLS 1.3, and before it
// RFC 5929 section 3, which a resumed handshake has not.
func binding(state tls.ConnectionState) Binding {
	if state.Version < tls.VersionTLS13 {
		if len(state.TLSUnique) == 0 {
			return Binding{}
		}
		return Binding{"tls-unique", state.TLSUnique}
	}
	material, err := state.ExportKeyingMaterial("EXPORTER-Channel-Binding", nil, 32)
	if err != nil {
		return Binding{}
	}
	return Binding{"tls-exporter", material}
}

// nameToCheck is what the certificate is held against: the name asked for, the
// address where no name is known, "" where there is neither.
func (o *owner) nameToCheck() string {
	name := cmp.Or(o.options.TLS.Name, strings.TrimSuffix(o.target.Host, "."))
	if name == "" && o.target.Addr.IsValid() {
		return o.target.Addr.Addr().Unmap().WithZone("").String()
	}
	return name
}

func (o *owner) tlsCause(err error) *Cause {
	var header tls.RecordHeaderError
	switch {
	case errors.As(err, &header) && o.greeted && printable(header.RecordHeader[:]):
		return &Cause{Why: WhyClearText, Stage: StageTLS, Err: err}
	case errors.As(err, &header) && printable(header.RecordHeader[:]):
		return &Cause{Why: WhyTLSFailed, Stage: StageTLS, Lines: o.instead(), Err: err}
	case errors.Is(err, context.Canceled):
		return &Cause{Why: WhyStopped, Stage: StageTLS, Err: err}
	}
	return &Cause{Why: WhyTLSFailed, Stage: StageTLS, Err: err}
}

// instead is what the server said first in place of a handshake, where TLS was
// to come before anything else.
func (o *owner) instead() []string {
	first, ok := o.wire.conn.(*overheard)
	if !ok {
		return nil
	}
	return splitLines(first.said)
}

// maxOverheard bounds, in bytes, what is kept of a server's first words.
const maxOverheard = 512

// overheard keeps the first bytes read of a connection: a TLS layer swallows
// those that are none of its own.
type overheard struct {
	net.Conn
	said []byte
}

func (c *overheard) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if room := maxOverheard - len(c.said); room > 0 {
		c.said = append(c.said, p[:min(n, room)]...)
	}
	return n, err
}

// inspect puts what is known of a TLS layer into plain values.
func inspect(state tls.ConnectionState, name string, roots *x509.CertPool) *Encryption {
	encryption := &Encryption{
		Version: tls.VersionName(state.Version),
		Cipher:  tls.CipherSuiteName(state.CipherSuite),
		Server:  name,
	}
	if len(state.PeerCertificates) == 0 {
		encryption.Reason = "the server showed no certificate"
		return encryption
	}
	leaf := state.PeerCertificates[0]
	encryption.Names = names(leaf)
	encryption.Issuer = leaf.Issuer.CommonName
	encryption.NotAfter = leaf.NotAfter
	between := x509.NewCertPool()
	for _, certificate := range state.PeerCertificates[1:] {
		between.AddCert(certificate)
	}
	if name == "" {
		encryption.Reason = "no name is known to hold it against"
		return encryption
	}
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: roots, Intermediates: between})
	encryption.Trusted = err == nil
	encryption.Reason = reason(err, leaf, name)
	return encryption
}

// names returns the names and addresses a certificate is for.
func names(leaf *x509.Certificate) []string {
	list := slices.Clone(leaf.DNSNames)
	for _, ip := range leaf.IPAddresses {
		list = append(list, ip.String())
	}
	return list
}

// reason says in plain words why a certificate is not trusted; "" when it is.
func reason(err error, leaf *x509.Certificate, name string) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("it is out of date: good from %s to %s",
			leaf.NotBefore.Format("2 Jan 2006"), leaf.NotAfter.Format("2 Jan 2006"))
	case errors.As(err, &host):
		return fmt.Sprintf("it is for another name than %s", name)
	case errors.As(err, &unknown) && bytes.Equal(leaf.RawIssuer, leaf.RawSubject):
		return "it is signed by itself"
	case errors.As(err, &unknown):
		return "it is signed by an authority that this computer does not know"
	}
	return err.Error()
}

func splitLines(data []byte) (lines []string) {
	for line := range bytes.Lines(data) {
		lines = append(lines, string(bytes.TrimRight(line, "\r\n")))
	}
	return lines
}

func printable(data []byte) bool {
	for _, b := range data {
		if b != '\r' && b != '\n' && (b < ' ' || b > '~') {
			return false
		}
	}
	return true
}
