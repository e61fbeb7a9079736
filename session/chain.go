package session

import (
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"
)

// judge finds everything that is wrong with a chain, held against a name, the
// roots that are trusted (nil: the computer's own) and a time: first what most
// people meet first. A chain without faults is trusted. It does no IO but the
// reading of the computer's own roots.
func judge(chain []*x509.Certificate, name string, roots *x509.CertPool, now time.Time) (faults []Fault) {
	if len(chain) == 0 {
		return []Fault{{Kind: FaultNoCertificate}}
	}
	path, err := follow(chain, roots, now)
	for _, link := range path {
		switch certificate := chain[link]; {
		case now.After(certificate.NotAfter):
			faults = append(faults, Fault{Kind: FaultExpired, Link: link})
		case now.Before(certificate.NotBefore):
			faults = append(faults, Fault{Kind: FaultNotYet, Link: link})
		}
	}
	switch {
	case name == "":
		faults = append(faults, Fault{Kind: FaultNoName})
	case chain[0].VerifyHostname(name) != nil:
		faults = append(faults, Fault{Kind: FaultWrongName})
	}
	if err != nil {
		faults = append(faults, issuers(chain, path, roots, now)...)
	}
	for _, link := range path {
		if weakKey(chain[link]) {
			faults = append(faults, Fault{Kind: FaultWeakKey, Link: link})
		}
		if weakSignature(chain[link]) && !namesItself(chain[link]) { // nobody reads that of a root
			faults = append(faults, Fault{Kind: FaultWeakSignature, Link: link})
		}
	}
	if err != nil && !slices.ContainsFunc(faults, ofChain) {
		faults = append(faults, faultOf(err, chain))
	}
	return faults
}

// ofChain reports whether a fault explains why a chain does not verify: a name
// was not looked at then.
func ofChain(fault Fault) bool {
	return fault.Kind != FaultWrongName && fault.Kind != FaultNoName && fault.Kind != FaultWeakKey
}

// follow returns the links that lead from the server's own certificate upwards,
// as indices into chain: those of a path that verifies, or else those that name
// each other, with the reason why they do not.
func follow(chain []*x509.Certificate, roots *x509.CertPool, now time.Time) (path []int, err error) {
	paths, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between(chain), CurrentTime: now})
	if err != nil {
		return named(chain), err
	}
	for _, certificate := range paths[0] {
		if link := slices.IndexFunc(chain, certificate.Equal); link >= 0 {
			path = append(path, link)
		}
	}
	return path, nil
}

func between(chain []*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, certificate := range chain[1:] {
		pool.AddCert(certificate)
	}
	return pool
}

// named follows the names of issuers, whatever order the server has them in.
func named(chain []*x509.Certificate) []int {
	path := []int{0}
	for {
		last := chain[path[len(path)-1]]
		next := slices.IndexFunc(chain, func(c *x509.Certificate) bool { return isIssuer(last, c) })
		if next < 0 || slices.Contains(path, next) {
			return path
		}
		path = append(path, next)
	}
}

// issuers finds the link whose issuer is the trouble: not who it says, or known
// to nobody here.
func issuers(chain []*x509.Certificate, path []int, roots *x509.CertPool, now time.Time) (faults []Fault) {
	for i := range len(path) - 1 {
		err := chain[path[i]].CheckSignatureFrom(chain[path[i+1]])
		switch {
		case err == nil, errors.As(err, new(x509.InsecureAlgorithmError)):
		case errors.As(err, new(x509.ConstraintViolationError)):
			faults = append(faults, Fault{Kind: FaultNotAuthority, Link: path[i+1]})
		default:
			faults = append(faults, Fault{Kind: FaultBrokenSignature, Link: path[i]})
		}
	}
	last := path[len(path)-1]
	switch top := chain[last]; {
	case anchored(top, chain, roots, now):
	case namesItself(top) && last == 0:
		faults = append(faults, Fault{Kind: FaultSelfSigned})
	case namesItself(top):
		faults = append(faults, Fault{Kind: FaultUnknownIssuer, Link: last})
	default:
		faults = append(faults, Fault{Kind: FaultMissingIssuer, Link: last})
	}
	return faults
}

// anchored reports whether the end of a path is a root that is trusted, or was
// signed by one. That it may be out of date is told elsewhere; so is a weak
// signature, which the library follows to nobody.
func anchored(top *x509.Certificate, chain []*x509.Certificate, roots *x509.CertPool, now time.Time) bool {
	switch {
	case weakSignature(top) && !namesItself(top):
		return true
	case now.After(top.NotAfter):
		now = top.NotAfter
	case now.Before(top.NotBefore):
		now = top.NotBefore
	}
	_, err := top.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between(chain), CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return !errors.As(err, new(x509.UnknownAuthorityError)) && !errors.As(err, new(x509.SystemRootsError))
}

// faultOf names what the library found wrong with a chain as a whole.
func faultOf(err error, chain []*x509.Certificate) Fault {
	fault := Fault{Kind: FaultOther, Text: err.Error()}
	var invalid x509.CertificateInvalidError
	if !errors.As(err, &invalid) {
		return fault
	}
	if invalid.Cert != nil {
		fault.Link = max(0, slices.IndexFunc(chain, invalid.Cert.Equal))
	}
	switch invalid.Reason {
	case x509.IncompatibleUsage:
		fault.Kind, fault.Text = FaultPurpose, ""
	case x509.NotAuthorizedToSign, x509.TooManyIntermediates:
		fault.Kind, fault.Text = FaultNotAuthority, ""
	case x509.CANotAuthorizedForThisName:
		fault.Kind, fault.Text = FaultConstraint, ""
	}
	return fault
}

// dateForm is how a day is written in a reason.
const dateForm = "2 Jan 2006"

// reason says in a few plain words why a chain is not trusted: its first
// fault; "" when it has none.
func reason(faults []Fault, chain []Certificate, name string) string {
	if len(faults) == 0 {
		return ""
	}
	fault := faults[0]
	if fault.Kind == FaultNoCertificate {
		return "the server showed no certificate"
	}
	link := chain[fault.Link]
	it := "it"
	if fault.Link > 0 {
		it = "that of its issuer " + link.Subject
	}
	switch fault.Kind {
	case FaultNoName:
		return "no name is known to hold it against"
	case FaultExpired, FaultNotYet:
		return fmt.Sprintf("%s is out of date: good from %s to %s", it, link.NotBefore.Format(dateForm), link.NotAfter.Format(dateForm))
	case FaultWrongName:
		return fmt.Sprintf("it is for another name than %s", name)
	case FaultSelfSigned:
		return "it is signed by itself"
	case FaultUnknownIssuer, FaultMissingIssuer:
		return "it is signed by an authority that this computer does not know"
	case FaultWeakKey:
		return fmt.Sprintf("the key of %s is weak: %s", it, link.Key)
	case FaultWeakSignature:
		return fmt.Sprintf("%s is signed in a way that can be forged: %s", it, link.Signature)
	case FaultBrokenSignature:
		return it + " is not signed by who it says"
	case FaultNotAuthority:
		return it + " may not sign others"
	case FaultPurpose:
		return it + " is not made for servers"
	case FaultConstraint:
		return "its authority may not sign for this name"
	}
	return fault.Text
}
