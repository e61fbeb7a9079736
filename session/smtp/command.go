package smtp

import (
	"encoding/base64"
	"strings"

	"ehlo/session"
)

// The verbs that this package knows by name. End is the line that ends a
// message.
const (
	EHLO     = "EHLO"
	HELO     = "HELO"
	LHLO     = "LHLO"
	STARTTLS = "STARTTLS"
	AUTH     = "AUTH"
	MAIL     = "MAIL"
	RCPT     = "RCPT"
	DATA     = "DATA"
	End      = "."
	RSET     = "RSET"
	NOOP     = "NOOP"
	VRFY     = "VRFY"
	EXPN     = "EXPN"
	HELP     = "HELP"
	QUIT     = "QUIT"
)

// Parse reads a line as the server will in the given state.
func (d Dialect) Parse(line string, state session.State) session.Command {
	s, _ := state.(State)
	switch {
	case s.payload && line == End:
		return session.Command{Verb: End, Line: line, Effect: session.EffectEnd, Answers: s.endAnswers()}
	case s.payload:
		return session.Command{Line: line, Effect: session.EffectText}
	case s.challenged:
		return signInLine(line)
	}
	verb, arg := split(line)
	if (s.signingIn() || s.guessing) && !known(verb) {
		return signInLine(line) // said before the challenge was heard
	}
	command := session.Command{Verb: verb, Arg: arg, Line: line, Answers: 1}
	switch verb {
	case STARTTLS:
		command.Effect = session.EffectUpgrade
	case DATA:
		command.Effect = session.EffectPayload
	case QUIT:
		command.Effect = session.EffectQuit
	case AUTH:
		command.Secrets = initialResponse(arg)
	}
	return command
}

// known reports whether a verb is one of this package's.
func known(verb string) bool {
	switch verb {
	case EHLO, HELO, LHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, RSET, NOOP, VRFY, EXPN, HELP, QUIT:
		return true
	}
	return false
}

// cutBlank cuts a line at its first blank or tab.
func cutBlank(line string) (before, after string, found bool) {
	at := strings.IndexAny(line, " \t")
	if at < 0 {
		return line, "", false
	}
	return line[:at], line[at+1:], true
}

// split cuts a line into its verb, upper case, and what follows. MAIL and RCPT
// take their FROM: and TO: with them into the argument. A line whose first
// word is no word is unreadable.
func split(line string) (verb, arg string) {
	line = strings.TrimLeft(line, " \t")
	verb, arg, _ = cutBlank(line)
	for i := range len(verb) {
		if c := verb[i] | 0x20; (c < 'a' || c > 'z') && (verb[i] < '0' || verb[i] > '9') && verb[i] != '-' {
			return session.Unreadable, strings.TrimSpace(line)
		}
	}
	if verb == "" {
		return session.Unreadable, ""
	}
	return strings.ToUpper(verb), strings.TrimSpace(arg)
}

// initialResponse returns the secret in the argument of AUTH: everything after
// the mechanism (RFC 4954 section 4).
func initialResponse(arg string) []string {
	_, response, _ := cutBlank(arg)
	response = strings.TrimSpace(response)
	if response == "" || response == "=" {
		return nil
	}
	return []string{response}
}

// signInLine is an answer to a 334: a secret, but for the "*" that stops the
// sign-in (RFC 4954 section 4).
func signInLine(line string) session.Command {
	command := session.Command{Verb: AUTH, Line: line, Arg: line, Answers: 1}
	if line != "*" && line != "" {
		command.Secrets = []string{line}
	}
	return command
}

// Challenge returns what a 334 asks in clear, "" when it is not base64.
func Challenge(reply session.Reply) string {
	if len(reply.Lines) == 0 {
		return ""
	}
	text := reply.Text()
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text[len(text)-1]))
	if err != nil {
		return ""
	}
	return string(plain)
}

// Path returns the address inside the < > of the argument of MAIL or RCPT, its
// parameters, and whether both brackets were there. "FROM:<a@b> SIZE=5" gives
// "a@b", ["SIZE=5"], true.
func Path(arg string) (address string, params []string, bracketed bool) {
	if colon := strings.IndexByte(arg, ':'); colon >= 0 && colon <= len("FROM") {
		arg = strings.TrimSpace(arg[colon+1:])
	}
	if open, rest, ok := strings.Cut(arg, "<"); ok && strings.TrimSpace(open) == "" {
		if end := closing(rest); end >= 0 {
			return rest[:end], strings.Fields(rest[end+1:]), true
		}
	}
	fields := strings.Fields(arg)
	if len(fields) == 0 {
		return "", nil, false
	}
	return strings.Trim(fields[0], "<>"), fields[1:], false
}

// closing finds the > that ends a path, past a quoted local part.
func closing(path string) int {
	quoted := false
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '>' && !quoted:
			return i
		}
	}
	return -1
}

// SignsIn reports whether a line, as far as it is typed, holds or is about to
// hold a secret: AUTH, a mechanism, and a blank (RFC 4954 section 4).
func SignsIn(line string) bool {
	verb, rest, _ := cutBlank(strings.TrimLeft(line, " \t"))
	mechanism, _, more := cutBlank(strings.TrimLeft(rest, " \t"))
	return strings.EqualFold(verb, AUTH) && mechanism != "" && more
}
