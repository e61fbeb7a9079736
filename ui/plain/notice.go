package plain

import (
	"strconv"
	"time"
)

// notice tells of a wait that lasts. The zero value tells nothing.
type notice struct {
	what  string // what is awaited, in words
	since time.Time
	told  int
}

// noticeAt are the times after which a wait is told of.
func noticeAt(n int) (after time.Duration, ok bool) {
	all := [...]time.Duration{5 * time.Second, 15 * time.Second, 60 * time.Second}
	if n >= len(all) {
		return 0, false
	}
	return all[n], true
}

// waitFor begins a wait.
func (f *front) waitFor(what string) { f.notice = notice{what: what, since: time.Now()} }

// due returns when the next line of the wait is due.
func (n *notice) due() <-chan time.Time {
	after, ok := noticeAt(n.told)
	if n.what == "" || !ok {
		return nil
	}
	return time.After(time.Until(n.since.Add(after)))
}

// tell words the line that is due.
func (n *notice) tell() string {
	after, _ := noticeAt(n.told)
	n.told++
	return say("waiting", "n", strconv.Itoa(int(after.Seconds())), "what", n.what)
}
