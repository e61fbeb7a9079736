package imap

import (
	"strconv"
	"strings"
)

// literalMark stands between the count of a literal and its bytes.
const literalMark = "}\r\n"

// Quote returns a string as an argument (RFC 3501 section 4.3): in quotes, the
// quote and the backslash escaped.
func Quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// literal writes the first quoted string that holds bytes beyond ASCII as a
// literal: quoted ones are of seven bits (RFC 3501 section 4.3). Others stay,
// which servers of RFC 9051 section 4.3 take.
func literal(arg string) string {
	for at := 0; at < len(arg); at++ {
		if arg[at] != '"' {
			continue
		}
		text, end, whole := quoted(arg[at:])
		if !whole {
			return arg
		}
		if !ascii(text) {
			return arg[:at] + "{" + strconv.Itoa(len(text)) + literalMark + text + arg[at+end:]
		}
		at += end - 1
	}
	return arg
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// quoted reads a quoted string at the head of a text: what it says, where it
// ends, and whether it does.
func quoted(text string) (said string, end int, whole bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return b.String(), i + 1, true
		case '\\':
			if i++; i == len(text) {
				return "", 0, false
			}
		}
		b.WriteByte(text[i])
	}
	return "", 0, false
}

// cutArgument cuts the first argument off: an atom, a string or a literal.
func cutArgument(arg string) (first, rest string) {
	switch {
	case strings.HasPrefix(arg, `"`):
		if _, end, whole := quoted(arg); whole {
			return arg[:end], strings.TrimLeft(arg[end:], " ")
		}
		return arg, ""
	case strings.HasPrefix(arg, "{") && strings.Contains(arg, literalMark):
		from := strings.Index(arg, literalMark) + len(literalMark)
		n, _ := strconv.Atoi(arg[1 : from-len(literalMark)])
		end := min(len(arg), from+max(0, n))
		return arg[:end], strings.TrimLeft(arg[end:], " ")
	}
	first, rest, _ = strings.Cut(arg, " ")
	return first, strings.TrimLeft(rest, " ")
}

// ArgumentText returns what the first argument of a command says, without its
// quotes or count: that of EXAMINE is the name of the folder.
func ArgumentText(arg string) string {
	first, _ := cutArgument(arg)
	switch {
	case strings.HasPrefix(first, `"`):
		if said, _, whole := quoted(first); whole {
			return said
		}
	case strings.HasPrefix(first, "{") && strings.Contains(first, literalMark):
		return first[strings.Index(first, literalMark)+len(literalMark):]
	}
	return first
}

// passwordIn returns what is secret in the argument of LOGIN: all behind the
// name, as it stands in the line, and as it reads.
func passwordIn(arg string) []string {
	_, password := cutArgument(arg)
	if n, _ := countAt(password); password == "" || n >= 0 && password[0] == '{' {
		return nil // it follows on a line of its own
	}
	first, rest := cutArgument(password)
	switch {
	case rest != "":
		return []string{password} // blanks without quotes: all of it
	case strings.HasPrefix(first, `"`):
		said, end, whole := quoted(first)
		if !whole {
			return []string{password}
		}
		inside := first[1 : end-1]
		if inside == "" {
			return nil
		}
		return unlike(inside, said)
	}
	return []string{ArgumentText(first)}
}

func unlike(a, b string) []string {
	if a == b {
		return []string{a}
	}
	return []string{a, b}
}

// initialResponse returns the secret in the argument of AUTHENTICATE:
// everything behind the mechanism (RFC 4959 section 3).
func initialResponse(arg string) []string {
	_, response, _ := strings.Cut(arg, " ")
	response = strings.TrimSpace(response)
	if response == "" || response == "=" {
		return nil
	}
	return []string{response}
}

// maxDigits bounds the count of a literal: more is none that anybody means.
const maxDigits = 10

// countAt reads the count of a literal at the end of a line (RFC 3501 section
// 4.3): -1 where there is none. free tells that it needs no leave of the server
// (RFC 7888).
func countAt(line string) (n int, free bool) {
	inside, ok := strings.CutSuffix(line, "}")
	open := strings.LastIndexByte(inside, '{')
	if !ok || open < 0 {
		return -1, false
	}
	digits := inside[open+1:]
	if digits, free = strings.CutSuffix(digits, "+"); !free {
		digits, free = strings.CutSuffix(digits, "-")
	}
	if digits == "" || len(digits) > maxDigits || strings.Trim(digits, "0123456789") != "" {
		return -1, false
	}
	count, err := strconv.Atoi(digits)
	if err != nil {
		return -1, false
	}
	return count, free
}
