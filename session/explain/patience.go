package explain

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"ehlo/session"
)

// Patience is how long a server is likely to wait for the next line.
type Patience struct {
	Wait time.Duration
	Say  string // in a sentence
}

var patiences = data[struct {
	Usual patience
	Waits []patience
	Again map[string]int // seconds, by kind of refusal; "" any other
	Most  int            // seconds; what a server asks for beyond is not believed
}]("patience.json")

type patience struct {
	Part    string
	Seconds int
	Say     string
}

func (p patience) worded() Patience {
	return Patience{time.Duration(p.Seconds) * time.Second, p.Say}
}

// PatienceOf tells how long a server is likely to wait, by what it is: by habit
// and default settings, so it is no promise.
func PatienceOf(id Identity) Patience {
	for _, p := range patiences().Waits {
		if strings.Contains(id.Software, p.Part) || strings.Contains(id.Provider, p.Part) {
			return p.worded()
		}
	}
	return patiences().Usual.worded()
}

// ComeBack tells after which time to ask again, when an answer is one that asks
// for it: a temporary no (4xx) with a kind of its own, or to a recipient or a
// sender. The time is what the server says in its words, else what is usual.
func ComeBack(reply session.Reply, to session.Command) (time.Duration, bool) {
	if reply.Class != session.NotNow || reply.Closing {
		return 0, false
	}
	kind := Reply(reply, to).Kind
	switch stage := stageOf(to); {
	case kind == "greylist":
	case stage != "MAIL" && stage != "RCPT" && stage != ".":
		return 0, false
	}
	if told, ok := toldWait(bounded(reply).Joined()); ok {
		return told, true
	}
	again := patiences().Again
	seconds, ok := again[kind]
	if !ok {
		seconds = again[""]
	}
	return time.Duration(seconds) * time.Second, true
}

// spans finds times in the words of a server: "in 300 seconds", "retry in 00:04:32",
// "after 5 min", "greylisted for 4m30s".
var spans = sync.OnceValues(func() (*regexp.Regexp, error) {
	return regexp.Compile(`(?i)(?:in|after|for|within|wait)(?: about| at least| another)? (?:(\d{1,2}):(\d{2}):(\d{2})|(\d{1,6}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hours?)?(?:(\d{1,2}) ?s)?\b)`)
})

// toldWait reads how long the server asks to wait.
func toldWait(text string) (time.Duration, bool) {
	pattern, err := spans()
	if err != nil {
		return 0, false
	}
	for _, match := range pattern.FindAllStringSubmatch(text[:min(len(text), maxMatched)], 4) {
		seconds := number(match[1])*3600 + number(match[2])*60 + number(match[3])
		unit := map[string]int{"s": 1, "m": 60, "h": 3600}[strings.ToLower(match[5] + " ")[:1]]
		seconds += number(match[4])*unit + number(match[6])
		if seconds > 0 && seconds <= patiences().Most {
			return time.Duration(seconds) * time.Second, true
		}
	}
	return 0, false
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // "" is 0
	return n
}
