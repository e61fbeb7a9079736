package practice

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// magic is the first line of a scenario file.
const magic = "ehlo scenario 1"

// Bounds of a scenario file.
const (
	maxFile  = 256 << 10 // bytes
	maxRules = 1000
	maxSteps = 100 // of one rule
)

// A SyntaxError tells what is wrong in a scenario or dialogue file, and where.
type SyntaxError struct {
	File string
	Line int // from 1; 0 is the file as a whole
	Err  error
}

func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
}

// Unwrap returns the error beneath.
func (e *SyntaxError) Unwrap() error { return e.Err }

// Parse reads a scenario. Every error is a *SyntaxError that names the file
// and, where there is one, the line.
//
// A scenario file is text in UTF-8, a line at a time:
//
//	ehlo scenario 1                          the first line: format and version
//	# a comment                              and empty lines, anywhere
//	name: greylist                           the head, "key: value" (see head.go)
//	on RCPT <*@example.org> nth 2-5          a rule: verb, pattern, count
//	  delay 2s                               its steps, indented, in order
//	  450 4.2.0 <{address}>: Greylisted
//
// The first rule that fits is taken. Patterns know * alone; one that holds
// blanks stands in Go quotes. "nth 2" is the second time that the verb comes
// with this argument, whatever the connection; "nth 2-" from then on. Verbs
// beyond those of SMTP: CONNECT (the greeting), "." (the end of a message),
// and "BODY 5000" (5000 bytes of a message have come).
//
// Rules speak only where the command stands in its right place: what is out of
// order or badly written is answered by the state machine.
//
// Steps: reply lines as they go out ("250-..." and "250 ..."); raw TEXT with
// Go escapes; repeat N TEXT and flood TEXT, the same N times or without end, {n}
// counting; delay D; drip D (one byte each D from here on). A rule that has no
// reply is followed by the usual answer, unless its last step is one of these:
// no answer; silence (nothing more, until the client leaves); deaf (and nothing
// read); half close; hang up; reset.
//
// In replies {host} {client} {hello} {sender} {address} {local} {domain}
// {arg} {queue} stand for what they say, {base64} and {secret} for the last
// words of a sign-in, as they came and decoded.
func Parse(file string, text []byte) (Scenario, error) {
	var p parser
	for number, line := range lines(text) {
		if err := p.line(number, line); err != nil {
			return Scenario{}, &SyntaxError{file, p.at, err}
		}
	}
	if err := p.finish(); err != nil {
		return Scenario{}, &SyntaxError{file, p.at, err}
	}
	return p.scenario, nil
}

// lines yields the lines of a text with their numbers, line ends taken off.
func lines(text []byte) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range bytes.Lines(text) {
			number++
			if !yield(number, strings.TrimRight(string(line), "\r\n")) {
				return
			}
		}
	}
}

// parser gathers a scenario line by line.
type parser struct {
	scenario Scenario
	begun    bool
	at       int // line an error belongs to
	rulesAt  int // line of the rule that is being read; 0 in the head
	seen     map[string]bool
}

func (p *parser) line(number int, line string) error {
	p.at = number
	if err := readable(line); err != nil {
		return err
	}
	text := strings.TrimSpace(line)
	switch {
	case text == "" || text[0] == '#':
		return nil
	case !p.begun:
		p.begun = true
		if text != magic {
			return fmt.Errorf("the first line must read %q", magic)
		}
		return nil
	case line[0] == ' ' || line[0] == '\t':
		return p.step(text)
	case strings.HasPrefix(text, "on "):
		if err := p.endRule(); err != nil {
			return err
		}
		p.at, p.rulesAt = number, number
		return p.rule(strings.TrimPrefix(text, "on "))
	case p.rulesAt > 0:
		return errors.New("the head must stand before the first rule")
	}
	return p.head(text)
}

// readable refuses a line that is no text, or holds what could make it two: a CR,
// a NUL, any control but a tab. Where one is wanted it is written as an escape.
func readable(line string) error {
	place := 0
	for _, r := range line {
		place++
		if unicode.IsControl(r) && r != '\t' {
			return fmt.Errorf("character %d is a control character (U+%04X)", place, r)
		}
	}
	if !utf8.ValidString(line) {
		return errors.New("not UTF-8 text")
	}
	return nil
}

// rule reads what follows "on".
func (p *parser) rule(text string) error {
	if len(p.scenario.rules) == maxRules {
		return fmt.Errorf("more than %d rules", maxRules)
	}
	verb, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	r := rule{verb: strings.ToUpper(verb)}
	rest, err := r.count(strings.TrimSpace(rest))
	if err != nil {
		return err
	}
	switch {
	case r.verb == "BODY":
		r.after, err = strconv.ParseInt(rest, 10, 64)
		if err != nil || r.after < 1 {
			return errors.New("BODY wants a number of bytes, 1 or more")
		}
	case strings.HasPrefix(rest, `"`):
		if r.pattern, err = strconv.Unquote(rest); err != nil {
			return errors.New("the quoted pattern does not end, or has more behind it")
		}
	case strings.Contains(rest, " "):
		return fmt.Errorf("a pattern with blanks must stand in quotes: %s", rest)
	default:
		r.pattern = rest
	}
	p.scenario.rules = append(p.scenario.rules, r)
	return nil
}

// count takes "nth N", "nth N-" or "nth N-M" off the end of the text.
func (r *rule) count(text string) (rest string, err error) {
	at := strings.LastIndex(" "+text, " nth ")
	if at < 0 {
		return text, nil
	}
	from, to, open := strings.Cut(strings.TrimSpace(text[at+len("nth "):]), "-")
	r.from, err = strconv.Atoi(from)
	r.to = r.from
	if err == nil && open {
		r.to = 0
		if to != "" {
			r.to, err = strconv.Atoi(to)
		}
	}
	if err != nil || r.from < 1 || to != "" && r.to < r.from {
		return "", errors.New("nth wants N, N- or N-M, from 1 upwards")
	}
	return strings.TrimSpace(text[:at]), nil
}

// finish checks what can be judged only at the end.
func (p *parser) finish() error {
	if !p.begun {
		return fmt.Errorf("the first line must read %q", magic)
	}
	if err := p.endRule(); err != nil {
		return err
	}
	p.at = 0
	if banner := p.scenario.Banner; len(banner) > 0 && !whole(banner) {
		return errors.New("the last line of the banner goes on with a hyphen, or its codes differ")
	}
	for _, key := range []string{"name", "title", "host", "target", "verdict", "exit"} {
		if !p.seen[key] {
			return fmt.Errorf("the head has no %q", key)
		}
	}
	return nil
}
