package verdict

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// Words is how a verdict code is worded; {names} are filled in.
type Words struct {
	Word, Sentence, Who, Next string
	Aside                     string // a second sentence beside who acts, on a screen
}

//go:embed words_en.json
var wordsData []byte

// words is read at first use: a command that needs no verdict pays nothing.
var words = sync.OnceValue(func() map[string]Words {
	var all map[string]Words
	// The data is ours and tested whole; an unreadable one leaves no words.
	if err := json.Unmarshal(wordsData, &all); err != nil {
		return nil
	}
	return all
})

func wordsOf(code string) Words { return words()[code] }
