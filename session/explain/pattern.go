package explain

import (
	"regexp"
	"strings"
	"sync"
)

// pattern is a regular expression over text of a server, with hints that tell
// cheaply when it cannot match. It is compiled at its first use.
type pattern struct {
	Regex  string
	Starts []string // lower case; a match begins with one of them
	Holds  []string // lower case; a match holds one of them; empty: no hint

	once     sync.Once
	compiled *regexp.Regexp
}

// mayMatch reports whether the hints allow a match; the text is in lower case.
func (p *pattern) mayMatch(lower string) bool {
	starts := len(p.Starts) == 0
	for _, start := range p.Starts {
		starts = starts || strings.HasPrefix(lower, start)
	}
	if !starts || len(p.Holds) == 0 {
		return starts
	}
	for _, held := range p.Holds {
		if strings.Contains(lower, held) {
			return true
		}
	}
	return false
}

// find returns the groups of a match, nil when there is none.
func (p *pattern) find(text, lower string) []string {
	if !p.mayMatch(lower) {
		return nil
	}
	p.once.Do(func() { p.compiled, _ = regexp.Compile(p.Regex) })
	if p.compiled == nil {
		return nil
	}
	return p.compiled.FindStringSubmatch(text)
}

// group returns the text of a named group of a match.
func (p *pattern) group(match []string, name string) string {
	if i := p.compiled.SubexpIndex(name); i >= 0 && i < len(match) {
		return match[i]
	}
	return ""
}

// wording is a reply as a provider or a mail server words it.
type wording struct {
	pattern
	Provider string
	Kind     string
	Meaning  string
	Who      string
	Next     string `json:"next_step"`
}

// replies is read in order: the more exact wordings stand first.
var replies = data[struct {
	Wordings []wording `json:"provider_replies"`
}]("replies.json")

// pattern explains the reply by its wording, if it is a known one and can
// concern the stage it meets, or something stands in for it there: content
// refused before there was any is about who sends it. It returns the wording,
// nil when there is none.
func (h heard) pattern() (*wording, Meaning) {
	if h.code < "4" && h.code != "221" {
		return nil, Meaning{} // no known wording of a yes
	}
	lower, wordings := strings.ToLower(h.text), replies().Wordings
	for i := range wordings {
		w := &wordings[i]
		instead, stands := stages().Instead[w.Kind]
		concerns := h.concerns(w.Kind)
		switch {
		case !concerns && !stands || w.find(h.text, lower) == nil:
		case concerns:
			return w, Meaning{w.Meaning, w.Who, w.Next, w.Kind, w.Provider, ByPattern}
		default:
			meaning := instead.meaning(ByPattern)
			meaning.Provider = w.Provider
			return w, meaning
		}
	}
	return nil, Meaning{}
}
