package ui

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// wordsOfScreen are the words of the root; {names} are filled in. The panes
// and the domain have their own.
type wordsOfScreen struct {
	Lines    map[string]string
	Sheets   map[string]struct{ Label, Remark string }
	Keys     map[string]string // by the key as printed: more than its hint says
	Slashes  []struct{ Name, Does string }
	Verdicts map[string]struct {
		Word, Label, Sentence, Who, Next string
		Notes                            []string // in the place of Who and Next
	}
}

//go:embed words_en.json
var wordsData []byte

var words = sync.OnceValue(func() (all wordsOfScreen) {
	// The data is ours and a test reads it whole; what cannot be read is empty.
	_ = json.Unmarshal(wordsData, &all)
	return all
})

// text returns one line of the words of the screen, filled with pairs of a
// {name} and what stands for it.
func (m *Model) text(key string, fill ...string) string {
	return strings.NewReplacer(fill...).Replace(words().Lines[key])
}
