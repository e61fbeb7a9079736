package arrival

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"ehlo/session/sanitize"
	"ehlo/session/signin"
)

//go:embed words_en.json
var wordsJSON []byte

// wordsData is how a reading is worded; {names} are filled in.
type wordsData struct {
	Hop     map[string]string `json:"hop"`
	Check   map[string]string `json:"check"`
	Mark    map[string]string `json:"mark"`
	Span    map[string]string `json:"span"`
	Filters []filterRule      `json:"filters"`
	Advice  map[string]string `json:"advice"`
}

// words are read when they are first needed.
var words = sync.OnceValue(func() (all wordsData) {
	_ = json.Unmarshal(wordsJSON, &all) // a test reads them
	return all
})

// Sentence says what happened at a hop.
func (h Hop) Sentence() string {
	from := h.From
	switch {
	case from == "" && h.IP.IsValid():
		from = h.IP.String()
	case h.IP.IsValid() && !strings.Contains(from, h.IP.String()):
		from += " (" + h.IP.String() + ")"
	}
	key := "took"
	switch {
	case from == "" && h.By == "":
		key = "nobody"
	case from == "":
		key = "began"
	case h.By == "":
		key = "unnamed"
	}
	text := fill(words().Hop[key], "{from}", from, "{by}", h.By)
	switch {
	case h.Delay < 0:
		text += words().Hop["clocks"]
	case h.Delay >= time.Second:
		text += fill(words().Hop["delay"], "{span}", Span(h.Delay))
	}
	if h.Encrypted() {
		text += words().Hop["encrypted"]
	}
	return text + "."
}

// Sentence says what a check means.
func (c Check) Sentence() string {
	text, known := words().Check[c.Method+":"+c.Result]
	if !known {
		text = words().Check["other"]
	}
	domain := c.Domain
	if domain == "" {
		domain = words().Check["no-domain"]
	}
	return fill(text, "{domain}", domain, "{method}", strings.ToUpper(c.Method), "{result}", c.Result)
}

// Sentence says what a filter wrote.
func (m Mark) Sentence() string {
	key := "note"
	if m.Spam {
		key = "spam"
	}
	return fill(words().Mark[key], "{field}", m.Field, "{value}", m.Value)
}

// Advice says what to do about a sign-in that was not begun: what is otherwise
// with a mailbox than with a server for sending.
func Advice(problem *signin.Problem) string {
	return cmp.Or(words().Advice[string(problem.Kind)], problem.Next())
}

// fill puts values in the place of their names. They are of others: bounded,
// and safe to show.
func fill(text string, pairs ...string) string {
	for i := 1; i < len(pairs); i += 2 {
		value := []rune(sanitize.Text(pairs[i]))
		if len(value) > maxText {
			value = append(value[:maxText], []rune("...")...)
		}
		pairs[i] = string(value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Span words a length of time: "3 seconds", "2 minutes 5 seconds", "4 hours".
func Span(d time.Duration) string {
	if d < 0 {
		return "-" + Span(-d)
	}
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return unit(int(d/time.Second), "second")
	case d < time.Hour:
		return joined(unit(int(d/time.Minute), "minute"), int(d%time.Minute/time.Second), "second")
	case d < 48*time.Hour:
		return joined(unit(int(d/time.Hour), "hour"), int(d%time.Hour/time.Minute), "minute")
	}
	return unit(int(d/(24*time.Hour)), "day")
}

func unit(n int, name string) string {
	if n == 1 {
		return "1 " + words().Span[name]
	}
	return fmt.Sprintf("%d %s", n, words().Span[name+"s"])
}

func joined(first string, n int, name string) string {
	if n == 0 {
		return first
	}
	return first + " " + unit(n, name)
}
