package imap

import (
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// Folder is one mailbox of a LIST.
type Folder struct {
	Raw        string   // its name on the wire, for Quote
	Name       string   // for people
	Delimiter  string   // between the levels of a name; "" where there are none
	Attributes []string // as written: \Noselect, and those of RFC 6154
}

// Has reports whether a folder has an attribute, in whatever case: `\Junk`.
func (f Folder) Has(attribute string) bool {
	return slices.ContainsFunc(f.Attributes, func(a string) bool { return strings.EqualFold(a, attribute) })
}

// Leaf is the last level of the name, for people.
func (f Folder) Leaf() string {
	if f.Delimiter == "" {
		return f.Name
	}
	return f.Name[strings.LastIndex(f.Name, f.Delimiter)+len(f.Delimiter):]
}

// shifted is the base64 of modified UTF-7 (RFC 3501 section 5.1.3).
var shifted = sync.OnceValue(func() *base64.Encoding {
	return base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").WithPadding(base64.NoPadding)
})

// decodeName reads a name in modified UTF-7 (RFC 3501 section 5.1.3). One that
// is none stays as it is: newer servers say UTF-8.
func decodeName(raw string) string {
	var b strings.Builder
	for rest := raw; rest != ""; {
		open := strings.IndexByte(rest, '&')
		if open < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:open])
		code, behind, closed := strings.Cut(rest[open+1:], "-")
		text, ok := unshift(code)
		if !closed || !ok {
			return raw
		}
		b.WriteString(text)
		rest = behind
	}
	return b.String()
}

// unshift reads what stands between & and -: UTF-16 in base64; nothing is "&".
func unshift(code string) (text string, ok bool) {
	if code == "" {
		return "&", true
	}
	data, err := shifted().DecodeString(code)
	if err != nil || len(data)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i])<<8 | uint16(data[2*i+1])
	}
	text = string(utf16.Decode(units))
	return text, utf8.ValidString(text)
}
