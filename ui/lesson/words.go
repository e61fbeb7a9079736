package lesson

import (
	_ "embed" // the words
	"encoding/json"
	"strings"
	"sync"

	"ehlo/session/explain"
)

//go:embed words/en.json
var english []byte

// phrases are the words of words/en.json.
type phrases struct {
	Labels struct{ Asks, Write, Next, All, Say, Example string }
	Titles struct{ Lesson, Route, All string }
	Now    string // above the list of what may be said
	Guided string // that the guide does it all
	Asks   string // of a verb that has no text of its own
	Verbs  map[string]struct {
		Text   string
		Guided bool // the guide says this verb too
	}
	Route struct {
		Text                                []string
		Hand, Command, Known, Next, Connect string
	}
	Run       string            // who runs a server
	Providers map[string]string // the same of one provider, in place of Run
	Kinds     map[string]string // what more to say of a kind of provider
}

// words reads the words at its first call. That they can be read is a matter
// of the tests.
var words = sync.OnceValue(func() *phrases {
	p := new(phrases)
	_ = json.Unmarshal(english, p)
	return p
})

// lessonOf returns what explain teaches of a verb.
func lessonOf(verb string) (explain.Lesson, bool) { return explain.LessonOf(verb) }

// known is what is good to know of whoever runs a mail server, "" when its
// name tells nothing.
func known(host string) string {
	provider, kind := explain.Provider(host)
	if provider == "" {
		return ""
	}
	say, ok := words().Providers[provider]
	if !ok {
		say = strings.TrimSpace(words().Run + " " + words().Kinds[kind])
	}
	return strings.NewReplacer("{suffix}", suffixOf(host, provider), "{provider}", provider).Replace(say)
}

// suffixOf returns the shortest end of a host's name that tells its provider.
func suffixOf(host, provider string) string {
	suffix := strings.TrimSuffix(host, ".")
	for {
		_, shorter, ok := strings.Cut(suffix, ".")
		if name, _ := explain.Provider(shorter); !ok || name != provider {
			return suffix
		}
		suffix = shorter
	}
}
