package postbox

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"strings"
	"time"
)

// talk is one conversation: what the server knows of the client.
type talk struct {
	server    *Server
	wire      *wire
	encrypted bool
	user      string // who signed in; "" before
	failures  int    // sign-ins that failed
	folder    *view  // the one that is open
	over      bool
}

// maxFailures is how many sign-ins may fail before the server hangs up.
const maxFailures = 10

func (s *Server) newTalk(conn net.Conn) *talk {
	idle := s.Idle
	if idle <= 0 {
		idle = defaultIdle
	}
	return &talk{server: s, wire: newWire(conn, idle)}
}

func (t *talk) host() string { return t.server.mail.Scenario().Host }

// handshakeTime bounds a TLS handshake.
const handshakeTime = 30 * time.Second

// encrypt puts TLS over the connection; false when that failed. What was said
// in clear text before it is thrown away.
func (t *talk) encrypt() bool {
	config, err := t.server.mail.Certificate()
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), handshakeTime)
	defer cancel()
	conn := tls.Server(t.wire.conn, config)
	if conn.HandshakeContext(ctx) != nil {
		return false
	}
	t.wire, t.encrypted = newWire(conn, t.wire.idle), true
	return true
}

// hold leads the conversation to its end.
func (t *talk) hold() {
	t.wire.say("* OK [CAPABILITY %s] %s the practice mailbox is ready", t.capabilities(), t.host())
	for !t.over {
		line, err := t.wire.command()
		switch {
		case err == nil:
			t.command(line)
		case errors.Is(err, errLong):
			t.wire.say("* BAD that line is too long")
		case errors.Is(err, errLiteral):
			t.wire.say("%s NO [TOOBIG] that is too much for one command", line)
		case errors.Is(err, errFlood):
			t.wire.say("* BYE that is too much for one command")
			return
		case errors.Is(err, os.ErrDeadlineExceeded):
			t.wire.say("* BYE heard nothing for too long")
			return
		default:
			return
		}
	}
}

// command answers one line.
func (t *talk) command(line string) {
	tag, rest, _ := strings.Cut(line, " ")
	if !isTag(tag) {
		t.wire.say("* BAD a command begins with a tag")
		return
	}
	verb, rest, _ := strings.Cut(rest, " ")
	args, ok := parse(rest)
	verb = strings.ToUpper(verb)
	if verb == "UID" && len(args) > 0 {
		verb, args = verb+" "+args[0].word(), args[1:]
	}
	do, known := commands()[verb]
	switch {
	case !known:
		t.wire.say("%s BAD I do not know that command", tag)
	case !ok:
		t.wire.say("%s BAD I cannot read what stands behind %s", tag, verb)
	case len(args) < do.least || do.most >= 0 && len(args) > do.most:
		t.wire.say("%s BAD %s", tag, do.form)
	case do.needs > t.state():
		t.wire.say("%s BAD %s", tag, needs[do.needs])
	default:
		do.run(t, tag, args)
	}
}

func isTag(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`(){%*"\+`, r)
	})
}

// state is how far the client has come (RFC 3501 section 3).
func (t *talk) state() state {
	switch {
	case t.folder != nil:
		return opened
	case t.user != "":
		return signedIn
	}
	return anywhere
}

type state uint8

const (
	anywhere state = iota
	signedIn
	opened
)

var needs = map[state]string{signedIn: "sign in first", opened: "open a folder first: SELECT or EXAMINE"}
