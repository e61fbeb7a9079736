package practice

import (
	"strings"
	"sync"
)

// tally counts, over all conversations of a server, how often a verb came with
// an argument.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

// maxTally bounds the arguments that are counted one by one; those beyond
// share one count.
const maxTally = 10_000

// pick counts a verb with its subject and returns the first rule that fits.
func (c *tally) pick(rules []rule, verb, subject string) (rule, bool) {
	nth := 0
	for _, r := range rules {
		if r.verb != verb || !r.fits(subject) {
			continue
		}
		if nth == 0 {
			nth = c.count(verb + " " + strings.ToLower(subject))
		}
		if nth >= r.from && (r.to == 0 || nth <= r.to) {
			return r, true
		}
	}
	return rule{}, false
}

func (c *tally) count(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = make(map[string]int)
	}
	if _, known := c.counts[key]; !known && len(c.counts) >= maxTally {
		key = ""
	}
	c.counts[key]++
	return c.counts[key]
}

// fits reports whether the rule's pattern takes a subject, in whatever case.
func (r rule) fits(subject string) bool {
	if r.pattern == "" {
		return true
	}
	return like(strings.Split(strings.ToLower(r.pattern), "*"), strings.ToLower(subject))
}

// like reports whether a text consists of the parts, in order, with anything
// between them.
func like(parts []string, text string) bool {
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return text == first
	}
	text, ok := strings.CutPrefix(text, first)
	if !ok || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[:len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		if _, text, ok = strings.Cut(text, part); !ok {
			return false
		}
	}
	return true
}
