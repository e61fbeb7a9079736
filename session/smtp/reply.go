package smtp

import (
	"strings"

	"ehlo/session"
)

// framer gathers one reply: lines "ddd-text" and a last one "ddd text" or
// "ddd" (RFC 5321 section 4.2.1).
type framer struct {
	reply    session.Reply
	coded    bool    // a line had a code
	twoMinds bool    // its lines are of different classes
	head     [4]byte // "ddd-" of the last line with a code
}

// Wants returns 0: SMTP has no literals.
func (f *framer) Wants() int { return 0 }

// Take adds a line. A line without a code stands inside a reply with a flaw;
// where a reply should begin, it is a reply of its own, of no class.
func (f *framer) Take(line []byte, flaws session.Flaw) bool {
	if flaws == 0 && f.goesOn(line) {
		f.reply.Drop(len(line))
		return false
	}
	f.reply.Flaws |= flaws
	code, more, ok := codeOf(line)
	first := len(f.reply.Lines) == 0
	if f.reply.Full() && (more || !ok) {
		f.reply.Drop(len(line))
	} else {
		f.reply.Keep(string(line))
	}
	if !ok {
		f.reply.Flaws |= session.FlawNoCode
		return first
	}
	f.count(code)
	f.head = [4]byte{line[0], line[1], line[2], '-'}
	return !more
}

// goesOn reports whether a line in the midst of a reply that is full begins as
// the one before: of such a line only the size counts.
func (f *framer) goesOn(line []byte) bool {
	return f.reply.Full() && len(line) > len(f.head) && [4]byte(line) == f.head
}

// count takes the code of a line.
func (f *framer) count(code int) {
	if ClassOf(code) == session.Unclear {
		f.reply.Flaws |= session.FlawCodeRange
	}
	if f.coded && code != f.reply.Code {
		f.reply.Flaws |= session.FlawMixedCodes
		f.twoMinds = f.twoMinds || code/100 != f.reply.Code/100
	}
	f.coded, f.reply.Code = true, code
}

// Reply returns what was gathered, with its class and enhanced code.
func (f *framer) Reply() session.Reply {
	reply := f.reply
	reply.Class = ClassOf(reply.Code)
	if f.twoMinds {
		reply.Class = session.Unclear // neither a yes nor a no
	}
	reply.Closing = reply.Code == 421
	for _, text := range reply.Text() {
		if reply.Enhanced = EnhancedCode(reply.Code, text); reply.Enhanced != "" {
			break
		}
	}
	return reply
}

// codeOf reads the code at the head of a line and whether more lines follow.
func codeOf(line []byte) (code int, more, ok bool) {
	if len(line) < 3 {
		return 0, false, false
	}
	for _, digit := range line[:3] {
		if digit < '0' || digit > '9' {
			return 0, false, false
		}
		code = code*10 + int(digit-'0')
	}
	if len(line) == 3 || line[3] == ' ' {
		return code, false, true
	}
	return code, line[3] == '-', line[3] == '-'
}

// ClassOf returns the class of a reply code by its first digit (RFC 5321 section
// 4.2.1); Unclear for one outside 200 to 599.
func ClassOf(code int) session.Class {
	switch code / 100 {
	case 2:
		return session.Yes
	case 3:
		return session.GoOn
	case 4:
		return session.NotNow
	case 5:
		return session.No
	}
	return session.Unclear
}

// EnhancedCode returns the enhanced status code at the head of a reply's text,
// "" when there is none or its class is not the code's (RFC 2034 section 4).
func EnhancedCode(code int, text string) string {
	word, _, _ := strings.Cut(text, " ")
	parts := strings.Split(word, ".")
	if len(parts) != 3 || len(word) > len("5.999.999") {
		return ""
	}
	for _, part := range parts {
		if part == "" || len(part) > 3 || strings.Trim(part, "0123456789") != "" {
			return ""
		}
	}
	if len(parts[0]) != 1 || int(parts[0][0]-'0') != code/100 {
		return ""
	}
	return word
}
