package smtp

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ehlo/session"
)

func frame(lines ...string) (reply session.Reply, whole bool) {
	framer := Dialect{}.Frame(nil)
	for _, line := range lines {
		whole = framer.Take([]byte(line), 0)
	}
	return framer.Reply(), whole
}

func TestReply(t *testing.T) {
	for _, test := range []struct {
		lines    string
		class    session.Class
		enhanced string
		joined   string
		flaws    session.Flaw
	}{
		{"250 ok", session.Yes, "", "250 ok", 0},
		{"250", session.Yes, "", "250 ", 0},
		{"354 go ahead", session.GoOn, "", "354 go ahead", 0},
		{"450 4.7.1 Greylisted", session.NotNow, "4.7.1", "450 4.7.1 Greylisted", 0},
		{"550 5.1.1 no such user", session.No, "5.1.1", "550 5.1.1 no such user", 0},
		{"550 4.1.1 classes differ", session.No, "", "550 4.1.1 classes differ", 0},
		{"550-5.1.1 The email account|550 5.1.1 does not exist", session.No, "5.1.1", "550 5.1.1 The email account does not exist", 0},
		{"250-a|251 b", session.Yes, "", "251 250-a b", session.FlawMixedCodes},
		{"550-a|250 b", session.Unclear, "", "250 550-a b", session.FlawMixedCodes},
		{"250-a|oops|250 b", session.Yes, "", "250 a oops b", session.FlawNoCode},
		{"SSH-2.0-OpenSSH_9.2", session.Unclear, "", "SSH-2.0-OpenSSH_9.2", session.FlawNoCode},
		{"199 what", session.Unclear, "", "199 what", session.FlawCodeRange},
		{"2x0 what", session.Unclear, "", "2x0 what", session.FlawNoCode},
	} {
		reply, whole := frame(strings.Split(test.lines, "|")...)
		if !whole || reply.Class != test.class || reply.Enhanced != test.enhanced || reply.Joined() != test.joined || reply.Flaws != test.flaws {
			t.Errorf("%q: whole %v, %v %q %q flaws %b", test.lines, whole, reply.Class, reply.Enhanced, reply.Joined(), reply.Flaws)
		}
	}
}

func TestReplyIsBounded(t *testing.T) {
	framer := Dialect{}.Frame(nil)
	for range 5000 {
		framer.Take([]byte("250-x"), 0)
	}
	framer.Take([]byte("250 last"), 0)
	reply := framer.Reply()
	if len(reply.Lines) != session.MaxReplyLines+1 || reply.Dropped != 4000 || reply.Lines[len(reply.Lines)-1] != "250 last" {
		t.Errorf("%d lines, %d dropped, last %q", len(reply.Lines), reply.Dropped, reply.Lines[len(reply.Lines)-1])
	}
}

func FuzzReply(f *testing.F) {
	f.Add("220 mx ready\n250-a\n250 b\n550 5.1.1 no\n")
	f.Add("SSH-2.0\n\n999\n250-\n250\x00\n")
	f.Fuzz(func(t *testing.T, input string) {
		state := Dialect{}.Start()
		framer := Dialect{}.Frame(state)
		for line := range strings.Lines(input) {
			if !framer.Take([]byte(strings.TrimSuffix(line, "\n")), 0) {
				continue
			}
			reply := framer.Reply()
			if reply.Code != 0 && (reply.Code < 0 || reply.Code > 999) || !utf8.ValidString(reply.Enhanced) {
				t.Fatalf("%q: %+v", line, reply)
			}
			state = state.Sent(Dialect{}.Parse(line, state)).Heard(reply)
			state.Ladder()
			framer = Dialect{}.Frame(state)
		}
	})
}
