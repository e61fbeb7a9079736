package probe

import "strings"

// QueueID finds the name under which a server keeps a message it took, in the
// words with which it took it: "2.0.0 Ok: queued as 4Xy1z2" gives "4Xy1z2",
// "ok dirdel" gives "dirdel". No standard fixes the form; "" when none is seen.
func QueueID(receipt string) string {
	words := strings.Fields(receipt)
	for i, word := range words {
		switch strings.ToLower(strings.Trim(word, ":=")) {
		case "as", "id", "queued-as":
			if i+1 < len(words) {
				return strings.Trim(words[i+1], "<>.,;()")
			}
		}
		if id, ok := strings.CutPrefix(strings.ToLower(word), "id="); ok {
			return strings.Trim(word[len(word)-len(id):], "<>.,;()")
		}
	}
	if len(words) >= 2 && strings.EqualFold(strings.Trim(words[len(words)-2], ":"), "ok") {
		return strings.Trim(words[len(words)-1], "<>.,;()")
	}
	return ""
}
