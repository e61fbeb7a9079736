package practice

import (
	"encoding/base64"
	"errors"
	"strings"

	"github.com/emersion/go-sasl"
)

// auth answers AUTH (RFC 4954). The questions in between are written here; the
// answer that is returned is the one that ends the sign-in.
func (t *talk) auth(arg string) answer {
	mechanism, initial, _ := strings.Cut(arg, " ")
	switch {
	case !t.offers("AUTH"):
		return t.yes(502, "5.5.1", "AUTH is not offered here", "", nil)
	case t.hello == "" || !t.extended:
		return t.no(503, "5.5.1", "say EHLO first")
	case t.user != "":
		return t.no(503, "5.5.1", "you are signed in already")
	case t.mail.begun:
		return t.no(503, "5.5.1", "a mail has begun; RSET forgets it")
	case t.play.NeedTLS && !t.encrypted:
		return t.no(530, "5.7.0", "Must issue a STARTTLS command first")
	case mechanism == "":
		return t.no(501, "5.5.4", "AUTH wants the name of a way to sign in")
	}
	var who string
	way := t.mechanism(strings.ToUpper(mechanism), &who)
	if way == nil {
		return t.no(504, "5.5.4", "I do not know that way to sign in")
	}
	t.secret = strings.TrimSpace(initial)
	if refusal := t.signIn(way, t.secret); refusal != nil {
		refusal.subject = strings.ToUpper(mechanism)
		return *refusal
	}
	return t.yes(235, "2.7.0", "Authentication successful", strings.ToUpper(mechanism), func() bool {
		t.user = who
		return true
	})
}

// signIn leads the exchange; nil is a sign-in that went well.
func (t *talk) signIn(way sasl.Server, initial string) *answer {
	response, err := decode(initial)
	if err != nil {
		a := t.no(501, "5.5.2", "that is not base64")
		return &a
	}
	for {
		challenge, done, err := way.Next(response)
		switch {
		case err != nil:
			a := t.yes(535, "5.7.8", "Authentication credentials invalid", "", nil)
			return &a
		case done:
			return nil
		}
		var refusal *answer
		if response, refusal = t.question(challenge); refusal != nil {
			return refusal
		}
	}
}

// question asks the client and returns what it says.
func (t *talk) question(challenge []byte) ([]byte, *answer) {
	if t.wire.write("334 "+base64.StdEncoding.EncodeToString(challenge)+"\r\n") != nil {
		return nil, &answer{lost: true}
	}
	line, err := t.wire.line(maxCommand)
	switch {
	case errors.Is(err, errLong):
		a := t.no(500, "5.5.6", "that line is too long")
		return nil, &a
	case err != nil:
		t.part(err)
		return nil, &answer{lost: true}
	case line == "*":
		a := t.no(501, "5.0.0", "the sign-in is cancelled")
		return nil, &a
	}
	t.secret = line
	response, err := base64.StdEncoding.DecodeString(line)
	if err != nil {
		a := t.no(501, "5.5.2", "that is not base64")
		return nil, &a
	}
	return response, nil
}

// decoded is what the last words of a sign-in say.
func (t *talk) decoded() string {
	plain, _ := decode(t.secret)
	return string(plain)
}

// decode reads an initial response; nil is none, "=" an empty one (RFC 4954
// section 4).
func decode(text string) ([]byte, error) {
	switch text {
	case "":
		return nil, nil
	case "=":
		return []byte{}, nil
	}
	return base64.StdEncoding.DecodeString(text)
}
