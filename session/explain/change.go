package explain

import (
	"slices"
	"strings"

	"ehlo/session/sanitize"
)

// Change is a keyword that stands otherwise in the list after TLS than in the
// one before (RFC 3207 section 4.2: the first is forgotten).
type Change struct {
	Keyword string
	Before  string // its line before, without code; "" it was not there
	After   string // its line now; "" it is gone
	Say     string // one sentence
}

// Changes compares the lists of a server before and after TLS, lines without
// their codes: what is new or says something else, in the order of the list
// now, then what is gone. Nothing before is nothing to compare.
func Changes(before, after []string) (changes []Change) {
	if len(before) == 0 {
		return nil
	}
	says := features().Changes
	for _, line := range after {
		name, params := keywordOf(line)
		was, there := lineOf(before, name)
		_, wasParams := keywordOf(was)
		switch {
		case !there:
			changes = append(changes, Change{Keyword: quoted(name), After: sanitize.Text(line), Say: says["new"]})
		case !sameWords(params, wasParams):
			say := strings.ReplaceAll(says["other"], "{before}", quoted(was))
			changes = append(changes, Change{quoted(name), was, sanitize.Text(line), say})
		}
	}
	for _, line := range before {
		name, _ := keywordOf(line)
		if _, there := lineOf(after, name); there {
			continue
		}
		say := says["gone"]
		if name == "STARTTLS" {
			say = says["gone-tls"]
		}
		changes = append(changes, Change{Keyword: quoted(name), Before: sanitize.Text(line), Say: say})
	}
	return changes
}

// ChangesNothing is the sentence for two lists that are the same but for
// STARTTLS, which goes with TLS.
func ChangesNothing() string { return features().Changes["same"] }

// lineOf finds the line of a keyword in a list.
func lineOf(lines []string, name string) (string, bool) {
	for _, line := range lines {
		if other, _ := keywordOf(line); other == name {
			return sanitize.Text(line), true
		}
	}
	return "", false
}

// sameWords reports whether two lists hold the same words, in any order and of
// any case.
func sameWords(a, b []string) bool {
	sorted := func(words []string) []string {
		words = slices.Clone(words)
		for i, word := range words {
			words[i] = upper(word)
		}
		slices.Sort(words)
		return words
	}
	return slices.Equal(sorted(a), sorted(b))
}
