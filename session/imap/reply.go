package imap

import (
	"strings"

	"ehlo/session"
)

// piece is how much of a literal is taken at a time, in bytes.
const piece = 32 << 10

// framer gathers one response: a line, and for as long as a line ends in the
// count of a literal, so many bytes and one line more (RFC 3501 section 4.3).
// In the Reply lines and literals take turns.
type framer struct {
	greeting bool // the next response is the greeting
	reply    session.Reply
	inside   bool   // a literal
	left     int    // bytes of it still to come
	kept     []byte // of it, within the bounds of a reply
	lost     int    // bytes of it beyond them
}

// Wants returns how many bytes of a literal come next; 0 asks for a line.
func (f *framer) Wants() int { return min(f.left, piece) }

// Take adds a line or a part of a literal.
func (f *framer) Take(line []byte, flaws session.Flaw) bool {
	if f.inside {
		f.takePart(line)
		return false
	}
	f.reply.Flaws |= flaws
	text := string(line)
	first := len(f.reply.Lines) == 0
	f.reply.Keep(text)
	if first && plainText(text) {
		return true
	}
	n, _ := countAt(text)
	if n < 0 {
		return true
	}
	f.inside, f.left = n > 0, n
	if n == 0 {
		f.reply.Keep("")
	}
	return false
}

// takePart adds bytes of a literal: those beyond the bounds are counted.
func (f *framer) takePart(part []byte) {
	f.left -= len(part)
	room := max(0, session.MaxReplyBytes-int(min(f.reply.Bytes, session.MaxReplyBytes))-len(f.kept))
	if f.reply.Full() {
		room = 0
	}
	room = min(room, len(part))
	f.kept = append(f.kept, part[:room]...)
	f.lost += len(part) - room
	if f.left > 0 {
		return
	}
	f.reply.Keep(string(f.kept))
	if f.lost > 0 {
		f.reply.Drop(f.lost)
		f.reply.Flaws |= session.FlawCut
	}
	f.inside, f.kept, f.lost = false, nil, 0
}

// Reply returns what was gathered, with its class, word and tag.
func (f *framer) Reply() session.Reply {
	reply := f.reply
	if len(reply.Lines) == 0 {
		return reply
	}
	mark, word := head(reply.Lines[0])
	reply.Word = word
	switch {
	case mark == "+":
		reply.Class, reply.Word = session.GoOn, "+"
	case f.greeting:
		reply.Class = greetingClass(mark, word)
	case mark == "*" && word != "":
		reply.Class = session.Data
	case isTag(mark) && status(word):
		reply.Class, reply.Tag = statusClass(word, CodeOf(reply)), mark
	}
	reply.Closing = mark == "*" && word == "BYE"
	if reply.Class == session.Unclear {
		reply.Flaws |= session.FlawNoCode
	}
	return reply
}

// head returns the first word of a response and the word that says what it is,
// upper case: of "* 23 EXISTS" it is the third.
func head(line string) (mark, word string) {
	fields := strings.SplitN(line, " ", 4)
	if line == "+" || strings.HasPrefix(line, "+ ") {
		return "+", ""
	}
	if len(fields) < 2 {
		return fields[0], ""
	}
	word = fields[1]
	if len(fields) > 2 && fields[0] == "*" && word != "" && strings.Trim(word, "0123456789") == "" {
		word = fields[2]
	}
	return fields[0], strings.ToUpper(word)
}

// plainText reports whether the rest of a first line is text for people, where
// a count in braces is none (RFC 3501 section 9, resp-text).
func plainText(line string) bool {
	mark, word := head(line)
	return mark == "+" || status(word) && (mark == "*" || isTag(mark))
}

// status reports whether a word is that of a status response (RFC 3501 section
// 7.1).
func status(word string) bool {
	switch word {
	case "OK", "NO", "BAD", "BYE", "PREAUTH":
		return true
	}
	return false
}

// greetingClass is the class of the first response (RFC 3501 section 7.1).
func greetingClass(mark, word string) session.Class {
	switch {
	case mark != "*":
		return session.Unclear
	case word == "OK", word == "PREAUTH":
		return session.Yes
	case word == "BYE":
		return session.No
	}
	return session.Unclear
}

// statusClass is the class of a line with a tag. Two codes mean that it may be
// otherwise later (RFC 5530 section 3).
func statusClass(word, code string) session.Class {
	switch {
	case word == "OK":
		return session.Yes
	case word == "NO" && (code == "UNAVAILABLE" || code == "INUSE"):
		return session.NotNow
	case word == "NO", word == "BAD":
		return session.No
	}
	return session.Unclear
}

// CodeOf returns the response code in brackets of a status response, upper
// case, without what stands behind it: "AUTHENTICATIONFAILED" (RFC 3501 section
// 7.1, RFC 5530); "" when there is none.
func CodeOf(reply session.Reply) string {
	code, _, _ := strings.Cut(codeText(reply), " ")
	return strings.ToUpper(code)
}

// codeText is all that stands in the brackets.
func codeText(reply session.Reply) string {
	if len(reply.Lines) == 0 || !plainText(reply.Lines[0]) {
		return ""
	}
	_, rest, _ := strings.Cut(reply.Lines[0], " ")
	_, rest, _ = strings.Cut(rest, " ")
	if rest, ok := strings.CutPrefix(rest, "["); ok {
		code, _, closed := strings.Cut(rest, "]")
		if closed {
			return code
		}
	}
	return ""
}

// Words returns the text for people of a status response, without tag, word
// and code; of any other response its first line.
func Words(reply session.Reply) string {
	if len(reply.Lines) == 0 {
		return ""
	}
	line := reply.Lines[0]
	if !plainText(line) {
		return line
	}
	_, rest, _ := strings.Cut(line, " ")
	if reply.Word != "+" {
		_, rest, _ = strings.Cut(rest, " ")
	}
	if code := codeText(reply); code != "" {
		rest = strings.TrimPrefix(rest, "["+code+"]")
	}
	return strings.TrimSpace(rest)
}

// Challenge returns what a "+" asks in base64, as it came.
func Challenge(reply session.Reply) string {
	if len(reply.Lines) == 0 {
		return ""
	}
	line := reply.Lines[len(reply.Lines)-1]
	if !reply.Unhidden.Empty() {
		line = reply.Unhidden.Reveal()
	}
	return strings.TrimSpace(strings.TrimPrefix(line, "+"))
}
