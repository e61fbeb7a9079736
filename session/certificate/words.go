package certificate

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"

	"ehlo/session/sanitize"
)

//go:embed words_en.json
var wordsJSON []byte

// words reads the sentences when they are first needed.
var words = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	_ = json.Unmarshal(wordsJSON, &all) // a test reads them
	return all
})

// maxValue bounds what a sentence repeats of one thing that a certificate says,
// in bytes.
const maxValue = 200

// say fills the gaps of a sentence, given as name and value in turn.
func say(key string, gaps ...string) string {
	pairs := make([]string, 0, len(gaps))
	for i := 0; i+1 < len(gaps); i += 2 {
		pairs = append(pairs, "{"+gaps[i]+"}", sanitize.Text(cut(gaps[i+1])))
	}
	return strings.NewReplacer(pairs...).Replace(words()[key])
}

func cut(text string) string {
	if len(text) <= maxValue {
		return text
	}
	return strings.ToValidUTF8(text[:maxValue], "") + "..."
}

// list joins names as people do.
func list(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + say("and") + names[last]
}

func count(n int) string { return strconv.Itoa(n) }

func day(t time.Time) string { return t.Format("2 Jan 2006") }

// days words a time in whole days.
func days(d time.Duration) string {
	switch n := int(d / (24 * time.Hour)); n {
	case 0:
		return say("day_part")
	case 1:
		return say("day_one")
	default:
		return say("days", "n", count(n))
	}
}
