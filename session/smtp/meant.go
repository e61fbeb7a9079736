package smtp

import (
	"slices"
	"strings"
)

// verbs are those that somebody may have meant, the likeliest first.
var verbs = [...]string{
	EHLO, MAIL, RCPT, DATA, QUIT, STARTTLS, AUTH, RSET, NOOP, HELO, VRFY, EXPN, HELP,
	"BDAT", "ETRN", LHLO, "ATRN", "TURN", "SEND", "SOML", "SAML", "BURL", "XCLIENT", "XFORWARD", "VERB", "ONEX",
}

// otherNames are words that people say to other programs.
var otherNames = [...][2]string{
	{"EXIT", QUIT},
	{"BYE", QUIT},
	{"CLOSE", QUIT},
	{"LOGOUT", QUIT},
	{"RESET", RSET},
	{"TLS", STARTTLS},
	{"STLS", STARTTLS},
	{"LOGIN", "AUTH LOGIN"},
}

// registered reports whether a verb is one of some extension.
func registered(verb string) bool { return slices.Contains(verbs[:], verb) }

// meant returns the line with the verb that was probably meant, "" when none is
// like it.
func meant(line, verb string) string {
	better := likest(verb)
	if better == "" {
		return ""
	}
	_, arg, _ := cutBlank(strings.TrimLeft(line, " \t"))
	return strings.TrimRight(better+" "+arg, " ")
}

// likest returns the verb that differs least from a word: by one slip of the
// finger, or by two in a longer one.
func likest(word string) string {
	for _, name := range otherNames {
		if name[0] == word {
			return name[1]
		}
	}
	best, least := "", 2+min(1, len(word)/6)
	for _, verb := range verbs {
		if slips := distance(word, verb); slips < least {
			best, least = verb, slips
		}
	}
	return best
}

// distance counts the slips between two words: a letter left out, put in, taken
// for another, or two changed places (Damerau, optimal string alignment).
func distance(a, b string) int {
	if len(a) > 2*len(b) {
		return len(a)
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			rows[i][j] = cheapest(rows, a, b, i, j)
		}
	}
	return rows[len(a)][len(b)]
}

func cheapest(rows [][]int, a, b string, i, j int) int {
	other := 1
	if a[i-1] == b[j-1] {
		other = 0
	}
	least := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+other)
	if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
		least = min(least, rows[i-2][j-2]+1)
	}
	return least
}

// repaired finds the command in a line whose first word is none: one without
// the blank ("MAILFROM:<a@b>"), with a sign too many ("EHLO:pc17"), copied with
// the mark of a prompt ("> QUIT", "C: QUIT"). "" when there is none.
func repaired(line string) string {
	for range 3 { // marks before it
		line = strings.TrimLeftFunc(line, func(r rune) bool { return !letter(r) })
		end := strings.IndexFunc(line, func(r rune) bool { return !letter(r) })
		if end < 0 {
			end = len(line)
		}
		word, rest := strings.ToUpper(line[:end]), line[end:]
		if command := recognised(word, rest); command != "" {
			return command
		}
		line = rest
	}
	return ""
}

// recognised is the command that begins with a word, "" for none.
func recognised(word, rest string) string {
	verb := word
	switch word {
	case "MAILFROM", "FROM":
		verb = MAIL
	case "RCPTTO", "TO":
		verb = RCPT
	}
	rest = strings.TrimLeft(rest, ":;= \t")
	switch {
	case !known(verb):
		return ""
	case verb == MAIL || verb == RCPT:
		return spell(verb, rest).written(verb)
	}
	return strings.TrimRight(verb+" "+rest, " ")
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
