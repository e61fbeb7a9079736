package postbox

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"ehlo/session/practice"
)

// letter is a mail as it lies in the mailbox: with what the server wrote on
// top of it when it took it.
type letter struct {
	message practice.Message
	host    string
}

// text is the whole mail: the trace fields (RFC 5321 section 4.4), then what
// was sent.
func (l letter) text() []byte {
	m := l.message
	with := "ESMTP"
	if m.Encrypted {
		with += "S" // RFC 3848
	}
	if m.User != "" {
		with += "A"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", m.Sender)
	fmt.Fprintf(&b, "Authentication-Results: %s; spf=none smtp.mailfrom=%s; dkim=none\r\n", l.host, l.from())
	if m.Folder == practice.Bulk {
		b.WriteString("X-Spam-Flag: YES\r\n")
	}
	fmt.Fprintf(&b, "Received: from %s ([127.0.0.1])\r\n\tby %s with %s id %s;\r\n\t%s\r\n",
		m.Hello, l.host, with, m.Queue, m.At.Format(time.RFC1123Z))
	b.Write(m.Data)
	return b.Bytes()
}

// from is whose SPF record would be asked for (RFC 7208 section 2.4).
func (l letter) from() string {
	if l.message.Sender == "" {
		return "postmaster@" + l.message.Hello
	}
	return l.message.Sender
}

// header is the mail up to the empty line, that included; all of it where
// there is none.
func (l letter) header() []byte {
	text := l.text()
	return text[:headerEnd(text)]
}

// headerEnd is where the text begins.
func headerEnd(text []byte) int {
	at := 0
	for line := range bytes.Lines(text) {
		at += len(line)
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
	}
	return at
}

// field is one field of the header, as it stands there.
type field struct{ name, raw string }

// fields cuts the header into its fields.
func (l letter) fields() (list []field) {
	for line := range bytes.Lines(l.header()) {
		last := len(list) - 1
		name, _, colon := strings.Cut(string(line), ":")
		switch {
		case (line[0] == ' ' || line[0] == '\t') && last >= 0:
			list[last].raw += string(line)
		case colon:
			list = append(list, field{strings.TrimSpace(name), string(line)})
		}
	}
	return list
}

// value returns the first value of a field, unfolded; "" when there is none.
func (l letter) value(name string) string {
	for _, f := range l.fields() {
		if strings.EqualFold(f.name, name) {
			return f.value()
		}
	}
	return ""
}

func (f field) value() string {
	_, value, _ := strings.Cut(f.raw, ":")
	return strings.Join(strings.Fields(value), " ")
}

// has reports whether a field is there that holds a text, in whatever case.
func (l letter) has(name, text string) bool {
	return slices.ContainsFunc(l.fields(), func(f field) bool {
		return strings.EqualFold(f.name, name) && holds(f.value(), text)
	})
}

func holds(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
