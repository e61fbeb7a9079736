package plain

import (
	"cmp"
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/session/probe"
	"ehlo/session/script"
)

// encrypted notes a layer: the plan of a guided send needs it, and a line to
// the same server is never led in clear again.
func (f *front) encrypted(layer *session.Encryption) {
	f.talk.layer = layer
	if f.secured == nil {
		f.secured = make(map[string]bool)
	}
	f.secured[nameOf(f.talk.target)] = true
	f.planEncrypted()
}

// planEncrypted tells the plan what is known of the layer, and on a line that
// was in secret before, that it must be again.
func (f *front) planEncrypted() {
	if f.plan == nil {
		return
	}
	plan := *f.plan
	if auto := plan.TLS == script.Auto || plan.TLS == ""; auto && !f.talk.target.Implicit && f.secured[nameOf(f.talk.target)] {
		plan.TLS = script.StartTLS
	}
	if f.talk.layer != nil && !f.talk.over {
		plan = plan.Encrypted(*f.talk.layer)
	}
	f.plan = &plan
}

// nameOf names a server: another address of it is the same one.
func nameOf(target probe.Target) string {
	return cmp.Or(target.Host, target.Addr.Addr().String()) + ":" + strconv.Itoa(int(target.Addr.Port()))
}

// tellTLS says what is known of the encryption, in sentences, and what the DNS
// says of the certificate; "save FILE" keeps the chain.
func (f *front) tellTLS(arg string) {
	word, path, _ := strings.Cut(arg, " ")
	if !f.talk.live() || f.talk.layer == nil {
		f.page.line(say("tls none"))
		return
	}
	if strings.EqualFold(word, "save") {
		f.saveChain(strings.TrimSpace(path))
		return
	}
	for _, sentence := range certificate.Read(*f.talk.layer, f.now()) {
		f.page.line(sentence.Text)
	}
	if says, err := f.dane(); err == nil && says.Text != "" {
		f.page.line(says.Text)
	}
}

// dane asks the DNS what the certificate is to be; the end of the run ends it.
func (f *front) dane() (certificate.Sentence, error) {
	ctx, cancel := context.WithTimeout(f.ctx, daneWait)
	defer cancel()
	return f.config.Way.DANE(ctx, f.talk.target, *f.talk.layer, f.about.target.Domain.ASCII)
}

// daneWait bounds a question that nobody should wait for.
const daneWait = 5 * time.Second

// saveChain writes the certificates as PEM, for their owner alone, into a file
// that is not there yet.
func (f *front) saveChain(path string) {
	if path == "" {
		f.page.line(say("tls where"))
		return
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = file.Write(certificate.PEM(*f.talk.layer))
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		f.page.line(say("tls not saved", "reason", err.Error()))
		return
	}
	f.page.line(say("tls saved", "path", path))
}
