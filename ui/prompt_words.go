package ui

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// wordsOfPrompt are the words around the line that is typed.
type wordsOfPrompt struct {
	Lines  map[string]string
	Pasted []struct{ Key, Label, Remark string } // what can be done with a paste
	Params map[string]string                     // by smtp.Param.Name
	Doubts map[string]doubtWords                 // by smtp.Doubt.Kind
	Parts  map[string]string                     // of DoubtLong: what is too long
}

// doubtWords tell one doubt: in the note under the prompt, and in the sheet of
// a line that is held.
type doubtWords struct {
	Note, Better string
	Text, More   string
	Late         string // in place of a better line, when it is too late for one
}

//go:embed prompt_en.json
var promptData []byte

var promptWords = sync.OnceValue(func() (all wordsOfPrompt) {
	// The data is ours and a test reads it whole; what cannot be read is empty.
	_ = json.Unmarshal(promptData, &all)
	return all
})

// around is one line of the words around the prompt, filled with pairs of a
// {name} and what stands for it.
func around(key string, fill ...string) string {
	return strings.NewReplacer(fill...).Replace(promptWords().Lines[key])
}
