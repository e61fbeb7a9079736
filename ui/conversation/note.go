package conversation

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/sanitize"
	"ehlo/session/transcript"
	"ehlo/ui/theme"
)

// noteOf words something that happened; false when there is nothing to show:
// a greeting speaks for itself.
func (m Model) noteOf(event session.Event) (note, bool) {
	switch e := event.(type) {
	case session.Began:
		return began(e)
	case session.Passed:
		return m.passed(e)
	case session.Endless:
		return words().Notes["endless"].fill("{lines}", count(e.Lines, "line")), true
	case session.Overdue:
		return words().Notes["overdue"].fill("{waited}", took(e.Waited)), true
	case session.GaveUp:
		return gaveUp(e), true
	case session.Returned:
		return words().Notes["returned"].fill("{lines}", count(len(e.Lines), "line")), true
	case session.Ended:
		return ended(e), true
	case transcript.Unkept:
		return words().Notes["unkept"].fill("{reason}", sanitize.Text(e.Reason)), true
	case transcript.Recalled:
		return recalled(e), true
	}
	return note{}, false
}

// recalled stands before and after a talk of another run.
func recalled(e transcript.Recalled) note {
	switch {
	case e.Over:
		return words().Notes["recalled-over"]
	case e.Lost > 0:
		return words().Notes["recalled-lost"].fill("{when}", e.Begun.Format("2 Jan 15:04"), "{parts}", count(e.Lost, "part"))
	}
	return words().Notes["recalled"].fill("{when}", e.Begun.Format("2 Jan 15:04"))
}

// gaveUp tells that a wait was stopped. Where it was for the greeting no answer
// comes late: the line closes with it.
func gaveUp(e session.GaveUp) note {
	if e.To.Verb == "" && e.To.Line == "" {
		return words().Notes["gave-up-greeting"]
	}
	return words().Notes["gave-up"]
}

func began(e session.Began) (note, bool) {
	switch e.Stage {
	case session.StageConnect:
		return words().Notes["connecting"].fill(place(e.Addr)...), true
	case session.StageTLS:
		return words().Notes["encrypting"], true
	}
	return note{}, false
}

func (m Model) passed(e session.Passed) (note, bool) {
	switch {
	case e.Stage == session.StageConnect && m.dialect.ServerFirst():
		return words().Notes["connected"].fill(place(e.Addr)...), true
	case e.Stage == session.StageConnect:
		return words().Notes["connected-we"].fill(place(e.Addr)...), true
	case e.Stage == session.StageTLS && e.TLS != nil:
		return encrypted(*e.TLS), true
	}
	return note{}, false
}

func encrypted(e session.Encryption) note {
	key := "encrypted"
	if !e.Trusted {
		key = "doubtful"
	}
	return words().Notes[key].fill("{version}", sanitize.Text(e.Version), "{reason}", sanitize.Text(e.Reason))
}

func ended(e session.Ended) note {
	if e.Cause == nil {
		return words().Ends[""]
	}
	if known, ok := words().Ends[string(e.Cause.Why)]; ok {
		return known
	}
	return words().Ends[string(session.WhyLost)]
}

func place(addr netip.AddrPort) []string {
	return []string{"{addr}", sanitize.Text(addr.Addr().String()), "{port}", strconv.Itoa(int(addr.Port()))}
}

// noteMark is the mark of a note by its name in the data, a blank without one.
func (m Model) noteMark(name string) theme.Mark {
	switch name {
	case "yes":
		return m.theme.Marks.Yes
	case "wait":
		return m.theme.Marks.NotNow
	case "no":
		return m.theme.Marks.No
	case "unclear":
		return m.theme.Marks.CannotTell
	case "none":
		return m.theme.Marks.None
	}
	return blank
}

// replyMark is the mark of a reply on its first line, a blank while it is not
// whole.
func (m Model) replyMark(e transcript.Entry) theme.Mark {
	if e.Flags&transcript.FirstLine == 0 || e.Flags&transcript.Whole == 0 {
		return blank
	}
	switch e.Class {
	case session.Yes:
		if strings.HasPrefix(e.Text, "252") { // it will not say (RFC 5321 section 3.5.3)
			return m.theme.Marks.CannotTell
		}
		return m.theme.Marks.Yes
	case session.GoOn:
		return m.theme.Marks.GoOn
	case session.NotNow:
		return m.theme.Marks.NotNow
	case session.No:
		return m.theme.Marks.No
	case session.Data:
		return m.theme.Marks.None
	}
	return m.theme.Marks.CannotTell
}

// took words how long an answer took: "0.1 s", "12 s", "4:07".
func took(d time.Duration) string {
	if tenths := int((d + 50*time.Millisecond) / (100 * time.Millisecond)); tenths < 100 {
		return fmt.Sprintf("%d.%d s", tenths/10, tenths%10)
	}
	seconds := int((d + time.Second/2) / time.Second)
	if seconds < 60 {
		return fmt.Sprintf("%d s", seconds)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
