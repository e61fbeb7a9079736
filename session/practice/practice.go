// Package practice holds mail servers that live inside the program: to be
// tried by hand without any network, and to be the other side in tests.
//
// A [Server] is a small state machine. It answers any command properly, at any
// time, for any number of mails. A [Scenario], a text file, lies on top and
// overrides answers by verb, pattern of the argument and count, with delays
// and faults. A [Dialogue] is the opposite: strict lines of both sides, which
// fails at the first that is unlike.
//
//	server := practice.New(scenario)
//	if err := server.Start(ctx); err != nil {
//		return err
//	}
//	defer server.Close()
//	conn, err := net.Dial("tcp", server.Addr().String())
//
// The servers listen on loopback alone, log nothing, leave no goroutine behind
// and deliver nothing: what they take is kept, within bounds, for
// [Server.Messages] to show. They share no code with the client side, so that
// each is an independent witness of the other.
//
//	extension            RFC    what the server does
//	8BITMIME             6152   takes BODY= when offered
//	SIZE                 1870   judges SIZE= and the message itself
//	PIPELINING           2920   answers a group of commands in one write
//	STARTTLS             3207   upgrades; nothing may stand behind it
//	AUTH                 4954   the scenario's users, in the ways it offers (mechanism.go)
//	SMTPUTF8             6531   takes addresses beyond ASCII when offered
//	ENHANCEDSTATUSCODES  2034   its own answers carry RFC 3463 codes
//	DSN                  3461   takes its parameters and does nothing with them
package practice

import (
	"context"
	"net"
	"sync"
	"time"
)

// Server answers mail clients as its scenario says. It is made by New. Its
// fields are read when a conversation begins and may be set before the first.
type Server struct {
	Idle    time.Duration // how long a client may say nothing; 0 is 5 minutes
	MaxOpen int           // conversations at the same time; 0 is 100

	scenario Scenario
	tally    tally
	box      box
	identity identity

	mu      sync.Mutex
	doors   []door
	open    map[net.Conn]struct{}
	waiting sync.WaitGroup
	done    context.Context
	stop    context.CancelFunc
}

// New returns a server that plays the scenario. It does no IO: Start listens,
// Serve talks over a connection that is there already. The zero Scenario makes
// a plain server that takes everything.
func New(scenario Scenario) *Server {
	if scenario.Host == "" {
		scenario.Host = "mail.example.com"
	}
	if len(scenario.Banner) == 0 {
		scenario.Banner = []string{"220 {host} ESMTP"}
	}
	s := &Server{scenario: scenario, open: make(map[net.Conn]struct{})}
	s.done, s.stop = context.WithCancel(context.Background())
	return s
}

// Scenario returns what the server plays.
func (s *Server) Scenario() Scenario { return s.scenario }
