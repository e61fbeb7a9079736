package conversation

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/transcript"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

func TestUnfold(t *testing.T) {
	m := pane(t, 80, 34, "talk", "message")
	if !m.Unfold() {
		t.Fatal("there is no message")
	}
	golden.Text(t, "unfolded", ansi.Strip(m.View()))
	if !m.Unfold() || strings.Contains(m.View(), "Subject") {
		t.Error("it does not fold again")
	}
}

// The message that is folded out is one that can be seen.
func TestUnfoldSeen(t *testing.T) {
	m := pane(t, 80, 5, "message")
	m.Append(flood(100)...)
	if m.Unfold() {
		t.Error("a message out of sight was folded out")
	}
	m.Home()
	if !m.Unfold() {
		t.Error("the message in sight was not")
	}
}

func TestFolded(t *testing.T) {
	large := []byte("Subject: x\r\nTo: y\r\n\r\n" + strings.Repeat("text\r\n", 10))
	for _, tt := range []struct {
		name        string
		event       session.Event
		text, means string
	}{
		{"begun", session.BodyBegan{}, "(the message is on its way)", ""},
		{"moved", session.BodyMoved{Bytes: 9_400_000, Length: 23_000_000}, "(the message is on its way)", "9.4 MB so far."},
		{"one line", session.BodyEnded{Bytes: 17, Head: []byte("Subject: x\r\n\r\nhi\r\n")[:18], Finished: true}, "(1 header line, 1 line of text)", "17 bytes, folded."},
		{"only its beginning is kept", session.BodyEnded{Bytes: 28_000_000, Head: large, Finished: true}, "(2 header lines, then the text)", "28 MB, folded."},
		{"long headers", session.BodyEnded{Bytes: 28_000_000, Head: []byte("Subject: x\r\n"), Finished: true}, "(the message)", "28 MB, folded."},
		{"no text", session.BodyEnded{Bytes: 12, Head: []byte("Subject: x\r\n"), Finished: true}, "(1 header line, 0 lines of text)", "12 bytes, folded."},
		{"empty", session.BodyEnded{Finished: true}, "(the message)", "0 bytes, folded."},
		{"stopped", session.BodyEnded{Bytes: 28_000_000, Head: large}, "(2 header lines, then the text)", "Stopped after 28 MB. The dot was not sent."},
	} {
		it := New(theme.New(theme.Options{})).folded(0, tt.event)
		if it.text != tt.text || strings.Join(it.means, "|") != tt.means {
			t.Errorf("%s: %q %q", tt.name, it.text, it.means)
		}
	}
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.0 s", 50 * time.Millisecond: "0.1 s", 9949 * time.Millisecond: "9.9 s", 9950 * time.Millisecond: "10 s",
		12 * time.Second: "12 s", 59400 * time.Millisecond: "59 s", time.Minute: "1:00", 247 * time.Second: "4:07", 71 * time.Minute: "71:00",
	} {
		if got := took(d); got != want {
			t.Errorf("took(%v) = %q, want %q", d, got, want)
		}
	}
}

// There are words for every cause of an end, and none is too long for its
// place.
func TestWords(t *testing.T) {
	for _, why := range []session.Why{
		session.WhyRefused, session.WhyNoAnswer, session.WhyUnreachable, session.WhyClosedEarly, session.WhySilent,
		session.WhyNotProtocol, session.WhyTLSFailed, session.WhyClearText, session.WhyLost, session.WhyHungUp,
		session.WhyOverdue, session.WhyTLSMissing, session.WhyTooBig, session.WhyStopped, session.WhyBodyStopped,
		session.WhyAfterData, session.WhyProtocol, session.WhyBodySource, "",
	} {
		n, ok := words().Ends[string(why)]
		if !ok || n.Text == "" || n.Means == "" || len(n.Text) > 33 || len(n.Means) > meansWidth+6 {
			t.Errorf("%q: %+v", why, n)
		}
	}
	w := words()
	for _, said := range []string{
		w.Late, w.Unasked, w.Cut, w.Stuffed, w.None, w.Dropped, w.Rest, w.Message.Begun, w.Message.Moved, w.Message.Whole,
		w.Message.Head, w.Message.Open, w.Message.Stopped, w.Message.Folded, w.Message.Unfolded,
	} {
		if said == "" {
			t.Error("words are missing")
		}
	}
	for _, key := range []string{"connecting", "connected", "connected-we", "encrypting", "encrypted", "doubtful", "overdue", "gave-up", "returned"} {
		if w.Notes[key].Text == "" {
			t.Errorf("no words for %s", key)
		}
	}
	if len(w.None) > timeWidth {
		t.Error("no room for the word in the place of a time")
	}
}

// Every note can be worded, whatever it holds.
func TestNotes(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 40)
	m.Append(
		session.Began{Stage: session.StageConnect, Addr: netip.MustParseAddrPort("192.0.2.25:25")}, session.Ended{Cause: &session.Cause{Why: session.WhyNoAnswer}},
		session.Began{Stage: session.StageConnect, Addr: netip.MustParseAddrPort("[2001:db8::25]:25")},
		session.Passed{Stage: session.StageConnect, Addr: netip.MustParseAddrPort("[2001:db8::25]:25")}, session.Began{Stage: session.StageTLS},
		session.Passed{Stage: session.StageTLS, TLS: &session.Encryption{Version: "TLS 1.0", Reason: "it is for \x1b[2J"}},
		session.Overdue{Waited: 5 * time.Minute}, session.GaveUp{To: session.Command{Verb: "NOOP", Line: "NOOP"}}, session.Returned{Lines: []string{"NOOP"}},
		session.Ended{Cause: &session.Cause{Why: "never heard of"}}, session.Ended{},
	)
	golden.Text(t, "notes", ansi.Strip(m.View()))
}

// TestReplyMark is that of the verdict: 252 says neither yes nor no.
func TestReplyMark(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	whole := transcript.FirstLine | transcript.Whole
	for text, want := range map[string]theme.Mark{"250 ok": m.theme.Marks.Yes, "252 will try": m.theme.Marks.CannotTell, "252-a": m.theme.Marks.CannotTell} {
		if got := m.replyMark(transcript.Entry{Text: text, Class: session.Yes, Flags: whole}); got != want {
			t.Errorf("%q is marked %v, want %v", text, got, want)
		}
	}
}
