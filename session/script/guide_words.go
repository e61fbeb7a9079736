package script

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"ehlo/session/sanitize"
)

// guideWords is all that a guide says; {names} are filled in.
type guideWords struct {
	Label, Place, Choose, Type, International, Missing, Sends, Means string

	ByHand    string `json:"by_hand"`
	NotYet    string `json:"not_yet"`
	WireName  string `json:"wire_name"`
	Other     string
	Questions map[string]map[string]string

	Over, Doubt, Problem, Result map[string]string
}

//go:embed guide_en.json
var guideData []byte

// guideText is read at first use: who is not guided pays nothing.
var guideText = sync.OnceValue(func() *guideWords {
	words := new(guideWords)
	// The data is ours and tested whole; an unreadable one leaves no words.
	_ = json.Unmarshal(guideData, words)
	return words
})

// say returns one text of a question.
func say(topic Topic, key string) string { return guideText().Questions[topic.key()][key] }

// fill puts values into a text, name and value in turn. What comes of it is
// safe to show, whoever wrote the values.
func fill(text string, pairs ...string) string {
	names := make([]string, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		names[i], names[i+1] = "{"+pairs[i]+"}", pairs[i+1]
	}
	return sanitize.Text(strings.NewReplacer(names...).Replace(text))
}
