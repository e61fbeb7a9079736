package session_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

// brokenForms are answers to NOOP against the protocol, and what is noted of
// each.
var brokenForms = []struct {
	name, reply string
	flaw        session.Flaw
}{
	{"other codes", "250-a\r\n251 b\r\n", session.FlawMixedCodes},
	{"no and yes", "550-a\r\n250 b\r\n", session.FlawMixedCodes},
	{"a line without a code", "250-a\r\nb\r\n250 c\r\n", session.FlawNoCode},
	{"no code at all", "ok\r\n", session.FlawNoCode},
	{"an empty line", "\r\n", session.FlawNoCode},
	{"code 199", "199 a\r\n", session.FlawCodeRange},
	{"code 600", "600 a\r\n", session.FlawCodeRange},
	{"code 000", "000 a\r\n", session.FlawCodeRange},
	{"four digits", "2500 a\r\n", session.FlawNoCode},
	{"digits of another script", "٢٥٠ a\r\n", session.FlawNoCode},
	{"NUL", "250 a\x00b\r\n", session.FlawNUL},
	{"bare CR", "250 a\rb\r\n", session.FlawBareCR},
	{"CR twice", "250 a\r\r\n", session.FlawBareCR},
	{"bare LF", "250 a\n", session.FlawBareLF},
	{"a line beyond its bound", "250 " + strings.Repeat("x", session.MaxLine) + "\r\n", session.FlawTooLong},
}

// TestBrokenFormEndsAStrictTalkOnly: a program acts on no such answer, a person
// is told and goes on.
func TestBrokenFormEndsAStrictTalkOnly(t *testing.T) {
	for _, test := range brokenForms {
		t.Run(test.name, func(t *testing.T) {
			k := greeted(t, session.Options{})
			if answered := k.exchange("NOOP", test.reply); answered.Reply.Flaws&test.flaw == 0 || answered.Unasked {
				t.Errorf("noted: %b", answered.Reply.Flaws)
			}
			k.exchange("NOOP", "250 ok\r\n")

			k = greeted(t, session.Options{Strict: true})
			k.exchange("NOOP", test.reply)
			if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyProtocol {
				t.Errorf("ended with %v", ended.Cause)
			}
		})
	}
}

// TestBrokenFormAfterTheDotIsNoAcceptance: whether the message was taken nobody
// knows then.
func TestBrokenFormAfterTheDotIsNoAcceptance(t *testing.T) {
	for _, test := range brokenForms {
		t.Run(test.name, func(t *testing.T) {
			k := greeted(t, session.Options{Strict: true})
			k.toData()
			k.exchange(".", test.reply)
			if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyAfterData {
				t.Errorf("ended with %v", ended.Cause)
			}
		})
	}
}

// TestAFarewellAtAnyTime: a 421 ends a talk wherever it stands, and says so.
func TestAFarewellAtAnyTime(t *testing.T) {
	const farewell = "421 4.3.2 going down\r\n"
	for _, test := range []struct {
		name string
		play func(*talk)
		want session.Why // "" where the reply is the answer of its stage, and no cause of its own
	}{
		{"idle", func(*talk) {}, session.WhyHungUp},
		{"in a mail", func(k *talk) { k.exchange("EHLO a", "250 b\r\n"); k.exchange("MAIL FROM:<>", "250 ok\r\n") }, session.WhyHungUp},
		{"at a command", func(k *talk) { k.Send(session.Line{Text: "NOOP"}); k.hears("NOOP") }, ""},
		{"in a message", func(k *talk) {
			k.toData()
			k.Send(session.Body{Source: newStalled(), Length: -1})
			k.hears("half")
		}, session.WhyBodyStopped},
		{"after the dot", func(k *talk) { k.toData(); k.Send(session.Line{Text: "."}); k.hears(".") }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := greeted(t, session.Options{Strict: true})
			test.play(k)
			k.says(farewell)
			if test.want == "" {
				if answered := await[session.Answered](k); !answered.Reply.Closing || answered.Unasked {
					t.Errorf("answered %+v", answered)
				}
				return
			}
			ended := await[session.Ended](k)
			if ended.Cause == nil || ended.Cause.Why != test.want || ended.Cause.Reply == nil || ended.Cause.Reply.Code != 421 {
				t.Errorf("ended with %+v", ended.Cause)
			}
		})
	}
}

