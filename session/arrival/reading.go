package arrival

import (
	"cmp"
	"mime"
	"net/mail"
	"strings"
	"time"
)

// Reading is what a header tells of the way of a message. All of it was
// written by others.
type Reading struct {
	MessageID string // without brackets
	Subject   string // encoded words read
	From      string
	Date      time.Time // as the sender's clock had it; the zero time when it is not told
	Hops      []Hop     // the way from server to server, the first one first
	Checks    []Check   // what the receiver found out about the sender
	Marks     []Mark    // what filters wrote
}

// Bounds on what is read of a header.
const (
	maxFields = 1000
	maxHops   = 100
	maxChecks = 50
	maxMarks  = 20
	maxText   = 200 // characters of a value in a sentence
)

// Read reads a header. What it cannot read it leaves out; it never fails.
func Read(header string) Reading {
	fields := headerOf(header)
	reading := Reading{
		MessageID: bareID(fields.get("Message-ID")),
		Subject:   decoded(fields.get("Subject")),
		From:      decoded(fields.get("From")),
		Hops:      hops(fields),
		Checks:    checks(fields),
		Marks:     marks(fields),
	}
	reading.Date, _ = mail.ParseDate(fields.get("Date"))
	return reading
}

// Began is when the message left for the first time: the first server's time,
// or else the sender's; the zero time when neither is told.
func (r Reading) Began() time.Time {
	for _, hop := range r.Hops {
		if !hop.At.IsZero() {
			return hop.At
		}
	}
	return r.Date
}

// field is one field of a header, unfolded.
type field struct{ name, value string }

type fields []field

// headerOf cuts a header into its fields (RFC 5322 section 2.2). It ends at an
// empty line, or at a line that is no field: where text runs into it.
func headerOf(text string) (all fields) {
	var value strings.Builder // of the last field
	defer func() {
		if last := len(all) - 1; last >= 0 {
			all[last].value = value.String()
		}
	}()
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line != "" && (line[0] == ' ' || line[0] == '\t') && len(all) > 0 {
			value.WriteString(" " + strings.TrimSpace(line))
			continue
		}
		name, first, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t") || len(all) == maxFields {
			return all
		}
		if last := len(all) - 1; last >= 0 {
			all[last].value = value.String()
		}
		value.Reset()
		value.WriteString(strings.TrimSpace(first))
		all = append(all, field{name: name})
	}
	return all
}

// get returns the first value of a name, in whatever case.
func (all fields) get(name string) string {
	for _, f := range all {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// decoded reads encoded words (RFC 2047); what cannot be read stays.
func decoded(text string) string {
	var decoder mime.WordDecoder
	plain, err := decoder.DecodeHeader(text)
	if err != nil {
		return text
	}
	return cmp.Or(plain, text)
}

// uncommented takes comments in parentheses out of a value (RFC 5322 section
// 3.2.2), and blanks what separates elsewhere inside quotes.
func uncommented(value string) string {
	var b strings.Builder
	depth, inQuotes := 0, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && (depth > 0 || inQuotes):
			i++
		case c == '"' && depth == 0:
			inQuotes = !inQuotes
		case inQuotes && (c == ';' || c == ' '):
			b.WriteByte('_')
		case inQuotes:
			b.WriteByte(c)
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}
