package postbox

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
)

// envelope writes what ENVELOPE asks for (RFC 3501 section 7.4.2).
func (l letter) envelope() string {
	from := l.addresses("From")
	or := func(name string) string {
		if list := l.addresses(name); list != "NIL" {
			return list
		}
		return from
	}
	return fmt.Sprintf("(%s %s %s %s %s %s %s %s %s %s)",
		l.nstring("Date"), l.nstring("Subject"), from, or("Sender"), or("Reply-To"),
		l.addresses("To"), l.addresses("Cc"), l.addresses("Bcc"), l.nstring("In-Reply-To"), l.nstring("Message-ID"))
}

// nstring writes the value of a field; NIL where there is none.
func (l letter) nstring(name string) string {
	if value := l.value(name); value != "" {
		return str(value)
	}
	return "NIL"
}

// addresses writes the addresses of a field.
func (l letter) addresses(name string) string {
	list, err := mail.ParseAddressList(l.value(name))
	if err != nil {
		return "NIL"
	}
	var words []string
	for _, address := range list {
		shown := "NIL"
		if address.Name != "" {
			shown = str(address.Name)
		}
		at := strings.LastIndexByte(address.Address, '@')
		words = append(words, fmt.Sprintf("(%s NIL %s %s)", shown, str(address.Address[:max(0, at)]), str(address.Address[at+1:])))
	}
	return "(" + strings.Join(words, "") + ")"
}

// structure writes a mail as one part of text, whatever it is made of.
func (l letter) structure() string {
	body := bytes.TrimPrefix(l.text(), l.header())
	return fmt.Sprintf(`("TEXT" "PLAIN" ("CHARSET" "UTF-8") NIL NIL "8BIT" %d %d)`, len(body), bytes.Count(body, []byte("\n")))
}
