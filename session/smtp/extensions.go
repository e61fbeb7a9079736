package smtp

import (
	"strconv"
	"strings"

	"ehlo/session"
)

// Extension is one keyword of an answer to EHLO with its parameters
// (RFC 5321 section 4.1.1.1).
type Extension struct {
	Keyword string   // upper case
	Params  []string // as written
}

// Extensions is what a server offers, in its own order. The zero value means
// that nothing is known or offered.
type Extensions []Extension

// Offered reads the answer to a hello: what the server offers from now on.
func Offered(reply session.Reply) Extensions { return extensions(reply) }

// extensions reads the answer to EHLO; its first line is the server's name.
func extensions(reply session.Reply) (list Extensions) {
	for i, text := range reply.Text() {
		fields := strings.Fields(text)
		if i == 0 || len(fields) == 0 {
			continue
		}
		keyword, value, _ := strings.Cut(fields[0], "=")
		if keyword == "" {
			continue
		}
		// "AUTH=LOGIN PLAIN" is the form from before RFC 2554.
		if value != "" {
			fields = append([]string{keyword, value}, fields[1:]...)
		}
		list = append(list, Extension{strings.ToUpper(keyword), fields[1:]})
	}
	return list
}

// Get returns the parameters of a keyword and whether it is offered.
func (e Extensions) Get(keyword string) (params []string, offered bool) {
	for _, extension := range e {
		if extension.Keyword == keyword {
			return extension.Params, true
		}
	}
	return nil, false
}

// Offers reports whether a keyword is offered.
func (e Extensions) Offers(keyword string) bool {
	_, offered := e.Get(keyword)
	return offered
}

// Size returns the largest message the server takes, in octets (RFC 1870); 0
// when it names no limit.
func (e Extensions) Size() int64 {
	params, _ := e.Get("SIZE")
	if len(params) == 0 {
		return 0
	}
	size, err := strconv.ParseInt(params[0], 10, 64)
	if err != nil || size < 0 {
		return 0
	}
	return size
}

// Mechanisms returns the ways of signing in that the server offers, upper case.
func (e Extensions) Mechanisms() (names []string) {
	for _, extension := range e {
		if extension.Keyword != AUTH {
			continue
		}
		for _, name := range extension.Params {
			names = append(names, strings.ToUpper(name))
		}
	}
	return names
}
