package practice

import (
	"bytes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"strings"

	"github.com/emersion/go-sasl"
)

// scramRounds is what RFC 7677 section 4 asks for at least.
const scramRounds = 4096

// scram is the server side of SCRAM (RFC 5802): it asks for a proof of the
// password, and gives one.
type scram struct {
	hash   func() hash.Hash
	talk   *talk
	bound  bool // -PLUS
	who    *string
	stage  int
	user   string
	header string // GS2, as the client said it
	bare   string // client-first-message-bare
	first  string // server-first-message
	nonce  string
	salt   []byte
}

// scram returns the server side of one of the ways called SCRAM, else nil.
func (t *talk) scram(name string, who *string) sasl.Server {
	name, bound := strings.CutSuffix(name, "-PLUS")
	s := &scram{talk: t, bound: bound, who: who, nonce: rand.Text(), salt: []byte(rand.Text())}
	switch name {
	case "SCRAM-SHA-1":
		s.hash = sha1.New
	case "SCRAM-SHA-256":
		s.hash = sha256.New
	default:
		return nil
	}
	return s
}

// Next leads through the three steps.
func (s *scram) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil && s.stage == 0 {
		return []byte{}, false, nil
	}
	s.stage++
	switch s.stage {
	case 1:
		challenge, err = s.begin(string(response))
	case 2:
		challenge, err = s.judge(string(response))
	default:
		*s.who = s.user
		done = true
	}
	return challenge, done, err
}

// begin reads the client-first-message.
func (s *scram) begin(text string) ([]byte, error) {
	parts := strings.SplitN(text, ",", 3)
	if len(parts) != 3 || s.bound != strings.HasPrefix(parts[0], "p=") {
		return nil, errCredentials
	}
	// A client that could be bound and was offered nothing has been lied to.
	if parts[0] == "y" && (s.talk.offersMechanism("SCRAM-SHA-256-PLUS") || s.talk.offersMechanism("SCRAM-SHA-1-PLUS")) {
		return nil, errCredentials
	}
	s.header, s.bare = parts[0]+","+parts[1]+",", parts[2]
	name, nonce, ok := strings.Cut(s.bare, ",r=")
	name, named := strings.CutPrefix(name, "n=")
	if !ok || !named {
		return nil, errCredentials
	}
	s.user, s.nonce = unescaped(name), nonce+s.nonce
	s.first = fmt.Sprintf("r=%s,s=%s,i=%d", s.nonce, base64.StdEncoding.EncodeToString(s.salt), scramRounds)
	return []byte(s.first), nil
}

// judge reads the client-final-message and answers with a proof of its own.
func (s *scram) judge(text string) ([]byte, error) {
	unproved, encoded, ok := strings.Cut(text, ",p=")
	proof, err := base64.StdEncoding.DecodeString(encoded)
	password, known := s.talk.play.users[s.user]
	if !ok || err != nil || !known || unproved != s.unproved() {
		return nil, errCredentials
	}
	salted, err := pbkdf2.Key(s.hash, password, s.salt, scramRounds, s.hash().Size())
	if err != nil {
		return nil, err
	}
	signed := s.bare + "," + s.first + "," + unproved
	key := s.mac(salted, "Client Key")
	signature := s.mac(s.digest(key), signed)
	if len(proof) != len(signature) {
		return nil, errCredentials
	}
	for i := range proof {
		proof[i] ^= signature[i]
	}
	if !bytes.Equal(proof, key) {
		return nil, errCredentials
	}
	return []byte("v=" + base64.StdEncoding.EncodeToString(s.mac(s.mac(salted, "Server Key"), signed))), nil
}

// unproved is what the client must say before its proof: what it is tied to,
// and both nonces.
func (s *scram) unproved() string {
	tied := []byte(s.header)
	if s.bound {
		tied = append(tied, s.binding()...)
	}
	return "c=" + base64.StdEncoding.EncodeToString(tied) + ",r=" + s.nonce
}

// binding is what both sides know of their TLS layer alone (RFC 9266, RFC 5929).
func (s *scram) binding() []byte {
	layer, _ := s.talk.layer()
	switch {
	case strings.HasPrefix(s.header, "p=tls-unique,"):
		return layer.TLSUnique
	case strings.HasPrefix(s.header, "p=tls-exporter,"):
		material, err := layer.ExportKeyingMaterial("EXPORTER-Channel-Binding", nil, 32)
		if err == nil {
			return material
		}
	}
	return []byte("nothing is tied to this")
}

func (s *scram) mac(key []byte, text string) []byte {
	mac := hmac.New(s.hash, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func (s *scram) digest(data []byte) []byte {
	sum := s.hash()
	sum.Write(data)
	return sum.Sum(nil)
}
