package explain

import (
	"strings"

	"ehlo/session"
)

// commands is what each command asks, and its lesson.
var commands = data[struct {
	Greeting, Unknown, Begun, Hidden, Stop, Text string
	Commands                                     []struct {
		Asks     string
		AsksNull string `json:"asks_null"`
		AsksOpen string `json:"asks_open"`
		AsksLast string `json:"asks_last"`
		Lesson
	}
}]("commands.json")

// Command is what a command asks the server, as a person would: "May I send to
// this person?". It may be half typed. It quotes nothing that is secret.
func Command(to session.Command) string {
	words := commands()
	switch {
	case to.Effect == session.EffectText:
		return words.Text
	case to.Verb == "" && to.Line == "" && to.Answers == 0:
		return words.Greeting
	case to.Verb == "AUTH" && to.Line == "*":
		return words.Stop
	case to.Verb == "AUTH" && !beginsWith(to.Line, "AUTH"):
		return words.Hidden
	}
	for _, c := range words.Commands {
		switch {
		case c.Verb != to.Verb:
		case c.AsksOpen != "":
			return asksSender(c.Asks, c.AsksNull, c.AsksOpen, to.Arg)
		case c.AsksLast != "" && strings.HasSuffix(strings.ToUpper(to.Arg), "LAST"):
			return c.AsksLast
		default:
			return c.Asks
		}
	}
	return words.Unknown
}

// Typed is Command for a line that is still being typed: the beginning of one
// verb alone stands for it, and that of several is no unknown command yet.
func Typed(to session.Command) string {
	if to.Verb == "" || strings.ContainsAny(to.Line, " \t") || to.Effect == session.EffectText {
		return Command(to)
	}
	begun := ""
	for _, c := range commands().Commands {
		switch {
		case c.Verb == to.Verb:
			return Command(to)
		case !strings.HasPrefix(c.Verb, to.Verb):
		case begun != "":
			return commands().Begun
		default:
			begun = c.Verb
		}
	}
	if begun != "" {
		to.Verb = begun
	}
	return Command(to)
}

// asksSender fills the name of the sender into the question of MAIL: the part
// before the @, which is the person.
func asksSender(asks, null, open, arg string) string {
	_, path, bracketed := strings.Cut(arg, "<")
	if !bracketed {
		_, path, _ = strings.Cut(arg, ":")
		path, _, _ = strings.Cut(strings.TrimSpace(path), " ")
	}
	path, _, closed := strings.Cut(path, ">")
	if bracketed && closed && path == "" {
		return null
	}
	if at := strings.LastIndexByte(path, '@'); at >= 0 {
		path = path[:at]
	}
	if path == "" {
		return open
	}
	return strings.ReplaceAll(asks, "{sender}", quoted(path))
}

func beginsWith(line, verb string) bool {
	line = strings.TrimLeft(line, " \t")
	return len(line) >= len(verb) && strings.EqualFold(line[:len(verb)], verb)
}
