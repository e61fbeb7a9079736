package smtp

import (
	"slices"
	"strings"
)

// Param is one parameter, or way of signing in, with which a half-typed line
// may go on.
type Param struct {
	Name string // by which its meaning is known: "SIZE=", "BODY=8BITMIME", "PLAIN"
	Line string // the line with it
}

// params are the parameters of MAIL and RCPT, and the keyword that offers each. They
// stand in the order in which they are likely to be wanted.
//
//	SIZE             RFC 1870    REQUIRETLS       RFC 8689
//	BODY             RFC 6152    MT-PRIORITY      RFC 6710
//	BODY=BINARYMIME  RFC 3030    HOLDFOR, -UNTIL  RFC 4865
//	SMTPUTF8         RFC 6531    BY               RFC 2852
//	RET, ENVID, NOTIFY, ORCPT    RFC 3461
//	AUTH             RFC 4954    RRVS             RFC 7293
var params = [...]struct{ verb, name, keyword string }{
	{MAIL, "SIZE=", "SIZE"},
	{MAIL, "BODY=8BITMIME", "8BITMIME"},
	{MAIL, "BODY=7BIT", "8BITMIME"},
	{MAIL, "BODY=BINARYMIME", "BINARYMIME"},
	{MAIL, "SMTPUTF8", "SMTPUTF8"},
	{MAIL, "RET=HDRS", "DSN"},
	{MAIL, "RET=FULL", "DSN"},
	{MAIL, "ENVID=", "DSN"},
	{MAIL, "REQUIRETLS", "REQUIRETLS"},
	{MAIL, "AUTH=<>", AUTH},
	{MAIL, "MT-PRIORITY=", "MT-PRIORITY"},
	{MAIL, "HOLDFOR=", "FUTURERELEASE"},
	{MAIL, "HOLDUNTIL=", "FUTURERELEASE"},
	{MAIL, "BY=", "DELIVERBY"},
	{RCPT, "NOTIFY=SUCCESS,FAILURE", "DSN"},
	{RCPT, "NOTIFY=FAILURE", "DSN"},
	{RCPT, "NOTIFY=DELAY", "DSN"},
	{RCPT, "NOTIFY=NEVER", "DSN"},
	{RCPT, "ORCPT=rfc822;", "DSN"},
	{RCPT, "RRVS=", "RRVS"},
}

// ParamNames returns the Name of every parameter of MAIL and RCPT that ParamsFor
// can give, for who has to have words for each.
func ParamNames() (names []string) {
	for _, param := range params {
		names = append(names, param.name)
	}
	return names
}

// ParamsFor returns what the server offers to follow a line as far as it is typed:
// parameters behind the path of MAIL and RCPT, the ways of signing in behind
// AUTH. A parameter that stands in the line already is not offered again
// (RFC 5321 section 4.1.1.11).
func (s State) ParamsFor(line string) []Param {
	verb, arg := split(line)
	switch verb {
	case MAIL, RCPT:
		path, tail, closed := pathEnd(line, arg)
		if !closed {
			return nil
		}
		return s.paramsOf(verb, path, tail)
	case AUTH:
		return s.methods(line, arg)
	}
	return nil
}

// pathEnd cuts a line behind the > that ends its path.
func pathEnd(line, arg string) (path, tail string, closed bool) {
	open := strings.IndexByte(line, '<')
	if open < 0 || !strings.Contains(arg, "<") {
		return "", "", false
	}
	end := closing(line[open+1:])
	if end < 0 {
		return "", "", false
	}
	at := open + 1 + end + 1
	return line[:at], line[at:], true
}

// paramsOf completes the last word of the tail behind a path.
func (s State) paramsOf(verb, path, tail string) (list []Param) {
	if tail != "" && tail[0] != ' ' && tail[0] != '\t' {
		return nil
	}
	given := strings.Fields(tail)
	word := ""
	if len(given) > 0 && !strings.HasSuffix(tail, " ") {
		word, given = given[len(given)-1], given[:len(given)-1]
	}
	start := path + " " + strings.Join(given, " ")
	if len(given) > 0 {
		start += " "
	}
	for _, param := range params {
		fits := param.verb == verb && s.Extensions.Offers(param.keyword) && !stands(given, param.name)
		if fits && beginsWith(param.name, word) && !strings.EqualFold(param.name, word) {
			list = append(list, Param{param.name, start + param.name})
		}
	}
	return list
}

// stands reports whether a parameter is among those given.
func stands(given []string, name string) bool {
	return slices.ContainsFunc(given, func(word string) bool { return strings.EqualFold(keyOf(word), keyOf(name)) })
}

// keyOf is the keyword of a parameter, without its value.
func keyOf(param string) string {
	key, _, _ := strings.Cut(param, "=")
	return key
}

// beginsWith is HasPrefix in any case of letters.
func beginsWith(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// methods completes the name of a way of signing in. What stands behind it is a
// secret and nobody's business.
func (s State) methods(line, arg string) (list []Param) {
	line = strings.TrimLeft(line, " \t")
	if len(line) == len(AUTH) || strings.ContainsAny(arg, " \t") || arg != "" && strings.HasSuffix(line, " ") {
		return nil
	}
	for _, name := range s.Extensions.Mechanisms() {
		if beginsWith(name, arg) && !strings.EqualFold(name, arg) && !slices.ContainsFunc(list, func(p Param) bool { return p.Name == name }) {
			list = append(list, Param{name, AUTH + " " + name})
		}
	}
	return list
}
