package signin

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/emersion/go-sasl"

	"ehlo/session"
)

// The ways of signing in, as servers name them.
const (
	ScramSHA256Plus = "SCRAM-SHA-256-PLUS"
	ScramSHA1Plus   = "SCRAM-SHA-1-PLUS"
	ScramSHA256     = "SCRAM-SHA-256"
	ScramSHA1       = "SCRAM-SHA-1"
	CramMD5         = "CRAM-MD5"
	Plain           = "PLAIN"
	Login           = "LOGIN"
	OAuthBearer     = "OAUTHBEARER"
	XOAuth2         = "XOAUTH2"
	External        = "EXTERNAL"
)

// Ways returns all that can be spoken. Those for a password come first, the
// strongest before the others; then those for a token, and EXTERNAL.
func Ways() []string { return append(passwordWays(), OAuthBearer, XOAuth2, External) }

// passwordWays are those for a user name and a password. One that does not say
// the password goes before one that does.
func passwordWays() []string {
	return []string{ScramSHA256Plus, ScramSHA1Plus, ScramSHA256, ScramSHA1, CramMD5, Plain, Login}
}

// Known reports whether a way, in whatever case, can be spoken.
func Known(way string) bool { return slices.Contains(Ways(), strings.ToUpper(way)) }

// Wants tells what a way needs to be told: a user name, a password or token.
func Wants(way string) (user, password bool) {
	switch strings.ToUpper(way) {
	case External:
		return false, false
	case OAuthBearer:
		return false, true
	}
	return true, true
}

// start returns the Exchange of a way before anything was said.
func start(choice Choice, who Credentials, nonce string) (Exchange, error) {
	password := who.Password.Reveal()
	if strings.ContainsAny(who.User+password, "\x00\x01") {
		return Exchange{}, &Problem{Kind: BadCredentials, Way: choice.Way}
	}
	switch choice.Way {
	case Plain: // RFC 4616 section 2
		return saidAtOnce(sasl.NewPlainClient("", who.User, password))
	case External: // RFC 4422 appendix A
		return saidAtOnce(sasl.NewExternalClient(who.User))
	case Login:
		return login(who.User, password), nil
	case CramMD5:
		return Exchange{next: cramMD5(who.User, password), proved: true}, nil
	case OAuthBearer:
		return oauthBearer(who.User, password)
	case XOAuth2:
		return token("user="+who.User+"\x01auth=Bearer "+password+"\x01\x01", ""), nil
	case ScramSHA1, ScramSHA1Plus:
		return beginScram(sha1.New, choice, who, nonce)
	case ScramSHA256, ScramSHA256Plus:
		return beginScram(sha256.New, choice, who, nonce)
	}
	return Exchange{}, &Problem{Kind: Unknown, Way: choice.Way}
}

// saidAtOnce is a way whose first response is its only one.
func saidAtOnce(client sasl.Client) (Exchange, error) {
	_, initial, err := client.Start()
	text := string(initial)
	return Exchange{initial: &text, proved: true}, err
}

// login says the user name, then the password, each when asked; servers word
// their questions as they like. One that asks for the name again, though it was
// told, is told it again: it would else take the password for the name.
func login(user, password string) Exchange {
	sayPassword := func(x Exchange, _ []byte) (string, Exchange, error) {
		x.next = nil
		return password, x, nil
	}
	return Exchange{initial: &user, proved: true, next: func(x Exchange, challenge []byte) (string, Exchange, error) {
		if strings.Contains(strings.ToLower(string(challenge)), "user") {
			x.next = sayPassword
			return user, x, nil
		}
		return sayPassword(x, challenge)
	}}
}

// cramMD5 proves the password by the server's challenge (RFC 2195 section 2).
// The proof allows guessing, so nobody sees it either.
func cramMD5(user, password string) question {
	return func(x Exchange, challenge []byte) (string, Exchange, error) {
		mac := hmac.New(md5.New, []byte(password))
		mac.Write(challenge)
		proof := hex.EncodeToString(mac.Sum(nil))
		x.next = nil
		x.secrets = append(slices.Clip(x.secrets), session.NewSecret(proof))
		return user + " " + proof, x, nil
	}
}

// oauthBearer shows a token (RFC 7628 section 3.1).
func oauthBearer(user, bearer string) (Exchange, error) {
	_, initial, err := sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: saslName(user), Token: bearer}).Start()
	return token(string(initial), "\x01"), err
}

// token is a way that shows one. A challenge after it is a no with its reasons,
// to be acknowledged before the server says so in a reply (RFC 7628 section 3.2.3).
func token(initial, acknowledge string) Exchange {
	return Exchange{initial: &initial, proved: true, next: func(x Exchange, _ []byte) (string, Exchange, error) {
		x.next = nil
		return acknowledge, x, nil
	}}
}

// saslName writes a name where "," and "=" have a meaning (RFC 5801 section 4).
func saslName(name string) string {
	return strings.NewReplacer("=", "=3D", ",", "=2C").Replace(name)
}
