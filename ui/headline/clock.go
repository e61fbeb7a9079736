package headline

import (
	"cmp"
	"fmt"
	"time"
)

// Clock is the time at the right of the title. The zero value shows none.
type Clock struct {
	On        bool
	Connected time.Duration // since the connection stands
	Idle      time.Duration // since the last line in either direction
	Patience  time.Duration // how long the server is likely to wait; 0: as most do
}

// Servers hang up after some five minutes of silence (RFC 5321 section
// 4.5.3.2.7), so silence is told soon and warned of when a fifth of it is left.
const (
	idleFrom = 30 * time.Second
	usual    = 5 * time.Minute
)

// patience is how long the server is likely to wait.
func (c Clock) patience() time.Duration { return cmp.Or(c.Patience, usual) }

// text is "1:12", "idle 0:30", or "" when the clock is off.
func (c Clock) text() string {
	switch {
	case !c.On:
		return ""
	case c.Idle >= min(idleFrom, c.patience()/2):
		return "idle " + Minutes(c.Idle)
	}
	return Minutes(c.Connected)
}

// late reports whether the server may soon hang up.
func (c Clock) late() bool { return c.On && c.Idle >= c.patience()*4/5 }

// Minutes says a duration as clocks do: "0:47", "4:07", "1:02:03". Parts of a
// second are left out; less than nothing is nothing.
func Minutes(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
