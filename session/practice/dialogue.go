package practice

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Dialogue is a strict server for tests and replay: it says its lines and
// expects the client's, and fails at the first that is unlike. It is read by
// ParseDialogue or LoadDialogue; one dialogue can be played many times.
//
//	# a comment; empty lines too are passed over
//	S: 220 mx.example.org ESMTP      said, with CRLF, in a write of its own
//	S- 250-half a line\r\n\x00       said as it is: Go escapes, no CRLF added
//	C: EHLO pc17.example.org         expected, with CRLF
//	C: Date: {*}                     {*} stands for any run of characters
//	TLS                              both sides change to TLS here
//	WAIT 2s                          say nothing for so long, or until the client leaves
//	CLOSE                            hang up
//	RESET                            hang up with RST (over TCP; else like CLOSE)
//
// A dialogue that does not end in CLOSE or RESET waits for the client to hang
// up, and fails when it says more.
type Dialogue struct {
	Name     string        // of the file; stands in errors
	Patience time.Duration // how long a line of the client may take; 0 is 10 seconds
	Hosts    []string      // names of the certificate for TLS; "mail.example.com" when empty

	turns    []turn
	identity identity
}

// turn is one line of a dialogue.
type turn struct {
	number int
	does   turning
	text   string        // said, or expected
	pause  time.Duration // of turnWait
}

type turning uint8

const (
	turnSay turning = iota
	turnExpect
	turnTLS
	turnWait
	turnClose
	turnReset
)

// wildcard stands in an expected line for any run of characters, none too.
const wildcard = "{*}"

// An UnlikeError tells at which line of a dialogue the client did something
// else.
type UnlikeError struct {
	File string
	Line int    // of the file
	Want string // the line as it stands there
	Got  string // what the client said; "" when it said nothing
	Err  error  // why it said nothing, if so
}

func (e *UnlikeError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s:%d: want %q, but: %v", e.File, e.Line, e.Want, e.Err)
	}
	return fmt.Sprintf("%s:%d: want %q, the client said %q", e.File, e.Line, e.Want, e.Got)
}

// Unwrap returns why the client said nothing.
func (e *UnlikeError) Unwrap() error { return e.Err }

// ParseDialogue reads a dialogue. Every error is a *SyntaxError with the line.
func ParseDialogue(file string, text []byte) (*Dialogue, error) {
	d := &Dialogue{Name: file}
	if len(text) > maxFile {
		return nil, &SyntaxError{File: file, Err: fmt.Errorf("larger than %d KiB", maxFile>>10)}
	}
	for number, line := range lines(text) {
		if line == "" || line[0] == '#' {
			continue
		}
		err := readable(line)
		var next turn
		if err == nil {
			next, err = parseTurn(line)
		}
		if err == nil && d.over() {
			err = errors.New("nothing can follow CLOSE or RESET")
		}
		if err != nil {
			return nil, &SyntaxError{file, number, err}
		}
		next.number = number
		d.turns = append(d.turns, next)
	}
	if len(d.turns) == 0 {
		return nil, &SyntaxError{File: file, Err: errors.New("the dialogue is empty")}
	}
	return d, nil
}

// LoadDialogue reads a dialogue from a file of at most 256 KiB.
func LoadDialogue(file string) (*Dialogue, error) {
	text, err := readFile(file)
	if err != nil {
		return nil, err
	}
	return ParseDialogue(file, text)
}

// over reports whether the last line so far hangs up.
func (d *Dialogue) over() bool {
	if len(d.turns) == 0 {
		return false
	}
	last := d.turns[len(d.turns)-1].does
	return last == turnClose || last == turnReset
}

// parseTurn reads one line of a dialogue.
func parseTurn(line string) (turn, error) {
	mark, text := line[:min(2, len(line))], ""
	if len(line) > 2 {
		if text = line[2:]; text[0] == ' ' {
			text = text[1:]
		}
	}
	switch mark {
	case "S:":
		return turn{does: turnSay, text: text + "\r\n"}, nil
	case "S-":
		raw, err := unescape(text)
		return turn{does: turnSay, text: raw}, err
	case "C:":
		return turn{does: turnExpect, text: text}, nil
	}
	return parseMark(line)
}

func parseMark(line string) (turn, error) {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case word == "WAIT":
		s, err := parsePause(actDelay, strings.TrimSpace(rest))
		return turn{does: turnWait, pause: s.pause}, err
	case rest != "":
	case word == "TLS":
		return turn{does: turnTLS}, nil
	case word == "CLOSE":
		return turn{does: turnClose}, nil
	case word == "RESET":
		return turn{does: turnReset}, nil
	}
	return turn{}, fmt.Errorf("want S:, S-, C:, TLS, WAIT, CLOSE or RESET: %q", line)
}

// Roots returns the roots that trust the certificate the dialogue shows after
// TLS.
func (d *Dialogue) Roots() (*x509.CertPool, error) { return d.identity.pool(d.names()) }

func (d *Dialogue) names() []string {
	if len(d.Hosts) > 0 {
		return d.Hosts
	}
	return []string{"mail.example.com"}
}