// TestADripDoesNotMakeAWaitLonger: a wait is counted from its beginning, though
// something comes every second.
func TestADripDoesNotMakeAWaitLonger(t *testing.T) {
	const wait = 30 * time.Second
	for _, test := range []struct {
		name string
		play func(*talk)
		want session.Why
	}{
		{"greeting", func(*talk) {}, session.WhyNotProtocol},
		{"reply", func(k *talk) { k.says("220 b\r\n"); k.Send(session.Line{Text: "NOOP"}); k.hears("NOOP") }, session.WhyOverdue},
		{"the answer to the dot", func(k *talk) {
			k.says("220 b\r\n")
			k.toData()
			k.Send(session.Line{Text: "."})
			k.hears(".")
		}, session.WhyAfterData},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := begin(t, session.Options{Strict: true, Timeouts: session.EveryStage(wait)})
				test.play(k)
				began := time.Now()
				go func() {
					for { // a letter a second, for ever
						time.Sleep(time.Second)
						if _, err := k.peer.Write([]byte("2")); err != nil {
							return
						}
					}
				}()
				ended := await[session.Ended](k)
				if ended.Cause == nil || ended.Cause.Why != test.want {
					t.Errorf("ended with %v", ended.Cause)
				}
				if took := time.Since(began); took > wait+2*time.Second {
					t.Errorf("it took %v", took)
				}
				time.Sleep(2 * time.Second) // the drip notices
			})
		})
	}
}

// TestAReaderThatDripsHoldsABlockUpNoLongerThanItsTime: the deadline of a write
// is that of the whole block.
func TestAReaderThatDripsHoldsABlockUpNoLongerThanItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wait = 30 * time.Second
		k := greeted(t, session.Options{Timeouts: session.EveryStage(wait)})
		k.toData()
		began := time.Now()
		k.Send(session.Body{Source: strings.NewReader(strings.Repeat("x\r\n", 100_000)), Length: -1})
		go func() {
			for one := make([]byte, 1); ; {
				time.Sleep(time.Second)
				if _, err := k.peer.Read(one); err != nil {
					return
				}
			}
		}()
		ended := await[session.Ended](k)
		if ended.Cause == nil || ended.Cause.Why != session.WhyBodyStopped {
			t.Errorf("ended with %v", ended.Cause)
		}
		if took := time.Since(began); took > wait+2*time.Second {
			t.Errorf("it took %v", took)
		}
		time.Sleep(2 * time.Second) // the reader notices
	})
}

// TestAFailedQuitChangesNothing: what was taken stays taken.
func TestAFailedQuitChangesNothing(t *testing.T) {
	for _, reply := range []string{"", "500 no\r\n", "421 bye\r\n", "what?\r\n", "221 \x00\r\n"} {
		for _, strict := range []bool{false, true} {
			k := greeted(t, session.Options{Strict: strict})
			k.toData()
			k.exchange(".", "250 ok dirdel\r\n")
			k.Send(session.Line{Text: "QUIT"})
			k.hears("QUIT")
			if reply != "" {
				k.says(reply)
				await[session.Answered](k)
			}
			k.peer.Close()
			if ended := await[session.Ended](k); ended.State.(smtp.State).Accepted != 1 || ended.Cause != nil && ended.Cause.Why == session.WhyAfterData {
				t.Errorf("%q, strict %v: %v, taken %d", reply, strict, ended.Cause, ended.State.(smtp.State).Accepted)
			}
		}
	}
}
