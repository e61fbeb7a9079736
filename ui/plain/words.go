package plain

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed words_en.json
var wordsData []byte

// words is all that this front end says; {names} are filled in. It is read at
// first use.
var words = sync.OnceValue(func() (all struct {
	Say    map[string]string
	Help   []string
	Next   map[string]string // in place of a verdict's next step, by its code
	Unsaid []string          // verdicts that tell nothing in lines
},
) {
	// The data is ours and tested whole; an unreadable one leaves no words.
	_ = json.Unmarshal(wordsData, &all)
	return all
})

// say returns one sentence, its {names} filled with pairs of name and value.
func say(key string, pairs ...string) string {
	named := make([]string, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		named[i], named[i+1] = "{"+pairs[i]+"}", pairs[i+1]
	}
	return strings.NewReplacer(named...).Replace(words().Say[key])
}

// sayCount picks between the word for one and the word for many.
func sayCount(key string, n int, pairs ...string) string {
	if n == 1 {
		key += " one"
	}
	return say(key, pairs...)
}
