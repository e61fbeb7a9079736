package encryption

import (
	"strings"

	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/session/explain"
	"ehlo/session/sanitize"
)

// chain is what the certificate says of itself, who stands behind it, and what
// the layer is in words.
func (m Model) chain() []string {
	rows := []string{""}
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, m.fact(label, text)...)
		}
	}
	add("Certificate for", names(m.layer.Names))
	add("Signed by", sanitize.Text(m.layer.Issuer))
	if len(m.layer.Chain) > 0 {
		own := m.layer.Chain[0]
		add("Under", m.under())
		add("Key", sanitize.Text(own.Key+"; signed with "+own.Signature))
		add("Fingerprint", "SHA-256 "+colons(own.SHA256))
	}
	add("In words", m.said(certificate.AboutLayer))
	add("", m.said(certificate.AboutClient))
	return rows
}

// under names the last authority that was shown or named, where it is another
// than the one that signed.
func (m Model) under() string {
	last := m.layer.Chain[len(m.layer.Chain)-1]
	if last.Issuer == m.layer.Issuer || last.SelfSigned && last.Subject == m.layer.Issuer {
		return ""
	}
	return sanitize.Text(last.Issuer)
}

// colons writes hex as people compare it: "5f:0a:91".
func colons(hex string) string {
	var b strings.Builder
	for i := 0; i+1 < len(hex); i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(hex[i : i+2])
	}
	return b.String()
}

// lists compares what the server offered before TLS with what it offers now.
func (m Model) lists() []string {
	if m.before == nil || m.after == nil {
		return nil
	}
	rows := []string{""}
	changes := explain.Changes(m.before, m.after)
	for _, change := range changes {
		rows = append(rows, m.fact(change.Keyword, change.Say)...)
	}
	if len(changes) == 0 {
		rows = append(rows, m.fact("EHLO again", explain.ChangesNothing())...)
	}
	return rows
}

// PEM is the chain that is shown, to be kept in a file; nil for none.
func (m Model) PEM() []byte {
	if m.layer == nil {
		return nil
	}
	return certificate.PEM(session.Encryption{Chain: m.layer.Chain})
}
