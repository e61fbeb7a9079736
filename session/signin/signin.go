// Package signin is signing in by SASL (RFC 4422) as values: which way of
// signing in is taken, whether it may be at all, and what is answered to each
// challenge. It has no IO.
//
//	choice, err := signin.Choose(facts)                      // the policy, and the strongest way
//	exchange, err := signin.Begin(choice, credentials)
//	exchange, response, err := exchange.Respond(challenge)   // until the server says yes or no
//	err = exchange.Finish()                                  // after the yes: has the server proved itself?
//
//	way                  source                      what goes over the wire
//	SCRAM-SHA-256(-PLUS) RFC 7677                    proofs of both sides; -PLUS ties them to this TLS layer
//	SCRAM-SHA-1(-PLUS)   RFC 5802                    likewise
//	CRAM-MD5             RFC 2195                    a proof of ours
//	PLAIN                RFC 4616                    the password
//	LOGIN                draft-murchison-sasl-login  the password
//	OAUTHBEARER          RFC 7628                    a token in place of a password
//	XOAUTH2              Google's own                an older form of it
//	EXTERNAL             RFC 4422 appendix A         a name; our certificate speaks for it
//
// An Exchange is a value: Respond returns the next one. Every way has so many
// questions and no more, so that no server can ask for ever. What is wrong is
// told as a Problem, in one sentence.
package signin

import (
	"crypto/rand"
	"encoding/base64"

	"ehlo/session"
)

// Credentials say who signs in. They never print a secret.
type Credentials struct {
	User     string
	Password session.Secret // the token, where the way wants one
}

// Response is what is answered to a challenge, or said with AUTH itself.
type Response struct {
	Line    string           // base64, as it goes over the wire (RFC 4954 section 4); "" is an empty one
	Secrets []session.Secret // what nobody may see, however a server repeats it
}

// Exchange is one sign-in under way. The zero value is none.
type Exchange struct {
	way     string
	initial *string  // what may be said with AUTH; nil: the server speaks first
	next    question // nil when nothing more may be asked
	proved  bool     // the server owes us no proof, or has given it
	beside  *Exchange
	secrets []session.Secret
}

// question answers a challenge, and leads to the Exchange after it.
type question func(x Exchange, challenge []byte) (answer string, after Exchange, err error)

// Begin starts a sign-in. Its error is a Problem: the credentials cannot be
// said in this way.
func Begin(choice Choice, who Credentials) (Exchange, error) {
	return begin(choice, who, rand.Text())
}

// begin is Begin with the nonce given.
func begin(choice Choice, who Credentials, nonce string) (Exchange, error) {
	x, err := start(choice, who, nonce)
	if err != nil {
		return Exchange{}, err
	}
	x.way = choice.Way
	x.secrets = append(x.secrets, who.Password)
	if choice.Way == Login {
		x = x.Apart()
	}
	return x, nil
}

// Way returns the name of the way, upper case.
func (x Exchange) Way() string { return x.way }

// maxCommand is how long an AUTH command may be without its CRLF (RFC 4954
// section 4, RFC 5321 section 4.5.3.1.4). What does not fit waits to be asked for.
const maxCommand = 510

// Command returns the line that begins the sign-in, with the first response
// beside it where there is one and it fits; and the Exchange that goes on.
func (x Exchange) Command() (Response, Exchange) {
	line := "AUTH " + x.way
	if x.initial == nil {
		return Response{line, x.secrets}, x
	}
	beside := " " + encode(*x.initial)
	if *x.initial == "" {
		beside = " =" // an empty one, which is not none
	}
	if len(line)+len(beside) > maxCommand {
		return x.Apart().Command()
	}
	return Response{line + beside, x.secrets}, x
}

// Apart returns the same sign-in with nothing said beside AUTH: the first
// response waits for a challenge, whose words do not matter.
func (x Exchange) Apart() Exchange {
	if x.initial == nil {
		return x
	}
	apart, first := x, *x.initial
	apart.initial, apart.beside = nil, &x
	apart.next = func(Exchange, []byte) (string, Exchange, error) { return first, x, nil }
	return apart
}

// Beside returns the same sign-in with the user name of LOGIN beside AUTH,
// where it else waits for its question: some servers want it one way, some the
// other.
func (x Exchange) Beside() Exchange {
	if x.beside != nil {
		return *x.beside
	}
	return x
}

// Respond answers a challenge, decoded. Its errors are Problems, for which the
// sign-in is to be cancelled.
func (x Exchange) Respond(challenge []byte) (Response, Exchange, error) {
	if x.next == nil {
		return Response{}, x, x.problem(TooMany)
	}
	answer, after, err := x.next(x, challenge)
	if err != nil {
		return Response{}, x, err
	}
	return Response{encode(answer), after.secrets}, after, nil
}

// Finish tells whether a yes of the server may be believed: where both sides
// prove that they know the password (RFC 5802 section 5), the server must have.
func (x Exchange) Finish() error {
	if !x.proved {
		return x.problem(Unproved)
	}
	return nil
}

func encode(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
