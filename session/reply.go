package session

import (
	"strconv"
	"strings"
)

// Bounds on what one reply may keep. RFC 5321 section 4.5.3.1.5 allows 512
// octets a reply line; servers go beyond it, so the bounds are ours.
const (
	MaxReplyLines = 1000     // lines a Reply keeps; the rest is counted
	MaxReplyBytes = 1 << 20  // bytes a Reply keeps; the rest is counted
	MaxLine       = 64 << 10 // bytes kept of one line; the rest is counted

	EndlessLines = 10_000   // a reply with more lines is called endless
	EndlessBytes = 16 << 20 // and so is one with more bytes
)

// Class says in one word what a reply means for the command before it.
type Class uint8

// The classes of a reply. Unclear is the zero value: the line was no reply.
const (
	Unclear Class = iota
	Yes           // the command was done: SMTP 2xx, POP3 +OK, IMAP OK
	GoOn          // the server waits for more: SMTP 3xx, IMAP +
	NotNow        // a temporary no: SMTP 4xx
	No            // a final no: SMTP 5xx, POP3 -ERR, IMAP NO or BAD
	Data          // information that answers nothing: IMAP untagged lines
)

var classNames = [...]string{"unclear", "yes", "go on", "not now", "no", "data"}

func (c Class) String() string { return classNames[c] }

// Refusal reports whether the class is a no, for now or for good.
func (c Class) Refusal() bool { return c == NotNow || c == No }

// Reply is one whole answer of the server, as RFC 5321 section 4.2 has it, or
// its like in another protocol. The zero value is the absence of a reply.
type Reply struct {
	Class    Class
	Code     int      // 220 to 599 in SMTP; 0 where the protocol has none
	Enhanced string   // "5.1.1" (RFC 3463), "" when not given
	Word     string   // "OK", "NO", "+OK" in protocols that speak words
	Tag      string   // IMAP's tag, else ""
	Lines    []string // verbatim, without line ends; at most MaxReplyLines, the last line always there
	Dropped  int      // lines counted but not kept
	Bytes    int64    // size on the wire, line ends included
	Flaws    Flaw     // what was wrong with its form
	Unhidden Secret   // the last line as it came, where something in it was hidden from Lines
	Closing  bool     // the server says it hangs up: SMTP 421 (RFC 5321 section 3.8), IMAP BYE
}

// Flaw is a set of things wrong with the form of a line or reply.
type Flaw uint16

// The flaws of form. None ends a talk with a person at the screen; all but
// FlawCut end a strict one.
const (
	FlawBareLF     Flaw = 1 << iota // a line ended in LF without CR
	FlawBareCR                      // a CR inside a line
	FlawNUL                         // a NUL byte
	FlawTooLong                     // a line over MaxLine, cut
	FlawMixedCodes                  // lines of one reply carry different codes
	FlawNoCode                      // a line without a code
	FlawCodeRange                   // a code outside 200 to 599
	FlawCut                         // over MaxReplyLines or MaxReplyBytes: not all of it was kept
	FlawEndless                     // over EndlessLines or EndlessBytes
)

// Keep appends a line within the bounds of a reply: beyond them only the last
// line is kept and the others are counted.
func (r *Reply) Keep(line string) {
	r.Bytes += int64(len(line)) + 2
	if r.Flaws&FlawCut != 0 {
		r.Lines = r.Lines[:len(r.Lines)-1]
		r.Dropped++
	} else if len(r.Lines) >= MaxReplyLines || r.Bytes > MaxReplyBytes {
		r.Flaws |= FlawCut
	}
	r.Lines = append(r.Lines, line)
	r.weigh()
}

// Full reports whether a further line would only take the place of the last.
func (r *Reply) Full() bool { return r.Flaws&FlawCut != 0 }

// Drop counts a line of size bytes without keeping it: one in the midst of a
// reply that is full.
func (r *Reply) Drop(size int) {
	r.Bytes += int64(size) + 2
	r.Dropped++
	r.weigh()
}

// weigh notes whether the reply is an endless one by now.
func (r *Reply) weigh() {
	if len(r.Lines)+r.Dropped > EndlessLines || r.Bytes > EndlessBytes {
		r.Flaws |= FlawEndless
	}
}

// Text returns the lines without their codes, as the server worded them:
// "250-SIZE 1" gives "SIZE 1".
func (r Reply) Text() []string {
	texts := make([]string, len(r.Lines))
	for i, line := range r.Lines {
		texts[i] = r.text(line)
	}
	return texts
}

func (r Reply) text(line string) string {
	code := strconv.Itoa(r.Code)
	if r.Code == 0 || !strings.HasPrefix(line, code) {
		return line
	}
	line = line[len(code):]
	if line != "" && (line[0] == ' ' || line[0] == '-') {
		line = line[1:]
	}
	return line
}

// Joined returns the reply as one line: the code, a blank, and the text of
// every line joined by blanks, an enhanced code that later lines repeat kept
// once. Patterns of replies are matched against this form.
func (r Reply) Joined() string {
	var b strings.Builder
	if r.Code != 0 {
		b.WriteString(strconv.Itoa(r.Code))
	}
	for i, text := range r.Text() {
		if i > 0 && r.Enhanced != "" {
			if rest, ok := strings.CutPrefix(text, r.Enhanced); ok {
				text = strings.TrimPrefix(rest, " ")
			}
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}
