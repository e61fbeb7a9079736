package practice

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// step reads an indented line of a rule.
func (p *parser) step(text string) error {
	if p.rulesAt == 0 {
		return errors.New("an indented line belongs to a rule; no rule has begun")
	}
	r := &p.scenario.rules[len(p.scenario.rules)-1]
	if len(r.steps) == maxSteps {
		return fmt.Errorf("more than %d steps", maxSteps)
	}
	if len(r.steps) > 0 && r.ends() {
		return errors.New("nothing can follow: the step before is a last one")
	}
	if text[0] >= '0' && text[0] <= '9' {
		return r.say(text)
	}
	next, err := parseStep(text)
	r.steps = append(r.steps, next)
	return err
}

// say adds a reply line, to the reply before it when that goes on.
func (r *rule) say(line string) error {
	if err := checkReply(line); err != nil {
		return err
	}
	if at := len(r.steps) - 1; at >= 0 && r.steps[at].does == actReply {
		said := r.steps[at].lines
		last := said[len(said)-1]
		if last[3] != '-' || last[:3] != line[:3] {
			return fmt.Errorf("the line before is %q; a second reply would answer nothing", last)
		}
		r.steps[at].lines = append(said, line)
		return nil
	}
	if r.code() != 0 {
		return errors.New("a second reply would answer nothing")
	}
	r.steps = append(r.steps, step{does: actReply, lines: []string{line}})
	return nil
}

// checkReply judges the form of one reply line (RFC 5321 section 4.2).
func checkReply(line string) error {
	if len(line) < 4 || line[0] < '2' || line[0] > '5' || !digit(line[1]) || !digit(line[2]) ||
		line[3] != ' ' && line[3] != '-' {
		return fmt.Errorf("a reply is a code from 200 to 599, a blank or a hyphen, and text: %q", line)
	}
	return nil
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// parseStep reads any step but a reply line.
func parseStep(text string) (step, error) {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "raw":
		raw, err := unescape(rest)
		return step{does: actRaw, raw: raw}, err
	case "repeat":
		return parseRepeat(rest)
	case "flood":
		raw, err := unescape(rest)
		if err == nil && raw == "" {
			err = errors.New("flood wants what to say for ever")
		}
		return step{does: actRepeat, raw: raw}, err
	case "delay":
		return parsePause(actDelay, rest)
	case "drip":
		return parsePause(actDrip, rest)
	}
	if does, known := wholeSteps[text]; known {
		return step{does: does}, nil
	}
	return step{}, fmt.Errorf("no such step: %s (a reply, raw, repeat, flood, delay, drip, silence, no answer, deaf, half close, hang up or reset)", text)
}

// wholeSteps are the steps that take nothing behind them.
var wholeSteps = map[string]action{
	"silence": actSilence, "no answer": actNoAnswer, "deaf": actDeaf,
	"half close": actHalfClose, "hang up": actHangUp, "reset": actReset,
}

// maxRepeated bounds what one step repeats, in bytes.
const maxRepeated = 64 << 20

// parseRepeat reads "N TEXT".
func parseRepeat(text string) (step, error) {
	count, rest, _ := strings.Cut(text, " ")
	times, err := strconv.Atoi(count)
	raw, wrong := unescape(rest)
	switch {
	case err != nil || times < 1 || raw == "":
		return step{}, errors.New("repeat wants a number, 1 or more, and what to say as often")
	case times > maxRepeated/len(raw):
		return step{}, fmt.Errorf("more than %d MiB; flood says it without end", maxRepeated>>20)
	}
	return step{does: actRepeat, raw: raw, times: times}, wrong
}

const maxPause = time.Hour

func parsePause(does action, text string) (step, error) {
	pause, err := time.ParseDuration(text)
	if err != nil || pause <= 0 || pause > maxPause {
		return step{}, errors.New("a pause is a time like 200ms, 2s or 5m, an hour at most")
	}
	return step{does: does, pause: pause}, nil
}

// unescape reads the escapes of Go strings; quotes need none.
func unescape(text string) (string, error) {
	var b strings.Builder
	for text != "" {
		c, many, rest, err := strconv.UnquoteChar(text, 0)
		if err != nil {
			return "", fmt.Errorf("not a Go escape: %q", text)
		}
		if many {
			b.WriteRune(c)
		} else {
			b.WriteByte(byte(c))
		}
		text = rest
	}
	return b.String(), nil
}

// endRule judges the rule that has been read.
func (p *parser) endRule() error {
	if p.rulesAt == 0 {
		return nil
	}
	r := p.scenario.rules[len(p.scenario.rules)-1]
	p.at = p.rulesAt
	if len(r.steps) == 0 {
		return errors.New("the rule has no steps")
	}
	for _, step := range r.steps {
		if step.does == actReply && !whole(step.lines) {
			return errors.New("the rule has a reply whose last line goes on with a hyphen")
		}
	}
	return nil
}

// whole reports whether the last line of a reply, and no other, ends it.
func whole(lines []string) bool {
	for at, line := range lines {
		if last := at == len(lines)-1; (line[3] == ' ') != last || line[:3] != lines[0][:3] {
			return false
		}
	}
	return true
}
