package command

import (
	"slices"
	"strings"
)

// looks are the flags that stand for themselves, with no value behind them, and
// that may be typed before a command as well as after it.
var looks = []string{"--ascii", "--no-color", "--plain", "--json", "--quiet"}

// commandFirst puts such flags behind the command that they were typed before:
// "ehlo --ascii practice" is "ehlo practice --ascii".
func commandFirst(args []string) []string {
	at := slices.IndexFunc(args, func(arg string) bool { return !slices.Contains(looks, arg) })
	if at <= 0 || !isCommand(args[at]) {
		return args
	}
	return slices.Concat(args[at:at+1], args[:at], args[at+1:])
}

func isCommand(word string) bool {
	return slices.Contains([]string{"practice", "mx", "check", "send", "version"}, word)
}

// unread says in one sentence why the command line cannot be read.
func unread(err error, args []string) *Failure {
	text := err.Error()
	if flag, _, before := strings.Cut(strings.TrimPrefix(text, "flag "), " applies to the default command"); before {
		word := "COMMAND"
		if at := slices.IndexFunc(args, isCommand); at >= 0 {
			word = args[at]
		}
		return usage("Write %s behind the command: ehlo %s %s. ehlo %s --help lists its flags.", flag, word, flag, word)
	}
	if !strings.HasSuffix(text, "?") {
		text += "."
	}
	return usage("%s Try ehlo --help.", text)
}
