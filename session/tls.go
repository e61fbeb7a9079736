package session

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"time"
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
	var ours showing
	conn := tls.Client(o.wire.conn, &tls.Config{
		ServerName:           name,
		GetClientCertificate: ours.of(o.options.TLS.Certificates),
		InsecureSkipVerify:   true, // judged by inspect
	})
	ctx, cancel := o.within(o.options.Timeouts.Handshake)
	defer cancel()
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, nil, err
	}
	encryption := inspect(conn.ConnectionState(), name, o.options.TLS.Roots, time.Now())
	encryption.AskedForOurs, encryption.ShowedOurs = ours.asked, ours.shown
	return conn, encryption, nil
}

// showing is what became of a certificate of ours in a handshake.
type showing struct{ asked, shown bool }

// of returns what a handshake calls when the server asks for a certificate: the
// first of ours that it can take, or none.
func (s *showing) of(ours []tls.Certificate) func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	return func(request *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		s.asked = true
		for i := range ours {
			if request.SupportsCertificate(&ours[i]) == nil {
				s.shown = true
				return &ours[i], nil
			}
		}
		return &tls.Certificate{}, nil
	}
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

// alerted reports whether a wire broke because the server said in the TLS layer
// that it does not go on. With TLS 1.3 it judges a certificate of ours only when
// the handshake is over on our side (RFC 8446 section 4.4.2.4).
func alerted(err error) bool {
	var alert *net.OpError
	return errors.As(err, &alert) && alert.Op == "remote error"
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

// inspect puts what is known of a TLS layer into plain values, its certificates
// as they are at a time.
func inspect(state tls.ConnectionState, name string, roots *x509.CertPool, now time.Time) *Encryption {
	shown := state.PeerCertificates[:min(len(state.PeerCertificates), MaxChain)]
	encryption := &Encryption{
		Version: tls.VersionName(state.Version),
		Cipher:  tls.CipherSuiteName(state.CipherSuite),
		Server:  name,
		Dropped: len(state.PeerCertificates) - len(shown),
		Faults:  judge(shown, name, roots, now),
		Binding: binding(state),
	}
	for _, certificate := range shown {
		encryption.Chain = append(encryption.Chain, plainly(certificate))
	}
	if len(shown) > 0 {
		encryption.Names = encryption.Chain[0].Names
		encryption.Issuer = shown[0].Issuer.CommonName
		encryption.NotBefore, encryption.NotAfter = shown[0].NotBefore, shown[0].NotAfter
	}
	encryption.Trusted = len(encryption.Faults) == 0
	encryption.Reason = reason(encryption.Faults, encryption.Chain, name)
	return encryption
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
