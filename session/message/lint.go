package message

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Finding is something about a message that a server or a mail program may
// take amiss. Each kind is found once, at the first line it is met.
type Finding struct {
	Line  int    // counted from 1; 0 when it is about the message as a whole
	Count int    // how often it was met, for what can be met on many lines
	Text  string // a sentence
}

// lintHead is how much of a line is looked at; the rest is only measured.
const lintHead = 4 << 10

// linter reads a message line by line.
type linter struct {
	line     int
	inHeader bool
	length   int64 // of the line under way
	cr       bool  // the part before ended in CR
	seen     map[string]bool
	order    []string
	found    map[string]*Finding
}

// Lint looks over a whole message before it is sent and returns what is odd
// about it, in the order of the lines; nothing is changed. Memory does not
// grow with the message. An error is that of r.
func Lint(r io.Reader) ([]Finding, error) {
	l := &linter{inHeader: true, seen: map[string]bool{}, found: map[string]*Finding{}}
	lines := bufio.NewReaderSize(r, lintHead)
	for {
		piece, err := lines.ReadSlice('\n')
		if len(piece) > 0 {
			l.piece(piece)
		}
		if err != nil && err != bufio.ErrBufferFull {
			if err == io.EOF {
				err = nil
			}
			return l.findings(), err
		}
	}
}

// piece looks at a line, or at a part of a long one.
func (l *linter) piece(b []byte) {
	first := l.length == 0
	if first {
		l.line++
	}
	l.length += int64(len(b))
	ended := b[len(b)-1] == '\n'
	content := bytes.TrimSuffix(bytes.TrimSuffix(b, []byte{'\n'}), []byte{'\r'})
	if ended && !bytes.HasSuffix(b, []byte("\r\n")) && !(l.cr && len(b) == 1) {
		l.add("This line ends in LF alone; ehlo makes it CRLF unless --raw is given.")
	}
	if bytes.IndexByte(content, '\r') >= 0 || l.cr && b[0] != '\n' {
		l.add("There is a CR inside this line; ehlo makes it a line end unless --raw is given.")
	}
	l.cr = !ended && b[len(b)-1] == '\r'
	if bytes.IndexByte(content, 0) >= 0 {
		l.add("There is a NUL byte in this line; many servers refuse the message.")
	}
	if l.inHeader {
		l.header(content, first)
	}
	if ended {
		if l.length-2 > maxLine {
			l.add(fmt.Sprintf("This line is longer than the %d octets a mail may have.", maxLine))
		}
		l.length = 0
	}
}

// header looks at a line before the first empty one.
func (l *linter) header(content []byte, first bool) {
	if first && len(content) == 0 {
		l.inHeader = false
		return
	}
	if bytes.IndexFunc(content, func(r rune) bool { return r > 127 }) >= 0 {
		l.add("A header has letters outside ASCII; only servers with SMTPUTF8 take them.")
	}
	if !first || content[0] == ' ' || content[0] == '\t' {
		return
	}
	key, _, ok := bytes.Cut(content, []byte{':'})
	key = bytes.TrimRight(key, " \t")
	if !ok || badName(key) {
		l.add("This line is no header (Name: value), and no empty line came before it.")
		return
	}
	switch name := strings.ToLower(string(key)); name {
	case "from", "date", "message-id", "to", "subject":
		if l.seen[name] {
			l.add("A second " + string(key) + " header; only one is allowed.")
		}
		l.seen[name] = true
	}
}

// badName reports whether a key cannot be the name of a header.
func badName(key []byte) bool {
	return len(key) == 0 || bytes.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}

func (l *linter) add(text string) {
	if f := l.found[text]; f != nil {
		f.Count++
		return
	}
	l.found[text] = &Finding{Line: l.line, Count: 1, Text: text}
	l.order = append(l.order, text)
}

// findings returns what was met on the way, then what is missing.
func (l *linter) findings() []Finding {
	var all []Finding
	for _, text := range l.order {
		all = append(all, *l.found[text])
	}
	if l.line == 0 {
		return []Finding{{Text: "The message is empty."}}
	}
	if l.length-2 > maxLine { // the last line has no end
		all = append(all, Finding{Line: l.line, Count: 1, Text: fmt.Sprintf("This line is longer than the %d octets a mail may have.", maxLine)})
	}
	if l.inHeader {
		all = append(all, Finding{Text: "There is no empty line; what comes before it is header, so the text would be lost."})
	}
	for _, name := range []string{"From", "Date", "Message-ID"} {
		if !l.seen[strings.ToLower(name)] {
			all = append(all, Finding{Text: "There is no " + name + " header."})
		}
	}
	return all
}
