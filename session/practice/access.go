package practice

import (
	"crypto/subtle"
	"crypto/tls"
	"slices"
	"strings"
)

// Admits reports whether somebody may read mail with a password: a user of the
// scenario with his own, or, where that names none, anybody with any.
func (s *Server) Admits(user, password string) bool {
	if len(s.scenario.users) == 0 {
		return user != "" && password != ""
	}
	known, ok := s.scenario.users[user]
	return subtle.ConstantTimeCompare([]byte(known), []byte(password)) == 1 && ok
}

// MailOf returns the mail of one user that the server still keeps, oldest
// first. A name with an @ is an address and has what was sent there; any other
// name has all of it.
func (s *Server) MailOf(user string) []Message {
	if !strings.Contains(user, "@") {
		return s.Messages()
	}
	return slices.DeleteFunc(s.Messages(), func(m Message) bool {
		return !slices.ContainsFunc(m.Recipients, func(to string) bool { return strings.EqualFold(to, user) })
	})
}

// Certificate returns what TLS needs to speak under the server's name; other
// servers of the same scenario use it too. The first call makes it.
func (s *Server) Certificate() (*tls.Config, error) {
	return s.identity.config(s.scenario.certified())
}
