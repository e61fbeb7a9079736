package practice

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/emersion/go-sasl"
)

var errCredentials = errors.New("no such user and password")

// mechanism returns the server side of a way to sign in that is offered, nil
// for any other. Who signs in is left in who. A token is the user's password.
func (t *talk) mechanism(name string, who *string) sasl.Server {
	if !t.offersMechanism(name) {
		return nil
	}
	check := func(_, user, password string) error {
		known, ok := t.play.users[user]
		if !ok || known != password {
			return errCredentials
		}
		*who = user
		return nil
	}
	switch name {
	case "PLAIN":
		return sasl.NewPlainServer(check)
	case "LOGIN":
		return &login{check: check}
	case "CRAM-MD5":
		return &cramMD5{check: check, users: t.play.users, challenge: "<" + rand.Text() + "@" + t.play.Host + ">"}
	case "XOAUTH2":
		return &xoauth2{check: check}
	case "OAUTHBEARER":
		return &bearer{Server: sasl.NewOAuthBearerServer(func(said sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
			if check("", unescaped(said.Username), said.Token) != nil {
				return &sasl.OAuthBearerError{Status: "invalid_token", Schemes: "bearer"}
			}
			return nil
		})}
	case "EXTERNAL":
		return sasl.NewExternalServer(func(identity string) error { return t.external(identity, who) })
	}
	return t.scram(name, who)
}

func (t *talk) offersMechanism(name string) bool {
	offered, _ := t.offer("AUTH")
	for _, word := range strings.Fields(strings.ToUpper(offered)) {
		if word == name {
			return true
		}
	}
	return false
}

// external takes whoever showed a certificate for whoever they say they are.
func (t *talk) external(identity string, who *string) error {
	layer, ok := t.layer()
	if !ok || len(layer.PeerCertificates) == 0 {
		return errCredentials
	}
	if *who = identity; identity == "" {
		*who = layer.PeerCertificates[0].Subject.CommonName
	}
	return nil
}

// layer returns what is known of the TLS beneath the talk.
func (t *talk) layer() (tls.ConnectionState, bool) {
	conn, ok := t.wire.conn.(*tls.Conn)
	if !ok {
		return tls.ConnectionState{}, false
	}
	return conn.ConnectionState(), true
}

// login is the server side of LOGIN, which go-sasl has not: two questions, in
// the words every client knows.
type login struct {
	check sasl.PlainAuthenticator
	user  *string
	asked int
}

// Next takes the client's answer to the question before.
func (l *login) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil && l.asked == 0:
		l.asked = 1
		return []byte("Username:"), false, nil
	case l.user == nil:
		user := string(response)
		l.user = &user
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check("", *l.user, string(response))
}

// cramMD5 is the server side of CRAM-MD5 (RFC 2195 section 2).
type cramMD5 struct {
	check     sasl.PlainAuthenticator
	users     map[string]string
	challenge string
	asked     bool
}

// Next asks once, and holds the answer against the user's password.
func (c *cramMD5) Next(response []byte) (challenge []byte, done bool, err error) {
	if !c.asked {
		c.asked = true
		if response != nil {
			return nil, true, errCredentials // there is nothing to be said before the question
		}
		return []byte(c.challenge), false, nil
	}
	at := strings.LastIndexByte(string(response), ' ')
	if at < 0 {
		return nil, true, errCredentials
	}
	user, digest := string(response[:at]), string(response[at+1:])
	password := c.users[user]
	mac := hmac.New(md5.New, []byte(password))
	mac.Write([]byte(c.challenge))
	if hex.EncodeToString(mac.Sum(nil)) != digest {
		return nil, true, errCredentials
	}
	return nil, true, c.check("", user, password)
}

// xoauth2 is the server side of XOAUTH2, as Google describes it: a token, and
// where it is no good a question with the reasons, which wants any answer.
type xoauth2 struct {
	check   sasl.PlainAuthenticator
	refused bool
}

// Next takes "user=" U ^A "auth=Bearer " TOKEN ^A ^A.
func (x *xoauth2) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case x.refused:
		return nil, true, errCredentials
	case response == nil:
		return []byte{}, false, nil
	}
	fields := strings.Split(string(response), "\x01")
	if len(fields) != 4 || fields[2]+fields[3] != "" {
		return nil, true, errCredentials
	}
	user, hasUser := strings.CutPrefix(fields[0], "user=")
	token, hasToken := strings.CutPrefix(fields[1], "auth=Bearer ")
	if hasUser && hasToken && x.check("", user, token) == nil {
		return nil, true, nil
	}
	x.refused = true
	return []byte(`{"status":"401","schemes":"bearer","scope":"mail"}`), false, nil
}

// bearer keeps from go-sasl the one answer that it cannot take: an empty one to
// its no.
type bearer struct {
	sasl.Server
	told bool
}

// Next takes the token, and after a no what acknowledges it.
func (b *bearer) Next(response []byte) (challenge []byte, done bool, err error) {
	if b.told && len(response) == 0 {
		return nil, true, errCredentials
	}
	b.told = response != nil
	return b.Server.Next(response)
}

// unescaped reads a name of RFC 5801 section 4.
func unescaped(name string) string { return strings.NewReplacer("=2C", ",", "=3D", "=").Replace(name) }
