package message

import (
	"crypto/rand"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"ehlo/session/address"
)

// maxLine is the longest line of a message in octets, without its end
// (RFC 5322 section 2.1.1).
const maxLine = 998

// FieldError says which part of a draft cannot be used, and why.
type FieldError struct {
	Field   string // "Subject", "To", "attachment report.pdf"
	Problem string // plain words
	Err     error  // from the operating system, if any
}

func (e *FieldError) Error() string {
	if e.Err != nil {
		return e.Field + ": " + e.Problem + ": " + e.Err.Error()
	}
	return e.Field + ": " + e.Problem
}

// Unwrap returns the error beneath.
func (e *FieldError) Unwrap() error { return e.Err }

// fields returns the headers of a draft in the order they are written, but for
// those of the content.
func (d Draft) fields() ([]Field, error) {
	from, err := d.sender()
	if err != nil {
		return nil, &FieldError{Field: "From", Problem: "this is no mail address", Err: err}
	}
	ours := []Field{
		{"From", d.From},
		{"To", strings.Join(d.To, ", ")},
		{"Subject", d.Subject},
		{"Date", d.date()},
		{"Message-ID", "<" + d.id(from) + ">"},
	}
	for i := range ours {
		if ours[i].Value, err = d.value(ours[i], from); err != nil {
			return nil, err
		}
	}
	own, err := ownFields(d.Header)
	if err != nil {
		return nil, err
	}
	fields := append(replaced(ours, own), Field{"MIME-Version", "1.0"})
	return fields, nil
}

// value returns one of our own headers as it is written.
func (d Draft) value(field Field, from address.Address) (string, error) {
	switch field.Key {
	case "From":
		return named("From", d.From, from)
	case "To":
		return namedList("To", d.To)
	}
	if err := refuse(field.Key, field.Value); err != nil {
		return "", err
	}
	if field.Key == "Message-ID" && strings.ContainsAny(field.Value[1:len(field.Value)-1], " \t<>") {
		return "", &FieldError{Field: field.Key, Problem: "blanks and angle brackets cannot stand inside"}
	}
	return mime.QEncoding.Encode("utf-8", strings.TrimSpace(field.Value)), nil
}

// date is the Date header of RFC 5322 section 3.3.
func (d Draft) date() string {
	at := d.Date
	if at.IsZero() {
		at = time.Now()
	}
	return at.Format("Mon, 02 Jan 2006 15:04:05 -0700")
}

func (d Draft) id(from address.Address) string {
	if d.ID != "" {
		return d.ID
	}
	return rand.Text() + "@" + from.Domain.ASCII
}

// replaced returns ours, each replaced by an own header of the same name, then
// the other own headers. A header of ours without a value is left out, but for
// the Subject.
func replaced(ours, own []Field) []Field {
	var all []Field
	for _, field := range ours {
		given := false
		for _, o := range own {
			given = given || strings.EqualFold(o.Key, field.Key)
		}
		if !given && (field.Value != "" || field.Key == "Subject") {
			all = append(all, field)
		}
	}
	return append(all, own...)
}

// ownFields checks and encodes the headers the user wrote.
func ownFields(fields []Field) ([]Field, error) {
	own := make([]Field, len(fields))
	for i, field := range fields {
		if problem := badKey(field.Key); problem != "" {
			return nil, &FieldError{Field: fmt.Sprintf("header %q", field.Key), Problem: problem}
		}
		if err := refuse(field.Key, field.Value); err != nil {
			return nil, err
		}
		value := mime.QEncoding.Encode("utf-8", strings.TrimSpace(field.Value))
		if value != strings.TrimSpace(field.Value) && holdsAddresses(field.Key) {
			list, err := mail.ParseAddressList(field.Value)
			if err != nil {
				return nil, &FieldError{Field: field.Key, Problem: "this is no list of mail addresses", Err: err}
			}
			value = joinAddresses(list)
		}
		own[i] = Field{field.Key, value}
	}
	return own, nil
}

// badKey checks the name of a header: printable ASCII without a colon
// (RFC 5322 section 2.2).
func badKey(key string) string {
	switch lower := strings.ToLower(key); {
	case key == "":
		return "it has no name; a header is Name: value"
	case strings.IndexFunc(key, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' }) >= 0:
		return "a name has no blanks, colons, or letters outside ASCII"
	case len(key) > 70:
		return "the name is too long"
	case lower == "mime-version" || strings.HasPrefix(lower, "content-"):
		return "ehlo writes this one itself; use --data for a message of your own"
	}
	return ""
}

func holdsAddresses(key string) bool {
	switch strings.ToLower(key) {
	case "from", "sender", "reply-to", "to", "cc", "bcc":
		return true
	}
	return false
}

func joinAddresses(list []*mail.Address) string {
	written := make([]string, len(list))
	for i, one := range list {
		written[i] = one.String()
	}
	return strings.Join(written, ", ")
}

func namedList(field string, list []string) (string, error) {
	written := make([]string, len(list))
	for i, typed := range list {
		to, err := address.Parse(typed)
		if err != nil {
			return "", &FieldError{Field: field, Problem: "this is no mail address", Err: err}
		}
		if written[i], err = named(field, typed, to); err != nil {
			return "", err
		}
	}
	return strings.Join(written, ", "), nil
}

// named writes an address with the name that was typed before it, if any.
func named(field, typed string, a address.Address) (string, error) {
	name := address.DisplayName(typed)
	if name == "" {
		return a.String(), nil
	}
	if err := refuse(field, name); err != nil {
		return "", err
	}
	// The library quotes or encodes the name; the address is written already.
	const stand = "a@b"
	phrase := (&mail.Address{Name: name, Address: stand}).String()
	return strings.TrimSuffix(phrase, "<"+stand+">") + "<" + a.String() + ">", nil
}

// refuse finds what would break a header in two.
func refuse(field, value string) error {
	i := strings.IndexAny(value, "\r\n\x00")
	if i < 0 {
		return nil
	}
	what := "a line break"
	if value[i] == 0 {
		what = "a NUL byte"
	}
	place := utf8.RuneCountInString(value[:i]) + 1
	return &FieldError{Field: field, Problem: fmt.Sprintf("there is %s at character %d; a header is one line of text", what, place)}
}

// textFields says how the text is written so that no line is over 998 octets.
func textFields(text string, eightBit bool) []Field {
	encoding := "7bit"
	switch longest, ascii := measure(text); {
	case longest > maxLine || strings.ContainsRune(text, 0):
		encoding = "quoted-printable"
	case !ascii && eightBit:
		encoding = "8bit"
	case !ascii:
		encoding = "quoted-printable"
	}
	return []Field{{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", encoding}}
}

// measure returns the length of the longest line and whether all is ASCII.
func measure(text string) (longest int, ascii bool) {
	for line := range strings.SplitSeq(text, "\r\n") {
		longest = max(longest, len(line))
	}
	return longest, strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0
}
