package ui

import (
	"time"

	"ehlo/session"
	"ehlo/session/certificate"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// What the commands of the program bring back.
type (
	// practiceReady tells that the built-in servers stand.
	practiceReady struct {
		practice *Practice
		way      probe.Probe
		err      error
	}
	// routeFound is the answer to a look-up.
	routeFound struct {
		serial int // of the look-up; an older one is not shown any more
		route  *verdict.Route
		theirs *probe.View // what another DNS server says; nil when none was asked
	}
	// namesFound are the names of the addresses of a route.
	namesFound struct {
		serial int
		route  *verdict.Route
	}
	// tried tells that calls beside the talk have moved on.
	tried struct {
		from *tries
		over bool
	}
	// serverFound is the answer to the look-up of a server named by hand.
	serverFound struct {
		serial int
		found  found
	}
	// heard is what came of a session since the last time.
	heard struct {
		from   *session.Session
		source *source
		events []session.Event // without the lines that were heard: the talk has them
		ended  bool            // there is nothing more to come
	}
	// daneFound is what the DNS says of the certificate of a conversation.
	daneFound struct {
		from *session.Session
		says certificate.Sentence // zero: no answer
	}
	// chainSaved tells what became of writing certificates into a file.
	chainSaved struct {
		path string
		err  error
	}
	// ticked is the one clock, once a second.
	ticked time.Time
)
