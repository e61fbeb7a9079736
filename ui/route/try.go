package route

import (
	"fmt"
	"time"

	"ehlo/ui/theme"
)

// State is what has become of an address, or of one stage of it.
type State uint8

// The states. NotTried is the zero value.
const (
	NotTried    State = iota
	Trying            // called, no answer yet
	Answers           // called once, answered, hung up
	Here              // the talk goes on with this one
	Refused           // nothing listens there
	Silent            // nothing came back in time
	Unreachable       // no way leads there
	HungUp            // closed before it had answered
	NotSMTP           // what answers is no mail server
	Mute              // took the call and never greeted
	SaysNo            // refused in words: a 5xx
	SaysNotNow        // put off in words: a 4xx
	NotOffered        // TLS is not in its list
	Doubtful          // encrypted, and the certificate does not fit
	Failed            // encryption did not come about
	Stopped           // we stopped it
)

// Try is the state of an address with its time: until it answered, or how long
// it has been waited for.
type Try struct {
	State State
	Took  time.Duration
	Code  int // of the reply, where it said no; else 0
}

// words says the try in full: "answers in 0.09 s".
func (t Try) words() string {
	switch t.State {
	case Answers:
		return "answers in " + fine(t.Took)
	case NotSMTP:
		return "not a mail server"
	case Mute:
		return "no greeting in " + coarse(t.Took)
	case SaysNotNow:
		return fmt.Sprintf("says not now %d", t.Code)
	}
	return t.word()
}

// shortWidth is the width of the column of short words.
const shortWidth = 11

// short says the try in 11 columns; where there is a time that matters for
// comparing, it stands at their right end.
func (t Try) short() string {
	switch t.State {
	case Answers, Doubtful:
		return fmt.Sprintf("open%7s", coarse(t.Took))
	case Here:
		return fmt.Sprintf("here%7s", coarse(t.Took))
	}
	return t.word()
}

// word is what is said of a state wherever there is room for eleven columns.
func (t Try) word() string {
	switch t.State {
	case Trying:
		return "trying " + clock(t.Took)
	case Here:
		return "here " + coarse(t.Took)
	case Refused:
		return "refused"
	case Silent:
		return "silent " + whole(t.Took)
	case Unreachable:
		return "unreachable"
	case HungUp:
		return "hung up"
	case NotSMTP:
		return "not SMTP"
	case Mute:
		return "no greeting"
	case SaysNo:
		return fmt.Sprintf("says no %d", t.Code)
	case SaysNotNow:
		return fmt.Sprintf("not now %d", t.Code)
	case NotOffered:
		return "none"
	case Failed:
		return "no"
	case Stopped:
		return "stopped"
	}
	return "not tried"
}

// style is the role of the words.
func (t Try) style(roles *theme.Theme) theme.Style {
	switch t.State {
	case Answers, Here:
		return roles.Good
	case Trying, SaysNotNow, Doubtful:
		return roles.Wait
	case Refused, Silent, Unreachable, HungUp, NotSMTP, Mute, SaysNo, Failed:
		return roles.Refused
	}
	return roles.Muted
}

// clock is a wait as a clock shows it: "0:04".
func clock(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// fine words a duration for comparing servers: "0.09 s".
func fine(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return coarse(d)
}

// whole words how long nobody spoke: tenths say nothing there.
func whole(d time.Duration) string {
	if d < time.Second || d >= time.Minute {
		return coarse(d)
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

// coarse words a duration as the talk does: "0.1 s", "12 s", "4:07".
func coarse(d time.Duration) string {
	switch {
	case d < 10*time.Second-50*time.Millisecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	return clock(d)
}
