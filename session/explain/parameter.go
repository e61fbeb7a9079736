package explain

import (
	"slices"
	"strconv"
	"strings"
)

// maxParams bounds how many parameters of an extension a sentence names.
const maxParams = 8

// methodWords names the ways to sign in (RFC 4954 section 3); where all are of
// one kind, it says which.
func methodWords(plain string, methods []string) string {
	if len(methods) == 0 {
		return features().NoMethods
	}
	for _, only := range features().Only {
		if !slices.ContainsFunc(methods, func(m string) bool { return !slices.Contains(only.Methods, upper(m)) }) {
			plain = only.Say
		}
	}
	return strings.ReplaceAll(plain, "{methods}", quoted(strings.Join(methods, ", ")))
}

// MethodWords says what each way to sign in is, one line each; of those it does
// not know, nothing.
func MethodWords(methods []string) (says []string) {
	for _, method := range methods[:min(len(methods), maxParams)] {
		if say, ok := features().Methods[upper(method)]; ok {
			says = append(says, say)
		}
	}
	return says
}

// paramWords says what follows a keyword, "" when nothing does.
func paramWords(name string, params []string) string {
	if len(params) == 0 {
		return ""
	}
	say, ok := features().Params[name]
	if !ok {
		say = features().Adds
	}
	seconds, err := strconv.ParseInt(params[0], 10, 64)
	switch {
	case !strings.Contains(say, "{seconds}"):
	case err != nil || seconds <= 0:
		say = features().Adds
	default:
		return strings.ReplaceAll(say, "{seconds}", span(seconds))
	}
	named := quoted(strings.Join(params[:min(len(params), maxParams)], ", "))
	return strings.ReplaceAll(say, "{params}", named)
}

// span says a number of seconds in the largest unit that makes it a whole
// number: "4 minutes", "7 days".
func span(seconds int64) string {
	unit, n := "second", seconds
	for _, larger := range [...]struct {
		name string
		of   int64
	}{{"minute", 60}, {"hour", 3600}, {"day", 86400}} {
		if seconds%larger.of == 0 {
			unit, n = larger.name, seconds/larger.of
		}
	}
	if n == 1 {
		return "1 " + unit
	}
	return strconv.FormatInt(n, 10) + " " + unit + "s"
}
