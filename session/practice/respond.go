package practice

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// yes is an answer that rules may override; then is what it changes.
func (t *talk) yes(code int, enhanced, text, subject string, then func() bool) answer {
	return answer{lines: []string{t.line(code, enhanced, text)}, subject: subject, then: then}
}

// no is an answer to what is out of order or badly written.
func (t *talk) no(code int, enhanced, text string) answer {
	return answer{lines: []string{t.line(code, enhanced, text)}, firm: true}
}

// line makes a reply line; the enhanced code stands in it when the server
// offers that (RFC 2034).
func (t *talk) line(code int, enhanced, text string) string {
	if enhanced == "" || !t.offers("ENHANCEDSTATUSCODES") {
		return fmt.Sprintf("%d %s", code, text)
	}
	return fmt.Sprintf("%d %s %s", code, enhanced, text)
}

// respond is the one place that answers: it lets the rules speak, writes, and
// does what a yes does. False ends the conversation.
func (t *talk) respond(verb string, a answer) bool {
	if a.lost {
		return false
	}
	steps := []step{{does: actReply, lines: a.lines}}
	code := codeOf(a.lines[0])
	if r, ok := t.ruleFor(verb, a); ok {
		steps = r.steps
		if said := r.code(); said != 0 {
			code = said
		} else if !r.ends() {
			steps = append(steps[:len(steps):len(steps)], step{does: actReply, lines: a.lines})
		}
	}
	if !t.perform(steps, a) || code == 421 {
		return false
	}
	if code >= 400 {
		t.barred = t.barred || verb == "CONNECT"
		return true
	}
	return a.then == nil || a.then()
}

// ruleFor returns the rule that overrides an answer, if there is one.
func (t *talk) ruleFor(verb string, a answer) (rule, bool) {
	if a.firm {
		return rule{}, false
	}
	return t.server.tally.pick(t.play.rules, verb, a.subject)
}

// perform does the steps of an answer; false ends the conversation.
func (t *talk) perform(steps []step, a answer) bool {
	var drip time.Duration
	for _, step := range steps {
		var err error
		switch step.does {
		case actReply:
			err = t.drip(t.expand(step.lines, a), drip)
		case actRaw:
			err = t.drip(step.raw, drip)
		case actDelay:
			err = t.rest(step.pause)
		case actDrip:
			drip = step.pause
		case actRepeat:
			err = t.repeat(step, drip)
		case actNoAnswer:
		default:
			t.finish(step.does)
			return false
		}
		if err != nil {
			return false
		}
	}
	return true
}

// finish does the step that ends a conversation.
func (t *talk) finish(does action) {
	if t.wire.flush() != nil {
		return
	}
	switch does {
	case actSilence:
		t.keepSilent()
	case actDeaf:
		t.keepDeaf()
	case actHalfClose:
		closeHalf(t.raw)
		t.keepSilent()
	case actReset:
		reset(t.raw)
	}
}

// repeat says a text as often as the step has it; {n} in it counts.
func (t *talk) repeat(step step, pause time.Duration) error {
	for n := 1; step.times == 0 || n <= step.times; n++ {
		if err := t.drip(strings.ReplaceAll(step.raw, "{n}", strconv.Itoa(n)), pause); err != nil {
			return err
		}
	}
	return nil
}

// drip writes text, with a pause before each byte when one is given.
func (t *talk) drip(text string, pause time.Duration) error {
	if pause == 0 {
		return t.wire.write(text)
	}
	for i := range len(text) {
		if err := t.rest(pause); err != nil {
			return err
		}
		if err := t.wire.write(text[i : i+1]); err != nil {
			return err
		}
	}
	return t.wire.flush()
}

// rest lets out what was said and waits.
func (t *talk) rest(pause time.Duration) error {
	if err := t.wire.flush(); err != nil {
		return err
	}
	return t.server.pause(pause)
}

// keepSilent says nothing any more; what the client says is read and dropped
// until it leaves.
func (t *talk) keepSilent() {
	buffer := make([]byte, 4096)
	end := time.Now().Add(maxPause)
	for time.Now().Before(end) {
		_, err := t.wire.r.Read(buffer)
		if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
	}
}

// takenByTheSystem is what of a client's words a system takes, in bytes, before
// the program looks at them.
const takenByTheSystem = 64 << 10

// keepDeaf reads nothing any more, so that a client that says much is held up.
func (t *talk) keepDeaf() {
	if _, err := io.CopyN(io.Discard, t.wire.r, takenByTheSystem); err == nil {
		_ = t.server.pause(maxPause)
	}
}

// maxExpanded bounds what a reply repeats of the client's words.
const maxExpanded = 256

// expand fills in the names in braces and ends each line with CRLF.
func (t *talk) expand(lines []string, a answer) string {
	at := strings.LastIndexByte(a.address, '@')
	names := []string{
		"{host}", t.play.Host, "{client}", orElse(t.play.Client, "192.0.2.25"), "{hello}", t.hello,
		"{sender}", t.mail.sender, "{address}", a.address, "{local}", a.address[:max(at, 0)],
		"{domain}", a.address[at+1:], "{arg}", a.subject, "{queue}", a.queue, "{base64}", t.secret, "{secret}", t.decoded(),
	}
	for i := 1; i < len(names); i += 2 {
		names[i] = printable(names[i])
	}
	replacer := strings.NewReplacer(names...)
	var b strings.Builder
	for _, line := range lines {
		_, _ = replacer.WriteString(&b, line+"\r\n")
	}
	return b.String()
}

func orElse(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// printable drops control characters and what is beyond the bound.
func printable(text string) string {
	if len(text) > maxExpanded {
		text = text[:maxExpanded]
	}
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, text)
}

// number reads a decimal number as it stands in parameters; -1 when it is none.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || text[0] == '+' {
		return -1
	}
	return n
}
