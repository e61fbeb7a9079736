package explain

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed words/en/*.json
var words embed.FS

// data returns a reader of one file of words, which is parsed at its first
// call. That the files can be read is a matter of the tests.
func data[T any](file string) func() *T {
	return sync.OnceValue(func() *T {
		facts := new(T)
		if text, err := words.ReadFile("words/en/" + file); err == nil {
			_ = json.Unmarshal(text, facts)
		}
		return facts
	})
}
