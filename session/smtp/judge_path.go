package smtp

import (
	"slices"
	"strconv"
	"strings"
)

// spelled is the argument of MAIL or RCPT taken apart as it was written.
type spelled struct {
	colon    bool   // behind FROM or TO
	blank    bool   // between the colon and the path
	brackets bool   // < and > stand around the path
	path     string // without them
	rest     string // what follows, with its blank
}

// spell takes the argument of a verb apart. RFC 5321 section 4.1.1.2 wants
// "FROM:<path>" without a blank; many write it otherwise.
func spell(verb, arg string) (as spelled) {
	if word := pathWord(verb); beginsWith(arg, word) {
		arg = strings.TrimLeft(arg[len(word):], " \t")
	}
	arg, as.colon = strings.CutPrefix(arg, ":")
	path := strings.TrimLeft(arg, " \t")
	as.blank = len(path) < len(arg)
	if open := strings.IndexByte(path, '<'); open >= 0 {
		if end := closing(path[open+1:]); end >= 0 {
			as.brackets = open == 0
			as.path, as.rest = path[open+1:open+1+end], path[open+1+end+1:]
			return as
		}
	}
	path, as.rest, _ = cutBlank(path)
	if as.rest != "" {
		as.rest = " " + as.rest
	}
	as.path = strings.Trim(path, "<>,;")
	return as
}

// pathWord is the word before the colon.
func pathWord(verb string) string {
	if verb == MAIL {
		return "FROM"
	}
	return "TO"
}

// written is the command as the RFC wants it.
func (as spelled) written(verb string) string {
	return verb + " " + pathWord(verb) + ":<" + as.path + ">" + as.rest
}

// judgePath looks at how the path of MAIL or RCPT is written.
func judgePath(verb, arg string) []Doubt {
	as := spell(verb, arg)
	var doubt Doubt
	if verb == MAIL || as.path != "" {
		doubt = doubt.mendedBy(as.written(verb))
	}
	switch {
	case !as.brackets:
		doubt.Kind, doubt.Hold = DoubtNoBrackets, true
	case !as.colon:
		doubt.Kind = DoubtColon
	case as.blank:
		doubt.Kind = DoubtBlank
	case verb == RCPT && !strings.Contains(as.path, "@") && !strings.EqualFold(as.path, "postmaster"):
		return []Doubt{{Kind: DoubtNoDomain, Word: as.path}}
	default:
		return nil
	}
	return []Doubt{doubt}
}

// keywordOf is the keyword that offers a parameter of a verb, "" for one that
// nobody has registered.
func keywordOf(verb, param string) string {
	keyword := ""
	for _, known := range params {
		if known.verb != verb || !strings.EqualFold(keyOf(known.name), keyOf(param)) {
			continue
		}
		if keyword == "" || strings.EqualFold(known.name, param) {
			keyword = known.keyword
		}
	}
	return keyword
}

// tooBig reports whether SIZE=n is over what the server has announced.
func (s State) tooBig(param string) bool {
	_, value, _ := strings.Cut(param, "=")
	size, err := strconv.ParseInt(value, 10, 64)
	return err == nil && s.Extensions.Size() > 0 && size > s.Extensions.Size()
}

func contains(list []string, word string) bool { return slices.Contains(list, word) }

// The bounds of RFC 5321 section 4.5.3.1, in octets, line ends included.
const (
	maxLocalPart   = 64
	maxDomain      = 255
	maxPath        = 256
	maxCommand     = 512   // a parameter may bring room of its own (RFC 1870 section 3)
	maxText        = 1000  // a dot that is doubled does not count
	maxAuthCommand = 12288 // RFC 4954 section 4
)

// judgeLength holds a command against the bounds that every server must keep.
func judgeLength(line, verb, arg string) (doubts []Doubt) {
	over := func(word string, size, limit int) {
		if size > limit {
			doubts = append(doubts, Doubt{Kind: DoubtLong, Word: word, Limit: limit})
		}
	}
	if verb == AUTH {
		over("line", len(line)+2, maxAuthCommand)
		return doubts
	}
	if verb != MAIL && verb != RCPT {
		over("line", len(line)+2, maxCommand)
		return doubts
	}
	as := spell(verb, arg)
	local, domain := as.path, ""
	if at := strings.LastIndexByte(as.path, '@'); at >= 0 {
		local, domain = as.path[:at], as.path[at+1:]
	}
	over("local", len(local), maxLocalPart)
	over("domain", len(domain), maxDomain)
	over("path", len(as.path)+2, maxPath)
	over("line", len(line)-len(as.rest)+2, maxCommand)
	return doubts
}
