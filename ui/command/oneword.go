package command

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneWord refuses a name of a flag that would not stay one word of one command
// on the wire.
func oneWord(flag, value string) error {
	at := strings.IndexFunc(value, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	if at < 0 {
		return nil
	}
	return usage("%s %q: a name has no blanks and no controls; character %d is one.", flag, value, utf8.RuneCountInString(value[:at])+1)
}

// ownAddress refuses a --from that is no address; none is fine.
func ownAddress(text string) error {
	if _, err := sender(text); err != nil {
		return usage("--from %v.", err)
	}
	return nil
}
