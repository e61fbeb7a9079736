package ui

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/session/probe"
	"ehlo/session/sanitize"
	"ehlo/session/script"
	"ehlo/session/smtp"
)

// encrypt offers STARTTLS where it can be said, and shows what is known of the
// encryption.
func (m *Model) encrypt() tea.Cmd {
	m.show(PaneTLS)
	if m.config.Policy == script.None {
		m.note = m.text("tls-none")
		return nil
	}
	if m.live.talking() && !m.live.state.Secure && m.live.state.Extensions.Offers(smtp.STARTTLS) {
		m.prompt.Offer(smtp.STARTTLS, m.now())
	}
	return nil
}

// slashTLS shows what is known of the encryption, or keeps the certificates.
func (m *Model) slashTLS(rest string) tea.Cmd {
	word, path, _ := strings.Cut(rest, " ")
	path = strings.TrimSpace(path)
	pem := m.crypt.PEM()
	switch {
	case !strings.EqualFold(word, "save"):
		return m.encrypt()
	case path == "":
		m.note = m.text("tls-save-where")
	case pem == nil:
		m.note = m.text("tls-save-none")
	default:
		return func() tea.Msg { return chainSaved{path, saveNew(path, pem)} }
	}
	return nil
}

// saveNew writes a file that only its owner reads. One that is there already
// stays as it is.
func saveNew(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}

// chainKept tells what became of keeping the certificates.
func (m *Model) chainKept(msg chainSaved) {
	path := sanitize.Text(msg.path)
	switch {
	case msg.err == nil:
		m.note = m.text("tls-saved", "{path}", path)
	case errors.Is(msg.err, fs.ErrExist):
		m.note = m.text("tls-save-there", "{path}", path)
	default:
		m.note = m.text("tls-save-failed", "{reason}", sanitize.Text(msg.err.Error()))
	}
}

// askDANE asks the DNS what the certificate is to be, beside the talk; nil
// without a layer.
func (m *Model) askDANE(layer *session.Encryption) tea.Cmd {
	if layer == nil {
		return nil
	}
	ctx, way, from, target, also := m.ctx, m.way, m.live.session, m.live.target, m.about.Domain.ASCII
	return func() tea.Msg {
		says, _ := way.DANE(ctx, target, *layer, also) // without an answer there is nothing to say
		return daneFound{from, says}
	}
}

// daneCame shows what the DNS says, if that talk is still the one shown.
func (m *Model) daneCame(msg daneFound) {
	if m.live != nil && m.live.session == msg.from && m.live.encrypted != nil {
		m.crypt.SetDANE(msg.says)
	}
}

// tellUnencrypted shows in the pane why the switch to encryption did not work.
func (m *Model) tellUnencrypted(cause *session.Cause) {
	switch cause.Why {
	case session.WhyTLSFailed:
		m.crypt.SetFailed(certificate.Trouble(cause.Err))
	case session.WhyClearText:
		m.crypt.SetFailed(m.text("tls-clear-text"))
	}
}

// encrypted notes a layer: the plan of the guide needs it, and a line to the
// same server is never led in clear again.
func (m *Model) encrypted() {
	if m.secured == nil {
		m.secured = make(map[string]bool)
	}
	m.secured[serverName(m.live)] = true
	m.planEncrypted()
}

// planEncrypted tells the plan of the guide what is known of the layer.
func (m *Model) planEncrypted() {
	if m.guided.talks() && m.live.encrypted != nil {
		m.guided.plan = m.guided.plan.Encrypted(*m.live.encrypted)
	}
}

// policyFor is how much encryption a plan wants of a server: where a line to it
// was encrypted before, somebody between must not be able to take that away.
func (m *Model) policyFor(target probe.Target, policy script.Policy) script.Policy {
	auto := policy == script.Auto || policy == ""
	if auto && !target.Implicit && m.secured[serverName(&live{target: target})] {
		return script.StartTLS
	}
	return policy
}
