package conversation

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed words_en.json
var wordsJSON []byte

// wording is what the pane itself says.
type wording struct {
	Late, Unasked, Cut, Stuffed, None, Dropped, Rest, Away, Lost string

	Message struct{ Begun, Moved, Whole, Head, Open, Stopped, Folded, Unfolded string }
	Notes   map[string]note
	Ends    map[string]note // by the cause, "" for none
}

// note is the text of something that happened and what it means.
type note struct{ Mark, Text, Means string }

// fill puts values into the places of a note, given in pairs.
func (n note) fill(pairs ...string) note {
	r := strings.NewReplacer(pairs...)
	n.Text, n.Means = r.Replace(n.Text), r.Replace(n.Means)
	return n
}

// words reads the data at first use. Data that does not read is a mistake of
// this build, which a test would find; then there are no words.
var words = sync.OnceValue(func() (w wording) {
	if json.Unmarshal(wordsJSON, &w) != nil {
		return wording{}
	}
	return w
})
