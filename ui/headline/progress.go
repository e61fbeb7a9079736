package headline

import (
	"fmt"
	"strings"
	"time"

	"ehlo/session/explain"
)

// Progress is how far a message is.
type Progress struct {
	Sent  int64         // bytes that have gone out
	Total int64         // bytes in all; 0 or less when unknown
	Took  time.Duration // for what has gone out
}

const (
	cells    = 20 // of the bar
	barWidth = cells + 2
)

// percent is from 0 to 100, and 100 only at the end.
func (p Progress) percent() int {
	switch {
	case p.Total <= 0 || p.Sent <= 0:
		return 0
	case p.Sent >= p.Total:
		return 100
	}
	return min(int(100*float64(p.Sent)/float64(p.Total)+0.5), 99)
}

// label adds the number to the label of a verdict: "Sending 41 %".
func (p Progress) label(label string) string {
	if p.Total <= 0 {
		return label
	}
	return fmt.Sprintf("%s %d %%", label, p.percent())
}

// bar is "[========            ]", "" when the end is not known.
func (p Progress) bar() string {
	if p.Total <= 0 {
		return ""
	}
	done := p.percent() * cells / 100
	return "[" + strings.Repeat("=", done) + strings.Repeat(" ", cells-done) + "]"
}

// words are "9.4 of 23 MB, about 20 s left".
func (p Progress) words() string {
	done := explain.Size(p.Sent)
	if p.Total <= 0 {
		return done + " so far"
	}
	total := explain.Size(p.Total)
	if number, unit, ok := strings.Cut(done, " "); ok && strings.HasSuffix(total, " "+unit) {
		done = number
	}
	words := done + " of " + total
	if left := p.left(); left > 0 {
		words += ", about " + about(left) + " left"
	}
	return words
}

// left is how long the rest will take at the pace so far; 0 when there is no
// saying.
func (p Progress) left() time.Duration {
	if p.Sent <= 0 || p.Sent >= p.Total || p.Took < time.Second {
		return 0
	}
	return time.Duration(float64(p.Took) * (float64(p.Total)/float64(p.Sent) - 1))
}

// about says how long something takes, roughly: "20 s", "3 min", "2 h".
func about(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int((d+time.Second-1)/time.Second))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int((d+time.Minute/2)/time.Minute))
	}
	return fmt.Sprintf("%d h", int((d+time.Hour/2)/time.Hour))
}
