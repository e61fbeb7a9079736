// Package message makes the messages that are handed over after DATA: it
// composes them, looks over those that others composed, and brings both into
// the form they have on the wire.
//
//	Draft --Compose--> Message --Reader--> text, CRLF --Wire--> what is sent
//	a file ------------------------------------------/
//
// Nothing is held whole in memory but headers and typed text: attachments are
// read, encoded and sent in blocks.
//
//	RFC 5321 section 4.5.2   dots at the beginning of a line
//	RFC 5322                 headers, lines of at most 998 octets
//	RFC 2045, 2046, 2047     MIME, by github.com/emersion/go-message
//	RFC 1870                 the size that is announced
package message

import (
	"bytes"
	"io"
)

// Message is a composed message. It can be read as often as wanted.
type Message struct {
	id       string
	skeleton []byte // everything but the encoded attachments
	cuts     []cut  // where they belong, in order
	text     int    // lines of the text as typed
}

// cut is a place in the skeleton where an attachment is put in.
type cut struct {
	at         int
	attachment Attachment
}

// ID returns the Message-ID without angle brackets.
func (m *Message) ID() string { return m.id }

// HeaderLines returns the number of lines before the first empty line, folded
// ones counted as they stand.
func (m *Message) HeaderLines() int {
	return bytes.Count(m.skeleton[:bytes.Index(m.skeleton, []byte("\r\n\r\n"))+2], []byte{'\n'})
}

// TextLines returns the number of lines of the text as it was typed.
func (m *Message) TextLines() int { return m.text }

// Lines returns the number of lines of the whole message, -1 when the size of
// an attachment is not known.
func (m *Message) Lines() int64 {
	lines := int64(bytes.Count(m.skeleton, []byte{'\n'}))
	for _, cut := range m.cuts {
		if cut.attachment.Size < 0 {
			return -1
		}
		lines += max(0, encodedLines(cut.attachment.Size)-1)
	}
	return lines
}

// Size returns the size of the message in octets as RFC 1870 section 5 counts
// them: line ends as two, dots not doubled, the final dot left out. It is -1
// when the size of an attachment is not known.
func (m *Message) Size() int64 {
	size := int64(len(m.skeleton))
	for _, cut := range m.cuts {
		if cut.attachment.Size < 0 {
			return -1
		}
		size += encodedSize(cut.attachment.Size)
	}
	return size
}

// EightBit reports whether the message has bytes above 127, so that only a
// server that offers 8BITMIME (RFC 6152) should be given it.
func (m *Message) EightBit() bool {
	return bytes.IndexFunc(m.skeleton, func(r rune) bool { return r > 127 }) >= 0
}

// Reader opens the attachments and returns the message as text with CRLF line
// ends, dots not doubled. An error, now or while reading, names the
// attachment; nothing else can fail.
func (m *Message) Reader() (io.ReadCloser, error) {
	whole := &reader{}
	var parts []io.Reader
	from := 0
	for _, cut := range m.cuts {
		source, err := cut.attachment.Open()
		if err != nil {
			whole.Close()
			return nil, &FieldError{Field: cut.attachment.field(), Problem: "it cannot be opened", Err: err}
		}
		whole.open = append(whole.open, source)
		parts = append(parts, bytes.NewReader(m.skeleton[from:cut.at]), encode(source, cut.attachment))
		from = cut.at
	}
	whole.Reader = io.MultiReader(append(parts, bytes.NewReader(m.skeleton[from:]))...)
	return whole, nil
}

// reader closes what it reads from.
type reader struct {
	io.Reader
	open []io.Closer
}

func (r *reader) Close() error {
	var first error
	for _, source := range r.open {
		if err := source.Close(); err != nil && first == nil {
			first = err
		}
	}
	r.open = nil
	return first
}
