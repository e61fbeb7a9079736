package command

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
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
	if err := oneWord("--server-name", f.ServerName); err != nil {
		return options, err
	}
	if name, file := f.authorities(); file != "" {
		roots, err := readRoots(name, file)
		if err != nil {
			return options, err
		}
		options.Roots = roots
	}
	if (f.ClientCert == "") != (f.ClientKey == "") {
		return options, usage("--client-cert and --client-key go together.")
	}
	if f.ClientCert != "" {
		pair, err := readPair(f.ClientCert, f.ClientKey)
		if err != nil {
			return options, err
		}
		options.Certificates = []tls.Certificate{pair}
	}
	return options, nil
}

// authorities names the file of those that are trusted, and what named it: --ca,
// or SSL_CERT_FILE as OpenSSL reads it. Without a file it is the computer's own
// list.
func (f trustFlags) authorities() (name, file string) {
	if f.CA != "" {
		return "--ca", f.CA
	}
	if f.TLS == string(script.None) {
		return "", ""
	}
	return "SSL_CERT_FILE", os.Getenv("SSL_CERT_FILE")
}

func readRoots(name, path string) (*x509.CertPool, error) {
	pem, err := readPEM(path)
	if err != nil {
		return nil, usage("%s: %v.", name, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, usage("%s: there is no certificate in %s.", name, path)
	}
	return roots, nil
}

// readPair reads a certificate of ours and its key.
func readPair(certFile, keyFile string) (tls.Certificate, error) {
	cert, err := readPEM(certFile)
	if err != nil {
		return tls.Certificate{}, usage("--client-cert: %v.", err)
	}
	key, err := readPEM(keyFile)
	if err != nil {
		return tls.Certificate{}, usage("--client-key: %v.", err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return tls.Certificate{}, usage("The client certificate cannot be used: %v.", err)
	}
	return pair, nil
}

// maxPEM bounds a file of certificates, in bytes: all that a computer trusts
// takes a quarter of a MiB.
const maxPEM = 16 << 20

func readPEM(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	pem, err := io.ReadAll(io.LimitReader(file, maxPEM+1))
	if err == nil && len(pem) > maxPEM {
		err = fmt.Errorf("%s is larger than %d MiB", path, maxPEM>>20)
	}
	return pem, err
}
