package signin

import (
	"slices"
	"strings"

	"ehlo/session"
)

// Facts are what decides whether to sign in, and how.
type Facts struct {
	Encrypted bool     // TLS is on
	Trusted   bool     // its certificate was verified
	Reason    string   // why not, in plain words
	Offered   []string // the ways the server offers now, upper case: after TLS, where there is TLS
	Way       string   // the one asked for by name; "" takes the strongest

	Binding session.Binding // of the TLS layer

	Insecure     bool // the user allows TLS that was not verified
	InsecureAuth bool // the user allows none; neither implies the other
}

// Choice is the way that is taken.
type Choice struct {
	Way     string
	Binding session.Binding // the one at hand, used or not
	hinted  bool            // the server offers to be bound
}

// Choose decides whether to sign in, and in which way. A secret is said only
// over TLS whose certificate was verified, and only in a way offered behind it;
// the user may allow more. The error is a Problem.
func Choose(f Facts) (Choice, error) {
	way := strings.ToUpper(f.Way)
	problem := func(kind Kind) (Choice, error) {
		return Choice{}, &Problem{Kind: kind, Way: way, Text: f.Reason, Offered: f.Offered}
	}
	switch {
	case way != "" && !Known(way):
		return problem(Unknown)
	case !f.Encrypted && !f.InsecureAuth:
		return problem(NotEncrypted)
	case f.Encrypted && !f.Trusted && !f.Insecure:
		return problem(NotTrusted)
	case len(f.Offered) == 0:
		return problem(NotOffered)
	case way == "":
		if way = f.strongest(); way == "" {
			return problem(f.noneInCommon())
		}
	case !slices.Contains(f.Offered, way):
		return problem(WayNotOffered)
	}
	choice := Choice{Way: way, Binding: f.Binding, hinted: slices.ContainsFunc(f.Offered, plus)}
	switch {
	case choice.plus() && f.Binding.Type == "":
		return problem(NoBinding)
	case way == External && !f.Encrypted:
		return problem(NoCertificate)
	}
	return choice, nil
}

// strongest is the first way for a password that both sides speak.
func (f Facts) strongest() string {
	for _, way := range passwordWays() {
		if slices.Contains(f.Offered, way) && (f.Binding.Type != "" || !plus(way)) {
			return way
		}
	}
	return ""
}

// noneInCommon tells a server that takes tokens alone from one whose ways
// nobody here speaks.
func (f Facts) noneInCommon() Kind {
	if slices.Contains(f.Offered, XOAuth2) || slices.Contains(f.Offered, OAuthBearer) {
		return TokensOnly
	}
	return NoneInCommon
}

func plus(way string) bool { return strings.HasSuffix(way, "-PLUS") }

func (c Choice) plus() bool { return plus(c.Way) }

// header is how SCRAM says what it knows of binding (RFC 5802 section 6): it is
// used; or it could be, and the server offers none, which it would notice if
// somebody between has taken the offer away; or nothing.
func (c Choice) header() string {
	switch {
	case c.plus():
		return "p=" + c.Binding.Type + ",,"
	case c.Binding.Type != "" && !c.hinted:
		return "y,,"
	}
	return "n,,"
}
