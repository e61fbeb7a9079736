package ui

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestHeldLines: the four that are worth a second look are held; Enter again
// sends them as typed, 1 takes the better line.
func TestHeldLines(t *testing.T) {
	for _, test := range []struct {
		before []string
		line   string
		better string // "" where there is none
		says   string
	}{
		{nil, "EHLO Jean-Marc here", "EHLO pc17.example.org", "is not a valid name"},
		{[]string{"EHLO me.example"}, "MAIL FROM:a@b SIZE=5", "MAIL FROM:<a@b> SIZE=5", "without < >"},
		{[]string{"EHLO me.example"}, "MAILFROM:<a@b>", "MAIL FROM:<a@b>", "does not begin with a command"},
		{[]string{"EHLO me.example"}, "<>", "", "does not begin with a command"},
		{inLetter, ".", "From: a@b", "no From header"},
		{append(slices.Clone(inLetter), "From: a@b", "How are you?"), ".", "", "No empty line"},
	} {
		for _, key := range []string{"enter", "1", "esc"} {
			if key == "1" && test.better == "" {
				continue
			}
			drives(t, "192.0.2.1:25", greets("SIZE 1000"), func(d *drive) {
				d.types(test.before...)
				d.wait(time.Second)
				before := len(d.sent())
				d.letters(test.line)
				d.press("enter")
				d.shows("Not sent yet", test.says, " > "+test.line)
				if len(d.sent()) != before {
					t.Errorf("%q went out", test.line)
				}
				d.press(key)
				d.hides("Not sent yet")
				d.chose(test.line, test.better, key, before)
			})
		}
	}
}

// inLetter brings a talk to where a message is typed.
var inLetter = []string{"EHLO me.example", "MAIL FROM:<a@b>", "RCPT TO:<c@d.example>", "DATA"}

// chose holds what a key did about a held line.
func (d *drive) chose(line, better, key string, before int) {
	d.t.Helper()
	d.wait(time.Second)
	sent, prompt := d.sent()[before:], d.prompt.Value()
	switch key {
	case "enter":
		if !slices.Equal(sent, []string{line}) || prompt != "" {
			d.t.Errorf("%q: sent %q, the prompt holds %q", line, sent, prompt)
		}
	case "1":
		if len(sent) != 0 || prompt != better {
			d.t.Errorf("%q: sent %q, the prompt holds %q", line, sent, prompt)
		}
	case "esc":
		if len(sent) != 0 || prompt != line {
			d.t.Errorf("%q: sent %q, the prompt holds %q", line, sent, prompt)
		}
	}
}

// TestTheEmptyLineIsABetterOne, and can be sent.
func TestTheEmptyLineIsABetterOne(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types(append(slices.Clone(inLetter), "From: a@b", ".")...)
		d.shows("1  (an empty line)")
		d.press("1")
		d.shows("The empty line stands ready")
		d.types("", "Hello", ".")
		d.wait(time.Second)
		if sent := d.sent(); !slices.Equal(sent[len(sent)-4:], []string{"From: a@b", "", "Hello", "."}) {
			t.Errorf("sent %q", sent)
		}
	})
}

// TestDoubtsAreNotes: all else is told under the prompt, while it is typed and
// once more when it has gone out, at the first Enter.
func TestDoubtsAreNotes(t *testing.T) {
	for _, test := range []struct {
		before     []string
		line, note string
	}{
		{nil, "ELHO pc17", "no command we know; did you mean EHLO pc17?"},
		{nil, "MAIL FROM:<a@b>", "EHLO usually comes first"},
		{[]string{"EHLO me.example"}, "MAIL FROM:<a@b> SMTPUTF8 ", "not offered here: SMTPUTF8"},
		{[]string{"EHLO me.example"}, "MAIL FROM:<a@b> SIZE=5000", "over the limit of this server: SIZE=5000"},
		{[]string{"EHLO me.example"}, ".", "a dot ends a message, and none is under way"},
		{inLetter, "How are you?", "no header, and no empty line came before it"},
		{append(slices.Clone(inLetter), ""), "\u00e9", "letters outside ASCII, and no 8BITMIME here"},
	} {
		drives(t, "192.0.2.1:25", greets("SIZE 1000"), func(d *drive) {
			d.types(test.before...)
			d.wait(time.Second)
			before := len(d.sent())
			d.letters(test.line)
			d.shows(test.note)
			d.take(keyOf(t, "enter")) // the answer may make it untrue
			d.shows(strings.ToUpper(test.note[:1]) + test.note[1:])
			d.settle()
			if sent := d.sent(); len(sent) != before+1 || sent[before] != test.line {
				t.Errorf("%q: sent %q", test.line, sent[before:])
			}
		})
	}
}

// TestTooEarlyForADoubt: a line that is well begun is left alone.
func TestTooEarlyForADoubt(t *testing.T) {
	drives(t, "192.0.2.1:25", greets("SIZE 1000", "8BITMIME"), func(d *drive) {
		d.types("EHLO me.example")
		d.wait(time.Second)
		for _, r := range "MAIL FROM:<anna@example.org> SIZE=5 BODY=8BITMIME" {
			d.take(letter(r))
			if doubt := d.doubtful(); doubt != "" {
				t.Errorf("%q: %s", d.prompt.Typed(), doubt)
			}
		}
		d.shows("Next: Enter sends it")
	})
}

// TestDotsAreDoubled, and that is shown before and after.
func TestDotsAreDoubled(t *testing.T) {
	n, server := heardBy()
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types(append(slices.Clone(inLetter), "From: a@b", "")...)
		d.letters(".profile")
		d.shows("Next: it goes out as ..profile", "Dots at the start go out doubled.")
		d.press("enter")
		d.wait(time.Second)
		if got := server.got.Load(); got != "..profile" {
			t.Errorf("the server heard %q", got)
		}
	})
}
