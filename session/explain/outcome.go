package explain

import "strings"

// outcomes is what can happen before a conversation, and around it.
var outcomes = data[struct {
	Known []outcome `json:"connection_outcomes"`
}]("outcomes.json")

type outcome struct {
	ID      string
	Meaning string
	Who     string
	Next    string `json:"next_step"`
}

// Outcome explains what became of a connection or a look-up by its name in the
// data: "tcp-timeout", "dns-null-mx", "tls-cert". Each of fill is a pair, the
// name of a place and what to put there: "{host}", "mx.example.org". It
// reports false for a name it does not know.
func Outcome(id string, fill ...string) (Meaning, bool) {
	for _, o := range outcomes().Known {
		if o.ID == id {
			next := o.Next
			if len(fill)%2 == 0 {
				next = strings.NewReplacer(fill...).Replace(next)
			}
			return Meaning{Text: o.Meaning, Who: o.Who, Next: next, Source: ByOutcome}, true
		}
	}
	return Meaning{}, false
}
