package imap

import (
	"strconv"
	"strings"

	"ehlo/session"
)

// The verbs that this package folds. Those behind UID are one verb with it.
const (
	Capability   = "CAPABILITY"
	StartTLS     = "STARTTLS"
	Authenticate = "AUTHENTICATE"
	Login        = "LOGIN"
	List         = "LIST"
	Select       = "SELECT"
	Examine      = "EXAMINE"
	Search       = "SEARCH"
	UIDSearch    = "UID SEARCH"
	Fetch        = "FETCH"
	UIDFetch     = "UID FETCH"
	Close        = "CLOSE"
	Unselect     = "UNSELECT"
	Noop         = "NOOP"
	Idle         = "IDLE"
	Done         = "DONE"
	Logout       = "LOGOUT"
)

// known reports whether a word, upper case, begins a command (RFC 3501 section
// 6, RFC 9051 section 6 and the registered extensions that people type).
func known(word string) bool {
	switch word {
	case Capability, StartTLS, Authenticate, Login, List, Select, Examine, Search, Fetch, Close, Unselect, Noop, Idle, Done, Logout,
		"UID", "STATUS", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LSUB", "APPEND", "CHECK", "EXPUNGE", "STORE",
		"COPY", "MOVE", "ENABLE", "ID", "NAMESPACE", "COMPRESS", "GETQUOTA", "GETQUOTAROOT", "SORT", "THREAD", "XLIST":
		return true
	}
	return false
}

// Parse reads a line as the server will in the given state. A command gets a
// tag, unless one was typed with it; the line is then that with the tag. A
// string with bytes beyond ASCII becomes a literal (RFC 3501 section 4.3),
// behind a line end of its own.
func (Dialect) Parse(line string, state session.State) session.Command {
	s, _ := state.(State)
	verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
	switch {
	case s.open.what == challenged:
		return signInLine(line)
	case s.open.what == unfinished:
		return s.goesOn(line)
	case s.open.what == idling && verb == Done:
		return session.Command{Verb: Done, Line: line, Answers: 1}
	}
	tag, rest := s.tagged(line)
	verb, arg := split(rest)
	if s.signingIn() && !known(strings.TrimPrefix(verb, "UID ")) {
		return signInLine(line) // said before the challenge was heard
	}
	if verb == session.Unreadable && arg == "" {
		return session.Command{Verb: verb, Line: line, Answers: 1}
	}
	arg = literal(arg)
	command := session.Command{Verb: verb, Arg: arg, Line: join(tag, verb, arg), Answers: 1}
	switch verb {
	case StartTLS:
		command.Effect = session.EffectUpgrade
	case Logout:
		command.Effect = session.EffectQuit
	case Login:
		command.Secrets = passwordIn(arg)
	case Authenticate:
		command.Secrets = initialResponse(arg)
	}
	command.Answers = answers(command)
	return command
}

// join puts a command together. What is unreadable has no verb.
func join(tag, verb, arg string) string {
	switch {
	case verb == session.Unreadable:
		return tag + " " + arg
	case arg == "":
		return tag + " " + verb
	}
	return tag + " " + verb + " " + arg
}

// answers is how many replies a line brings: none where it ends in the count
// of a literal that needs no leave (RFC 7888 section 3).
func answers(command session.Command) int {
	if n, free := countAt(command.Line); n >= 0 && free {
		return 0
	}
	return 1
}

// tagged returns the tag of a line and what stands behind it. One of our own
// making is made anew: lines are said again.
func (s State) tagged(line string) (tag, rest string) {
	rest = strings.TrimSpace(line)
	tag = "a" + strconv.Itoa(s.said+1)
	first, behind, _ := strings.Cut(rest, " ")
	behind = strings.TrimLeft(behind, " ")
	word, _, _ := strings.Cut(strings.ToUpper(behind), " ")
	if known(strings.ToUpper(first)) || !known(word) || !isTag(first) {
		return tag, rest
	}
	if ours, ok := strings.CutPrefix(first, "a"); !ok || strings.Trim(ours, "0123456789") != "" {
		tag = first
	}
	return tag, behind
}

// isTag reports whether a word may be a tag (RFC 3501 section 9).
func isTag(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`(){%*"\+`, r)
	})
}

// split cuts a line into its verb, upper case, and what follows. UID and the
// word behind it are one verb. A line whose first word is no word is unreadable.
func split(line string) (verb, arg string) {
	verb, arg, _ = strings.Cut(strings.TrimSpace(line), " ")
	if verb == "" || strings.ContainsFunc(verb, func(r rune) bool { return !letter(r) }) {
		return session.Unreadable, strings.TrimSpace(line)
	}
	verb, arg = strings.ToUpper(verb), strings.TrimSpace(arg)
	if verb == "UID" && arg != "" {
		word, rest, _ := strings.Cut(arg, " ")
		return verb + " " + strings.ToUpper(word), strings.TrimSpace(rest)
	}
	return verb, arg
}

func letter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-'
}

// signInLine is an answer to a challenge: a secret, but for the "*" that stops
// the sign-in (RFC 3501 section 6.2.2).
func signInLine(line string) session.Command {
	command := session.Command{Verb: Authenticate, Line: line, Arg: line, Answers: 1}
	if line != "*" && line != "" {
		command.Secrets = []string{line}
	}
	return command
}

// goesOn is a line behind the count of a literal: the next part of the same
// command. In LOGIN it holds the name or the password.
func (s State) goesOn(line string) session.Command {
	command := session.Command{Verb: s.open.verb, Arg: line, Line: line}
	if s.open.verb == Login {
		text := line
		if n, _ := countAt(line); n >= 0 {
			text = strings.TrimSpace(line[:strings.LastIndexByte(line, '{')])
		}
		if text != "" {
			command.Secrets = []string{text}
		}
	}
	command.Answers = answers(command)
	return command
}

// SignsIn reports whether a line, as far as it is typed, holds or is about to
// hold a secret: LOGIN and a name, AUTHENTICATE and a mechanism, and a blank.
func SignsIn(line string) bool {
	_, rest := State{}.tagged(line + "x")
	verb, arg := split(rest)
	return (verb == Login || verb == Authenticate) && strings.Contains(arg, " ")
}
