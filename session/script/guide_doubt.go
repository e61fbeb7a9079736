package script

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"ehlo/session/address"
)

// doubt is an answer that could be taken but looks like a slip. It is asked
// about, never changed.
type doubt struct{ typed, better, why string }

func (g Guide) doubted() bool { return g.doubt.typed != "" }

// doubtOf returns the doubt about an answer that was checked, the zero value
// when there is none.
func (g Guide) doubtOf(answer string) doubt {
	words := guideText().Doubt
	switch g.topic {
	case AskTo, AskFrom:
		parsed, err := address.Parse(answer)
		name := parsed.Domain.ASCII
		better := meantDomain(name)
		if err != nil || better == "" {
			return doubt{}
		}
		return doubt{answer, parsed.Local + "@" + better, fill(words["domain"], "typed", name, "better", better)}
	case AskName:
		own := g.facts.Hello
		if strings.ContainsAny(answer, ".[") || !strings.ContainsAny(own, ".[") {
			return doubt{}
		}
		return doubt{answer, own, words["single"]}
	}
	return doubt{}
}

//go:embed guide_domains.json
var slipsData []byte

// slips are known misspellings: of whole domains, and of their last part.
var slips = sync.OnceValue(func() (known struct{ Domains, Endings map[string]string }) {
	// The data is ours and tested; an unreadable one asks about nothing.
	_ = json.Unmarshal(slipsData, &known)
	return known
})

// meantDomain returns the domain that was probably meant, "" when the one
// typed is not known as a slip.
func meantDomain(typed string) string {
	known, name := slips(), strings.ToLower(typed)
	if better := known.Domains[name]; better != "" {
		return better
	}
	dot := strings.LastIndexByte(name, '.')
	better := known.Endings[name[dot+1:]]
	if dot < 0 || better == "" {
		return ""
	}
	name = name[:dot+1] + better
	if whole := known.Domains[name]; whole != "" {
		return whole
	}
	return name
}
