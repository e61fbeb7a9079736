package session_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

func TestNowNeverGoesBeforeTheGreeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := begin(t, session.Options{})
		k.Send(session.Line{Text: "EHLO a", Now: true})
		synctest.Wait()
		k.peer.SetReadDeadline(time.Now().Add(time.Minute))
		if line, err := k.lines.ReadString('\n'); err == nil {
			t.Fatalf("said %q before the greeting", line)
		}
	})
}

func TestNowOvertakesWhatWaits(t *testing.T) {
	k := greeted(t, session.Options{})
	for _, line := range []session.Line{{Text: "NOOP 1"}, {Text: "NOOP 2"}, {Text: "HELP", Now: true}} {
		k.Send(line)
	}
	k.hears("NOOP 1")
	k.hears("HELP")
	k.says("250 ok\r\n214 ok\r\n")
	k.hears("NOOP 2")
}

// TestNothingGoesPastSTARTTLS: clear text behind it would be read as a part of
// the handshake.
func TestNothingGoesPastSTARTTLS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := greeted(t, session.Options{})
		k.Send(session.Line{Text: "STARTTLS"})
		k.hears("STARTTLS")
		k.Send(session.Line{Text: "NOOP", Now: true})
		synctest.Wait()
		k.peer.SetReadDeadline(time.Now().Add(time.Minute))
		if line, err := k.lines.ReadString('\n'); err == nil {
			t.Fatalf("said %q", line)
		}
	})
}

// TestAnAnswerBeforeItsCommandIsUnasked: bytes that came before a line went
// out never answer it, whoever is first to look.
func TestAnAnswerBeforeItsCommandIsUnasked(t *testing.T) {
	k := begin(t, session.Options{})
	k.Send(session.Line{Text: "EHLO a"})
	k.says("220 b\r\n250 slipped in\r\n")
	await[session.Answered](k)
	k.hears("EHLO a")
	if early := await[session.Answered](k); !early.Unasked {
		t.Fatalf("taken for the answer to %q", early.To.Line)
	}
	k.says("250 b\r\n")
	if answered := await[session.Answered](k); answered.Unasked || answered.To.Verb != smtp.EHLO {
		t.Errorf("the true answer went to %q", answered.To.Line)
	}
}

func TestAnEarlyYesIsNoAcceptance(t *testing.T) {
	k := greeted(t, session.Options{Strict: true})
	k.exchange("EHLO a", "250 b\r\n")
	k.exchange("MAIL FROM:<>", "250 ok\r\n")
	k.exchange("RCPT TO:<c@d>", "250 ok\r\n")
	k.Send(session.Line{Text: "DATA"})
	k.Send(session.Body{Source: strings.NewReader("x\r\n"), Length: 3})
	k.hears("DATA")
	go io.Copy(io.Discard, k.lines)
	k.says("354 go\r\n250 taken already\r\n")
	ended := await[session.Ended](k)
	if ended.Cause == nil || ended.State.(smtp.State).Accepted != 0 {
		t.Errorf("ended with %v, taken: %d", ended.Cause, ended.State.(smtp.State).Accepted)
	}
}

// TestSeveralLateAnswers: waits given up keep their place in the row.
func TestSeveralLateAnswers(t *testing.T) {
	k := greeted(t, session.Options{})
	for _, line := range []string{"NOOP 1", "NOOP 2", "NOOP 3"} {
		k.Send(session.Line{Text: line})
		k.hears(line)
		if line != "NOOP 3" {
			k.StopWaiting()
			await[session.GaveUp](k)
		}
	}
	for i, want := range []string{"NOOP 1", "NOOP 2", "NOOP 3"} {
		k.says("250 ok\r\n")
		answered := await[session.Answered](k)
		if answered.To.Line != want || answered.Late != (i < 2) {
			t.Errorf("answer %d went to %q, late: %v", i+1, answered.To.Line, answered.Late)
		}
	}
}

