package message

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"path/filepath"
	"strings"
)

// Attachment is a file that travels with a message.
type Attachment struct {
	Name string                        // as the recipient sees it; folders before it are cut
	Open func() (io.ReadCloser, error) // called once for each Reader
	Size int64                         // in octets; -1 when it is not known
}

// ErrChanged tells that an attachment is not as long as it was said to be: the
// size announced to the server would be wrong.
var ErrChanged = errors.New("its size changed meanwhile")

func (a Attachment) base() string {
	return a.Name[strings.LastIndexAny(a.Name, `/\`)+1:]
}

func (a Attachment) field() string { return fmt.Sprintf("attachment %q", a.base()) }

// fields returns the headers of the part that carries the attachment.
func (a Attachment) fields() ([]Field, error) {
	name := a.base()
	switch {
	case name == "":
		return nil, &FieldError{Field: "attachment", Problem: "it has no name"}
	case len(name) > 255:
		return nil, &FieldError{Field: "attachment", Problem: "its name is longer than 255 bytes"}
	}
	if err := refuse(a.field(), name); err != nil {
		return nil, err
	}
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	if disposition == "" {
		return nil, &FieldError{Field: a.field(), Problem: "its name cannot be written in a header"}
	}
	return []Field{
		{"Content-Type", contentType(name)},
		{"Content-Disposition", disposition},
		{"Content-Transfer-Encoding", "base64"},
	}, nil
}

// contentType goes by the ending of the name. Types that must not be base64
// (RFC 2046 sections 5.1 and 5.2) travel as plain bytes.
func contentType(name string) string {
	media, _, err := mime.ParseMediaType(mime.TypeByExtension(filepath.Ext(name)))
	if err != nil || strings.HasPrefix(media, "message/") || strings.HasPrefix(media, "multipart/") {
		return "application/octet-stream"
	}
	return media
}

// A line of base64 carries 57 octets in 76 letters (RFC 2045 section 6.8).
const (
	lineOctets  = 57
	lineLetters = 76
	linesAtOnce = 256
)

// encodedLines returns the number of lines of base64 for n octets.
func encodedLines(n int64) int64 { return (n + lineOctets - 1) / lineOctets }

// encodedSize returns the length of the base64 of n octets with CRLF between
// its lines and none after the last.
func encodedSize(n int64) int64 {
	if n == 0 {
		return 0
	}
	return (n+2)/3*4 + 2*(encodedLines(n)-1)
}

// encoder reads an attachment as base64.
type encoder struct {
	source     io.Reader
	attachment Attachment
	in         [lineOctets * linesAtOnce]byte
	out        [(lineLetters + 2) * linesAtOnce]byte
	ready      []byte // part of out not given yet
	read       int64  // octets of the source
	err        error
}

func encode(source io.Reader, attachment Attachment) io.Reader {
	return &encoder{source: source, attachment: attachment}
}

func (e *encoder) Read(p []byte) (int, error) {
	if len(e.ready) == 0 && e.err == nil {
		e.next()
	}
	if len(e.ready) == 0 {
		return 0, e.err
	}
	n := copy(p, e.ready)
	e.ready = e.ready[n:]
	return n, nil
}

// next encodes some whole lines; only the last block has a shorter one.
func (e *encoder) next() {
	n, err := io.ReadFull(e.source, e.in[:])
	out := e.out[:0]
	for octets := e.in[:n]; len(octets) > 0; {
		line := octets[:min(lineOctets, len(octets))]
		octets = octets[len(line):]
		if e.read > 0 {
			out = append(out, '\r', '\n')
		}
		e.read += int64(len(line))
		out = base64.StdEncoding.AppendEncode(out, line)
	}
	e.ready = out
	e.err = e.ending(err)
}

// ending judges how the reading of a block ended.
func (e *encoder) ending(err error) error {
	size := e.attachment.Size
	atEnd := err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case size >= 0 && (e.read > size || atEnd && e.read < size):
		e.ready = nil
		return &FieldError{Field: e.attachment.field(), Problem: "it cannot be sent", Err: ErrChanged}
	case atEnd:
		return io.EOF
	case err != nil:
		return &FieldError{Field: e.attachment.field(), Problem: "it cannot be read", Err: err}
	}
	return nil
}
