package message

import (
	"bytes"
	"crypto/rand"
	"strings"
	"time"

	"ehlo/session/address"

	mime "github.com/emersion/go-message"
)

// Draft is what a message is composed of. The zero value lacks a From.
type Draft struct {
	From    string // the address in the header, a name before it allowed; "" takes postmaster@Hello
	To      []string
	Subject string
	Text    string  // line ends of any kind
	Header  []Field // own headers; one that Compose writes too takes its place
	Attach  []Attachment
	Date    time.Time // zero: now
	ID      string    // Message-ID without angle brackets; "": made up
	Hello   string    // our own name, as EHLO says it
	// EightBit sends text that is not ASCII as it is. Use it only with a
	// server that offers 8BITMIME; otherwise it is quoted-printable.
	EightBit bool
}

// Field is one header.
type Field struct{ Key, Value string }

// Compose makes a message of a draft. An error is a *FieldError and names what
// has to be changed; a line end in an address, a name, a subject or a header
// is refused, as it would begin a header of its own.
func Compose(d Draft) (*Message, error) {
	fields, err := d.fields()
	if err != nil {
		return nil, err
	}
	m := &Message{}
	for _, field := range fields {
		if strings.EqualFold(field.Key, "Message-ID") {
			m.id = strings.Trim(field.Value, "<>")
		}
	}
	text := crlf(d.Text)
	m.text = strings.Count(text, "\n")
	return m, m.write(d, fields, text)
}

// write lets the library write everything but the attachments, and notes where
// each belongs.
func (m *Message) write(d Draft, fields []Field, text string) error {
	var out bytes.Buffer
	kind := textFields(text, d.EightBit)
	if len(d.Attach) > 0 {
		boundary := "ehlo-" + rand.Text()
		fields = append(fields, Field{"Content-Type", `multipart/mixed; boundary="` + boundary + `"`})
	} else {
		fields = append(fields, kind...)
	}
	whole, err := mime.CreateWriter(&out, header(fields))
	if err != nil {
		return &FieldError{Field: "message", Problem: "it cannot be written", Err: err}
	}
	if len(d.Attach) == 0 {
		err = fill(whole, text)
	} else {
		err = m.writeParts(whole, &out, d.Attach, header(kind), text)
	}
	m.skeleton = out.Bytes()
	return err
}

func (m *Message) writeParts(whole *mime.Writer, out *bytes.Buffer, attach []Attachment, kind mime.Header, text string) error {
	part, err := whole.CreatePart(kind)
	if err == nil {
		err = fill(part, text)
	}
	for _, attachment := range attach {
		var fields []Field
		if err == nil {
			fields, err = attachment.fields()
		}
		if err == nil {
			_, err = whole.CreatePart(header(fields))
		}
		if err != nil {
			return err
		}
		m.cuts = append(m.cuts, cut{out.Len(), attachment})
	}
	return whole.Close()
}

func fill(w *mime.Writer, text string) error {
	if _, err := w.Write([]byte(text)); err != nil {
		return err
	}
	return w.Close()
}

// header folds fields as the library does, but keeps the spelling of their
// names and their order: the library puts each new one on top.
func header(fields []Field) mime.Header {
	var all mime.Header
	for i := len(fields) - 1; i >= 0; i-- {
		var one mime.Header
		one.Set(fields[i].Key, fields[i].Value)
		raw, err := one.Raw(fields[i].Key)
		if err != nil {
			continue // a field just set is there
		}
		copy(raw, fields[i].Key)
		all.AddRaw(raw)
	}
	return all
}

// sender returns the header address: the one given, or postmaster of this
// computer, whose name every mail system must know (RFC 5321 section 4.5.1).
func (d Draft) sender() (address.Address, error) {
	from := d.From
	if address.Trim(from) == "" && d.Hello != "" {
		from = "postmaster@" + d.Hello
	}
	return address.Parse(from)
}

// crlf ends every line in CRLF, the last one too.
func crlf(text string) string {
	text = strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\r\n"
	}
	return text
}
