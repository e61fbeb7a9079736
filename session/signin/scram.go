package signin

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"encoding/base64"
	"hash"
	"slices"
	"strconv"
	"strings"

	"ehlo/session"
)

// Bounds on the work a server may ask for. RFC 7677 section 4 wants 4096 rounds
// at least: fewer make a listener's guessing cheap. More than the upper bound
// would keep a computer busy for over a second.
const (
	minRounds = 4096
	maxRounds = 700_000
)

// maxSalt bounds the server's salt, in bytes.
const maxSalt = 1024

// scram is what both proofs are made of (RFC 5802 section 3). It is ours because
// the library at hand builds 2,244 table entries whenever a program starts, and
// knows no upper bound of rounds.
type scram struct {
	hash     func() hash.Hash
	password string // prepared
	header   string // GS2
	binding  []byte
	nonce    string
	bare     string // client-first-message-bare
}

// beginScram says who signs in, and a nonce.
func beginScram(h func() hash.Hash, choice Choice, who Credentials, nonce string) (Exchange, error) {
	user, userOK := prepare(who.User)
	password, passwordOK := prepare(who.Password.Reveal())
	if !userOK || !passwordOK || user == "" {
		return Exchange{}, &Problem{Kind: BadCredentials, Way: choice.Way}
	}
	s := scram{hash: h, password: password, header: choice.header(), nonce: nonce}
	if choice.plus() {
		s.binding = choice.Binding.Data
	}
	s.bare = "n=" + saslName(user) + ",r=" + nonce
	initial := s.header + s.bare
	return Exchange{initial: &initial, next: s.prove, secrets: []session.Secret{session.NewSecret(password)}}, nil
}

// prove answers the server's salt and rounds with a proof of ours (RFC 5802
// section 5: server-first-message, client-final-message).
func (s scram) prove(x Exchange, challenge []byte) (string, Exchange, error) {
	first, err := s.read(x, string(challenge))
	if err != nil {
		return "", x, err
	}
	salted, err := pbkdf2.Key(s.hash, s.password, first.salt, first.rounds, s.hash().Size())
	if err != nil {
		return "", x, x.problem(BadChallenge)
	}
	unproved := "c=" + base64.StdEncoding.EncodeToString(append([]byte(s.header), s.binding...)) + ",r=" + first.nonce
	signed := s.bare + "," + string(challenge) + "," + unproved
	clientKey := s.mac(salted, "Client Key")
	stored := s.hash()
	stored.Write(clientKey)
	proof := s.mac(stored.Sum(nil), signed)
	for i := range proof {
		proof[i] ^= clientKey[i]
	}
	encoded := base64.StdEncoding.EncodeToString(proof)
	x.next = believe(s.mac(s.mac(salted, "Server Key"), signed))
	x.secrets = append(slices.Clip(x.secrets), session.NewSecret(encoded))
	return unproved + ",p=" + encoded, x, nil
}

func (s scram) mac(key []byte, text string) []byte {
	mac := hmac.New(s.hash, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// serverFirst is what the server tells before any proof.
type serverFirst struct {
	nonce  string
	salt   []byte
	rounds int
}

// read reads a server-first-message. One that begins with an extension is not
// understood, as RFC 5802 section 5.1 wants it.
func (s scram) read(x Exchange, text string) (first serverFirst, err error) {
	fields := strings.SplitN(text, ",", 4)
	if len(fields) < 3 {
		return first, x.problem(BadChallenge)
	}
	nonce, hasNonce := strings.CutPrefix(fields[0], "r=")
	salt, hasSalt := strings.CutPrefix(fields[1], "s=")
	rounds, hasRounds := strings.CutPrefix(fields[2], "i=")
	first.nonce = nonce
	first.salt, err = base64.StdEncoding.DecodeString(salt)
	number, notNumber := strconv.Atoi(rounds)
	first.rounds = number
	switch {
	case !hasNonce, !hasSalt, !hasRounds, err != nil, notNumber != nil, len(first.salt) == 0, len(first.salt) > maxSalt:
		return first, x.problem(BadChallenge)
	case !strings.HasPrefix(nonce, s.nonce), len(nonce) == len(s.nonce):
		return first, x.problem(WrongProof) // it answers a question that is not ours
	case number < minRounds:
		return first, x.problem(TooFewRounds)
	case number > maxRounds:
		return first, x.problem(TooManyRounds)
	}
	return first, nil
}

// believe holds the server's own proof against what it must be (RFC 5802
// section 5: server-final-message).
func believe(signature []byte) question {
	return func(x Exchange, challenge []byte) (string, Exchange, error) {
		verifier, _, _ := strings.Cut(string(challenge), ",")
		said, proves := strings.CutPrefix(verifier, "v=")
		if reason, fails := strings.CutPrefix(verifier, "e="); fails {
			problem := x.problem(ServerSaysNo)
			problem.Text = reason
			return "", x, problem
		}
		given, err := base64.StdEncoding.DecodeString(said)
		if !proves || err != nil || !hmac.Equal(given, signature) {
			return "", x, x.problem(WrongProof)
		}
		x.next, x.proved = nil, true
		return "", x, nil
	}
}
