package command

import (
	"crypto/tls"
	"crypto/x509"
	"os"

	"ehlo/session"
	"ehlo/session/script"
)

// trustFlags say how encryption is used and judged.
type trustFlags struct {
	TLS        string `name:"tls" enum:"auto,none,starttls,implicit" default:"auto" help:"auto (when offered), none, starttls or implicit." group:"trust"`
	CA         string `name:"ca" type:"path" placeholder:"FILE" help:"Trust the authorities in this PEM file." group:"trust"`
	ServerName string `placeholder:"NAME" help:"The name the certificate is held against." group:"trust"`
	ClientCert string `type:"path" placeholder:"FILE" help:"Our certificate, PEM." group:"trust"`
	ClientKey  string `type:"path" placeholder:"FILE" help:"Its key, PEM." group:"trust"`
	Insecure   bool   `help:"Accept a certificate that cannot be trusted." group:"trust"`
}

func (f trustFlags) policy() script.Policy { return script.Policy(f.TLS) }

// required reports whether TLS was asked for by name: then the certificate
// must be trusted, unless told otherwise.
func (f trustFlags) required() bool { return f.TLS == "starttls" || f.TLS == "implicit" }

// options reads the files that the flags name.
func (f trustFlags) options() (session.TLS, error) {
	options := session.TLS{Name: f.ServerName, RequireTrust: f.required() && !f.Insecure}
	if f.CA != "" {
		roots, err := readRoots(f.CA)
		if err != nil {
			return options, err
		}
		options.Roots = roots
	}
	if (f.ClientCert == "") != (f.ClientKey == "") {
		return options, usage("--client-cert and --client-key go together.")
	}
	if f.ClientCert != "" {
		pair, err := tls.LoadX509KeyPair(f.ClientCert, f.ClientKey)
		if err != nil {
			return options, usage("The client certificate cannot be used: %v.", err)
		}
		options.Certificates = []tls.Certificate{pair}
	}
	return options, nil
}

func readRoots(path string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, usage("--ca: %v.", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, usage("--ca: there is no certificate in %s.", path)
	}
	return roots, nil
}
