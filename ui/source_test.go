package ui

import (
	"fmt"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/session/transcript"
	"ehlo/ui/conversation"
	"ehlo/ui/theme"
)

// sourced is the source of a talk with a server that says what it is given.
func sourced(t *testing.T, says func(conn net.Conn)) (s *source, end func()) {
	t.Helper()
	near, far := net.Pipe()
	talk := session.New(smtp.Dialect{}, session.Options{})
	talk.Start(near, session.Target{})
	go func() {
		defer far.Close()
		says(far)
	}()
	return &source{session: talk, talk: conversation.New(theme.New(theme.Options{}))}, func() {
		talk.Close()
		<-talk.Done()
	}
}

// messages counts the messages that come in a time.
func messages(s *source, total time.Duration) (n int) {
	until := time.Now().Add(total)
	for time.Now().Before(until) {
		if msg := s.await()().(heard); msg.ended {
			break
		}
		n++
	}
	return n
}

// TestAFloodIsFewMessages: however fast a server talks, in long replies, in
// single lines or in whole replies, the screen hears of it at most 30 times a
// second, and all of it is kept.
func TestAFloodIsFewMessages(t *testing.T) {
	for name, flood := range map[string]struct {
		line  string
		pause time.Duration
		batch int
	}{
		"long reply":    {"220-line\r\n", 20 * time.Millisecond, 600},
		"single lines":  {"220-line\r\n", time.Millisecond, 1},
		"whole replies": {"250 unasked\r\n", time.Millisecond, 5},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const seconds = 3
				said := 0
				s, end := sourced(t, func(conn net.Conn) {
					for until := time.Now().Add((seconds + 1) * time.Second); time.Now().Before(until); time.Sleep(flood.pause) {
						for range flood.batch {
							if _, err := fmt.Fprint(conn, flood.line); err != nil {
								return
							}
							said++
						}
					}
				})
				defer end()
				if n := messages(s, seconds*time.Second); n > seconds*30 || n < seconds*10 {
					t.Errorf("%d messages in %d seconds", n, seconds)
				}
				messages(s, 2*time.Second)
				kept := 0
				store := s.talk.Store()
				for i := range store.Len() {
					if store.At(i).Kind == transcript.KindHeard {
						kept++
					}
				}
				if kept != said {
					t.Errorf("%d lines were said, %d are kept", said, kept)
				}
			})
		})
	}
}

// TestAReplacedTalkAddsNothing: what a conversation says after another took its
// place is not in the talk.
func TestAReplacedTalkAddsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, end := sourced(t, func(conn net.Conn) { fmt.Fprint(conn, "220 late\r\n") })
		defer end()
		s.replace()
		messages(s, time.Second)
		if n := s.talk.Store().Len(); n != 0 {
			t.Errorf("%d entries", n)
		}
	})
}
