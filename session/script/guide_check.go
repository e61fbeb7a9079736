package script

import (
	"errors"
	"net/netip"
	"strings"
	"unicode"

	"ehlo/session/address"
)

// nullSender is how the null reverse-path is typed (RFC 5321 section 4.5.5).
const nullSender = "<>"

// check reads an answer as it was meant. A problem is one sentence.
func (g Guide) check(value string) (answer, problem string) {
	if value == "" {
		return "", fill(guideText().Missing, "what", say(g.topic, "what"))
	}
	switch g.topic {
	case AskTo:
		return checkAddress(value)
	case AskServer:
		server, err := address.ParseServer(value, defaultPort)
		return server.String(), sentence(err)
	case AskName:
		return checkName(value, g.facts.Hello)
	case AskFrom:
		if value == nullSender {
			return nullSender, ""
		}
		if !strings.ContainsRune(value, '@') {
			return "", guideText().Problem["sender_domain"]
		}
		return checkAddress(value)
	}
	if strings.ContainsFunc(value, unicode.IsControl) {
		return "", guideText().Problem["subject_line"]
	}
	return value, ""
}

func checkAddress(value string) (answer, problem string) {
	parsed, err := address.Parse(value)
	if err != nil && strings.Count(value, "@") > 1 && strings.ContainsAny(value, ",; ") {
		return "", guideText().Problem["one_address"]
	}
	return parsed.Display(), sentence(err)
}

// sentence makes one of a problem that session/address found.
func sentence(err error) string {
	var wrong *address.Error
	if !errors.As(err, &wrong) || wrong.Problem == "" {
		return ""
	}
	return strings.ToUpper(wrong.Problem[:1]) + fill(wrong.Problem[1:]+".")
}

// checkName reads the name given after EHLO: a domain or an address literal
// (RFC 5321 section 4.1.1.1), letters, digits, dots and hyphens.
func checkName(value, own string) (answer, problem string) {
	words := guideText().Problem
	name := strings.TrimRight(value, ".,;")
	ip, err := netip.ParseAddr(name)
	switch {
	case name == "":
		return "", words["name_empty"]
	case err == nil:
		return "", fill(words["name_ip"], "better", address.Literal(ip))
	case strings.HasPrefix(name, "["):
		if parsed, err := address.Parse("x@" + name); err == nil {
			return parsed.Domain.ASCII, ""
		}
		return "", words["name_literal"]
	case strings.ContainsFunc(name, unicode.IsSpace):
		if own == "" || strings.ContainsFunc(own, unicode.IsSpace) {
			own = strings.Join(strings.Fields(name), "-")
		}
		return "", fill(words["name_blank"], "better", own)
	}
	return name, checkLabels(name)
}

// checkLabels checks the parts of a name between dots (RFC 1035 section 2.3.1).
func checkLabels(name string) (problem string) {
	words := guideText().Problem
	foreign := func(r rune) bool {
		return r != '-' && r != '.' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	}
	if at := strings.IndexFunc(name, foreign); at >= 0 {
		sign := []rune(name[at:])[0]
		return fill(words["name_sign"], "sign", string(sign))
	}
	if len(name) > 255 {
		return words["name_long"]
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "" || len(label) > 63:
			return words["name_dots"]
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return words["name_hyphen"]
		}
	}
	return ""
}