// TestALateGoAheadSwallowsWhatFollowed: lines said after a DATA that was given
// up are text for a server that then says 354.
func TestALateGoAheadSwallowsWhatFollowed(t *testing.T) {
	k := greeted(t, session.Options{})
	k.exchange("EHLO a", "250 b\r\n")
	k.exchange("MAIL FROM:<>", "250 ok\r\n")
	k.exchange("RCPT TO:<c@d>", "250 ok\r\n")
	k.Send(session.Line{Text: "DATA"})
	k.hears("DATA")
	k.StopWaiting()
	await[session.GaveUp](k)
	k.Send(session.Line{Text: "NOOP"})
	k.hears("NOOP")
	k.says("354 go\r\n")
	await[session.Answered](k)
	k.Send(session.Line{Text: "."})
	k.hears(".")
	k.says("250 taken\r\n")
	if answered := await[session.Answered](k); answered.To.Verb != smtp.End || answered.State.(smtp.State).Accepted != 1 {
		t.Errorf("answered %q: %+v", answered.To.Line, answered.State)
	}
}

// TestNobodyKnowsAfterTheDot: however a talk breaks while the answer to the
// dot is awaited, the outcome is unknown.
func TestNobodyKnowsAfterTheDot(t *testing.T) {
	for _, test := range []struct{ name, reply string }{
		{"silence", ""},
		{"no end", "250-more\r\n"},
		{"two minds", "550-no\r\n250 yes\r\n"},
		{"no reply at all", "what?\r\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := greeted(t, session.Options{Strict: true, Timeouts: session.EveryStage(30 * time.Second)})
				k.toData()
				k.Send(session.Line{Text: "."})
				k.hears(".")
				if test.reply != "" {
					k.says(test.reply)
				}
				ended := await[session.Ended](k)
				if ended.Cause == nil || ended.Cause.Why != session.WhyAfterData || ended.State.(smtp.State).Accepted != 0 {
					t.Errorf("ended with %v, taken: %d", ended.Cause, ended.State.(smtp.State).Accepted)
				}
			})
		})
	}
}

// TestAFloodThatNobodyTakesIsBounded holds the bound of the sink for lines of
// the greatest length: they are counted by bytes too.
func TestAFloodThatNobodyTakesIsBounded(t *testing.T) {
	ours, theirs := net.Pipe()
	s := session.New(smtp.Dialect{}, session.Options{})
	s.Start(ours, session.Target{})
	var sent int
	stuck := make(chan struct{})
	go func() {
		defer close(stuck)
		block := []byte("220-" + strings.Repeat("x", 60_000) + "\r\n")
		for sent < 128<<20 {
			theirs.SetWriteDeadline(time.Now().Add(300 * time.Millisecond))
			n, err := theirs.Write(block)
			sent += n
			if err != nil {
				return
			}
		}
	}()
	<-stuck
	s.Close()
	<-s.Done()
	theirs.Close()
	if sent > 32<<20 {
		t.Errorf("%d MiB were taken in", sent>>20)
	}
}

func TestTheEndReachesEveryone(t *testing.T) {
	k := greeted(t, session.Options{})
	over := make(chan error)
	for range 3 {
		go func() {
			for {
				if _, err := k.Next(context.Background()); err != nil {
					over <- err
					return
				}
			}
		}()
	}
	k.Close()
	for range 3 {
		if err := <-over; err != io.EOF {
			t.Error(err)
		}
	}
}

func TestStartAfterCloseClosesTheConnection(t *testing.T) {
	ours, theirs := net.Pipe()
	s := session.New(smtp.Dialect{}, session.Options{})
	s.Close()
	s.Start(ours, session.Target{})
	theirs.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := theirs.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the far end reads %v", err)
	}
	<-s.Done()
}

// BenchmarkHear hears a reply of a million lines over loopback while somebody
// takes the events.
func BenchmarkHear(b *testing.B) {
	const lines = 1_000_000
	for b.Loop() {
		hearMany(b, lines)
	}
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(b.N)*lines/b.Elapsed().Seconds(), "lines/s")
	b.ReportAllocs()
}

func hearMany(b *testing.B, lines int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		block := bytes.Repeat([]byte("220-a line of a greeting that does not end, 64 bytes of it or so\r\n"), 1000)
		for range lines / 1000 {
			conn.Write(block)
		}
		conn.Write([]byte("220 ready\r\n"))
		io.Copy(io.Discard, conn)
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	s := session.New(smtp.Dialect{}, session.Options{})
	s.Start(conn, session.Target{})
	heard := 0
	for heard <= lines {
		events, err := s.Next(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		for _, event := range events {
			if event, ok := event.(session.Heard); ok {
				heard += event.Len()
			}
		}
	}
	s.Close()
	<-s.Done()
}
