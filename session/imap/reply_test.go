package imap

import (
	"bufio"
	"io"
	"strings"
	"testing"

	"ehlo/session"
)

// frame reads one response of a text, as the session does.
func frame(t *testing.T, text string, state State) (session.Reply, string) {
	t.Helper()
	in := bufio.NewReader(strings.NewReader(text))
	f := Dialect{}.Frame(state)
	for {
		var part []byte
		var err error
		if n := f.Wants(); n > 0 {
			part = make([]byte, n)
			_, err = io.ReadFull(in, part)
		} else {
			var line string
			line, err = in.ReadString('\n')
			part = []byte(strings.TrimRight(line, "\r\n"))
		}
		if err != nil {
			return f.Reply(), "cut off"
		}
		if f.Take(part, 0) {
			rest, _ := io.ReadAll(in)
			return f.Reply(), string(rest)
		}
	}
}

func TestReply(t *testing.T) {
	greeted := State{Greeted: true}
	for _, tt := range []struct {
		name, text string
		state      State
		class      session.Class
		word, tag  string
		code       string
	}{
		{"greeting", "* OK [CAPABILITY IMAP4rev1] ready\r\n", Dialect{}.Start().(State), session.Yes, "OK", "", "CAPABILITY"},
		{"signed in already", "* PREAUTH hello\r\n", Dialect{}.Start().(State), session.Yes, "PREAUTH", "", ""},
		{"turned away", "* BYE busy\r\n", Dialect{}.Start().(State), session.No, "BYE", "", ""},
		{"SMTP", "220 mx ESMTP\r\n", Dialect{}.Start().(State), session.Unclear, "MX", "", ""},
		{"data first", "* 3 EXISTS\r\n", Dialect{}.Start().(State), session.Unclear, "EXISTS", "", ""},
		{"yes", "a1 OK [READ-ONLY] done\r\n", greeted, session.Yes, "OK", "a1", "READ-ONLY"},
		{"no", "a1 NO [AUTHENTICATIONFAILED] wrong\r\n", greeted, session.No, "NO", "a1", "AUTHENTICATIONFAILED"},
		{"not now", "a1 NO [UNAVAILABLE] later\r\n", greeted, session.NotNow, "NO", "a1", "UNAVAILABLE"},
		{"bad", "a1 BAD what\r\n", greeted, session.No, "BAD", "a1", ""},
		{"data", "* 23 EXISTS\r\n", greeted, session.Data, "EXISTS", "", ""},
		{"warning", "* NO disk full\r\n", greeted, session.Data, "NO", "", ""},
		{"goodbye", "* BYE bye\r\n", greeted, session.Data, "BYE", "", ""},
		{"go on", "+ go on {5}\r\n", greeted, session.GoOn, "+", "", ""},
		{"go on, bare", "+\r\n", greeted, session.GoOn, "+", "", ""},
		{"count in a text", "a1 OK done {5}\r\n", greeted, session.Yes, "OK", "a1", ""},
		{"nothing of the kind", "hello there\r\n", greeted, session.Unclear, "THERE", "", ""},
		{"empty", "\r\n", greeted, session.Unclear, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reply, rest := frame(t, tt.text, tt.state)
			if reply.Class != tt.class || reply.Word != tt.word || reply.Tag != tt.tag || CodeOf(reply) != tt.code || rest != "" {
				t.Errorf("%v %q %q %q, left %q", reply.Class, reply.Word, reply.Tag, CodeOf(reply), rest)
			}
			if bye := strings.Contains(tt.text, "BYE"); reply.Closing != bye {
				t.Errorf("closing is %v", reply.Closing)
			}
		})
	}
}

// TestLiterals holds that bytes are counted, whatever they are, and that what
// is behind them is the next response.
func TestLiterals(t *testing.T) {
	next := "a1 OK done\r\n"
	for _, tt := range []struct{ name, text, want string }{
		{"one", "* 1 FETCH (BODY[HEADER] {13}\r\na: b\r\n) {9}\r\n UID 5)\r\n", "a: b\r\n) {9}\r\n"},
		{"empty", "* 1 FETCH (BODY[HEADER] {0}\r\n UID 5)\r\n", ""},
		{"no line end in it", "* 1 FETCH (BODY[HEADER] {3}\r\nabc UID 5)\r\n", "abc"},
		{"long", "* 1 FETCH (BODY[HEADER] {100000}\r\n" + strings.Repeat("x", 100_000) + " UID 5)\r\n", strings.Repeat("x", 100_000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reply, rest := frame(t, tt.text+next, State{Greeted: true})
			if rest != next {
				t.Fatalf("left %.60q", rest)
			}
			state := State{}.Heard(reply).(State)
			if len(state.Fetched) != 1 || state.Fetched[0].Header != tt.want || state.Fetched[0].UID != 5 {
				t.Errorf("%.200v of %.200q", state.Fetched, reply.Lines)
			}
		})
	}
}

// TestLiteralBound holds that a literal beyond the bounds is counted and not
// kept, that nothing of it is believed, and that the count is still kept.
func TestLiteralBound(t *testing.T) {
	size := 3 << 20
	text := "* 1 FETCH (BODY[] {3145728}\r\n" + strings.Repeat("y", size) + ")\r\n"
	reply, rest := frame(t, text+"a1 OK\r\n", State{Greeted: true})
	kept := 0
	for _, line := range reply.Lines {
		kept += len(line)
	}
	if rest != "a1 OK\r\n" || kept > session.MaxReplyBytes || reply.Flaws&session.FlawCut == 0 || reply.Bytes < int64(size) {
		t.Errorf("kept %d of %d, flaws %b, left %q", kept, reply.Bytes, reply.Flaws, rest)
	}
	if state := (State{}).Heard(reply).(State); len(state.Fetched) != 0 {
		t.Errorf("believed: %v", state.Fetched)
	}
}

// FuzzFrame holds that no bytes of a server break the framer or the fold, and
// that what is kept is bounded.
func FuzzFrame(f *testing.F) {
	for _, text := range []string{
		"* OK hello\r\n", "* 1 FETCH (BODY[HEADER] {3}\r\nabc)\r\n", "* LIST (\\Junk) \"/\" {4}\r\nBulk\r\n",
		"* SEARCH 1 2 3\r\n", "* ESEARCH (TAG \"a1\") UID ALL 1:5\r\n", "+ \r\n", "a1 OK [CAPABILITY A B] x\r\n", "* 1 FETCH ((((((((((((\r\n",
		"* ESEARCH ALL 4294967295:1\r\n", "* LIST () NIL &\r\n",
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, greeting bool) {
		state := said("login bob {3+}", "abc", "noop", "list \"\" *")
		if greeting {
			state = Dialect{}.Start().(State)
		}
		rest := text
		for range 20 {
			reply, left := frame(t, rest, state)
			kept := 0
			for _, line := range reply.Lines {
				kept += len(line)
			}
			if kept > session.MaxReplyBytes+session.MaxLine || len(reply.Lines) > session.MaxReplyLines+1 {
				t.Fatalf("kept %d bytes in %d lines", kept, len(reply.Lines))
			}
			waited := state.Outstanding()
			state = state.Heard(reply).(State)
			if state.Outstanding() > waited || len(state.Folders) > MaxFolders || len(state.Found) > MaxFound {
				t.Fatalf("%d outstanding, %d folders, %d found", state.Outstanding(), len(state.Folders), len(state.Found))
			}
			if left == "cut off" || left == "" {
				return
			}
			rest = left
		}
	})
}
