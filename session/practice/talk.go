package practice

import (
	"errors"
	"net"
	"os"
	"strings"
)

// talk is one conversation: what the server knows of the client.
type talk struct {
	server *Server
	play   *Scenario
	raw    net.Conn // the connection beneath everything
	wire   *wire

	encrypted bool
	barred    bool   // greeted with 5xx: only QUIT is left (RFC 5321 section 3.1)
	hello     string // what the client calls itself; "" before EHLO or HELO
	extended  bool   // it said EHLO
	user      string // who signed in
	secret    string // the client's last words in a sign-in, in base64

	mail transaction
}

// transaction is a mail on its way (RFC 5321 section 3.3).
type transaction struct {
	begun      bool
	sender     string // "" is the null sender
	recipients []string
	utf8       bool // SMTPUTF8 was asked for
}

// answer is what a verb comes to: a reply, and what changes when it is a yes.
type answer struct {
	lines   []string    // of the reply, whole
	subject string      // what patterns are held against
	address string      // the address it is about, if any
	queue   string      // the id of the message it is about, if any
	firm    bool        // out of order or badly written: no rule applies
	lost    bool        // the client left meanwhile
	then    func() bool // what a yes does; reports whether the talk goes on
}

func (s *Server) newTalk(conn net.Conn) *talk {
	idle := positive(s.Idle, defaultIdle)
	return &talk{server: s, play: &s.scenario, raw: conn, wire: newWire(&patient{conn, idle})}
}

// hold leads the conversation to its end.
func (t *talk) hold() {
	if !t.respond("CONNECT", answer{lines: t.play.Banner}) {
		return
	}
	for {
		line, err := t.wire.line(maxCommand)
		switch {
		case err == nil:
			if !t.command(line) {
				return
			}
		case errors.Is(err, errLong):
			if !t.respond("", t.no(500, "5.5.2", "that line is too long")) {
				return
			}
		default:
			t.part(err)
			return
		}
	}
}

// part says goodbye to a client that said nothing for too long.
func (t *talk) part(err error) {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.respond("", t.no(421, "4.4.2", "{host} heard nothing for too long and closes"))
	}
}

// crowded turns a client away at the door.
func (t *talk) crowded() {
	t.respond("", t.no(421, "4.3.2", "{host} holds too many conversations, come back later"))
	_ = t.wire.flush()
}

// command answers one line; false ends the conversation.
func (t *talk) command(line string) bool {
	verb, arg, _ := strings.Cut(line, " ")
	verb, arg = strings.ToUpper(verb), strings.TrimSpace(arg)
	if t.barred && verb != "QUIT" {
		return t.respond(verb, t.no(503, "5.5.1", "only QUIT is left here"))
	}
	if moments[verb] {
		return t.respond("", t.unknown(verb, arg))
	}
	return t.respond(verb, t.judge(verb, arg))
}

// moments are what rules call the moments without a verb: typed, they are no
// commands.
var moments = map[string]bool{"CONNECT": true, "BODY": true, ".": true}

// judge finds the answer to a command where no rule speaks.
func (t *talk) judge(verb, arg string) answer {
	switch verb {
	case "EHLO", "HELO":
		return t.greet(verb, arg)
	case "MAIL":
		return t.mailFrom(arg)
	case "RCPT":
		return t.rcptTo(arg)
	case "DATA":
		return t.data(arg)
	case "RSET":
		return t.rset(arg)
	case "NOOP":
		return t.yes(250, "2.0.0", "ok", arg, nil)
	case "VRFY", "EXPN":
		return t.ask(verb, arg)
	case "HELP":
		return t.help(arg)
	case "QUIT":
		return t.quit(arg)
	case "STARTTLS":
		return t.startTLS(arg)
	case "AUTH":
		return t.auth(arg)
	}
	return t.unknown(verb, arg)
}
