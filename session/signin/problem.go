package signin

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// Kind names what keeps us from signing in.
type Kind string

// The kinds. The first are of the policy, the others of the exchange.
const (
	NotEncrypted   Kind = "not-encrypted"   // no TLS, and none was allowed
	NotTrusted     Kind = "not-trusted"     // TLS without a verified certificate, likewise
	NotOffered     Kind = "not-offered"     // no AUTH in the list
	WayNotOffered  Kind = "way-not-offered" // not this one
	NoneInCommon   Kind = "none-in-common"  // none that is spoken here
	TokensOnly     Kind = "tokens-only"     // only those that want a token, and none was named
	NoBinding      Kind = "no-binding"      // -PLUS without a TLS layer to be tied to
	NoCertificate  Kind = "no-certificate"  // EXTERNAL without TLS
	Unknown        Kind = "unknown"         // not spoken here
	BadCredentials Kind = "bad-credentials" // characters that this way cannot say

	TooMany       Kind = "too-many"        // more questions than this way has
	BadChallenge  Kind = "bad-challenge"   // not of the form of this way
	TooFewRounds  Kind = "too-few-rounds"  // RFC 7677 section 4
	TooManyRounds Kind = "too-many-rounds" // more work than we do for anybody
	ServerSaysNo  Kind = "server-says-no"  // SCRAM's own error
	WrongProof    Kind = "wrong-proof"     // the server does not know the password
	Unproved      Kind = "unproved"        // it said yes without proving it
)

// Problem is why we did not sign in, or stopped.
type Problem struct {
	Kind    Kind
	Way     string   // "" when none was chosen
	Text    string   // the reason that came with it, as the server or TLS gave it
	Offered []string // what the server offers
}

// Error returns the problem in one sentence. It may hold words of the server.
func (p *Problem) Error() string {
	return strings.NewReplacer("{way}", p.Way, "{text}", p.Text, "{offered}", p.offers(),
		"{known}", strings.Join(Ways(), ", ")).Replace(words()[p.Kind].Sentence)
}

// maxOffers is how many ways of a server's list are repeated.
const maxOffers = 8

// offers is the server's list, short enough for a sentence.
func (p *Problem) offers() string {
	if more := len(p.Offered) - maxOffers; more > 0 {
		return strings.Join(p.Offered[:maxOffers], ", ") + ", ..."
	}
	return strings.Join(p.Offered, ", ")
}

// Next says what to do about it.
func (p *Problem) Next() string { return words()[p.Kind].Next }

func (x Exchange) problem(kind Kind) *Problem { return &Problem{Kind: kind, Way: x.way} }

//go:embed words_en.json
var wordsJSON []byte

type said struct {
	Sentence string `json:"sentence"`
	Next     string `json:"next"`
}

// words reads the sentences when they are first needed.
var words = sync.OnceValue(func() map[Kind]said {
	all := make(map[Kind]said)
	_ = json.Unmarshal(wordsJSON, &all) // a test reads them
	return all
})
