package session_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
)

// floods are what a server may say without end: how it begins, and what it
// repeats.
var floods = []struct{ name, head, more string }{
	{"a greeting", "", "220-a greeting that does not end\r\n"},
	{"an answer", "220 b\r\n", "250-an answer that does not end\r\n"},
	{"answers nobody asked for", "220 b\r\n", "250 and another\r\n"},
	{"empty lines", "220 b\r\n", "\r\n"},
	{"line feeds", "220 b\r\n250-", "\n"},
	{"NUL", "220 b\r\n250-", strings.Repeat("\x00", 100)},
	{"a line without end", "220 b\r\n250-", strings.Repeat("x", 1000)},
	{"a last line without end", "220 b\r\n250 ", strings.Repeat("x", 1000)},
	{"long lines", "220 b\r\n", "250-" + strings.Repeat("x", 2*session.MaxLine) + "\r\n"},
	{"lines of other codes", "220 b\r\n", "250-a\r\n550-b\r\n000-c\r\n"},
	{"challenges", "220 b\r\n", "334 " + strings.Repeat("QUJD", 100) + "\r\n"},
}

const (
	floodSize  = session.EndlessBytes * 5 / 4 // what is said in all, in bytes
	floodLines = 300_000                      // or in lines, where each is a reply of its own
	floodHeap  = 96 << 20                     // what may be on the heap meanwhile, garbage included
)

// flooding starts a talk with a server that says a flood, and then goes.
func flooding(t *testing.T, head, more string, options session.Options) *session.Session {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		go io.Copy(io.Discard, conn)
		io.WriteString(conn, head)
		block := bytes.Repeat([]byte(more), 1+(64<<10)/len(more))
		left := floodSize
		if strings.HasSuffix(more, "\r\n") && !strings.Contains(more, "-") {
			left = min(left, floodLines*len(more))
		}
		for ; left > 0; left -= len(block) {
			if _, err := conn.Write(block); err != nil {
				return
			}
		}
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s := session.New(smtp.Dialect{}, options)
	s.Start(conn, session.Target{})
	s.Send(session.Line{Text: "HELP"})
	return s
}

// TestAFloodOfAnyShapeIsBounded: it is heard to its end in bounded memory, and
// nothing of it is a reply beyond its bounds.
func TestAFloodOfAnyShapeIsBounded(t *testing.T) {
	for _, flood := range floods {
		t.Run(flood.name, func(t *testing.T) {
			s := flooding(t, flood.head, flood.more, session.Options{})
			var memory runtime.MemStats
			var most uint64
			for batches := 0; ; batches++ {
				events, err := s.Next(context.Background())
				if err != nil {
					break
				}
				holdReplies(t, events)
				if batches%32 == 0 {
					runtime.ReadMemStats(&memory)
					most = max(most, memory.HeapAlloc)
				}
			}
			if most > floodHeap {
				t.Errorf("%d MiB on the heap", most>>20)
			}
		})
	}
}

// holdReplies holds whole replies and lines against their bounds.
func holdReplies(t *testing.T, events []session.Event) {
	t.Helper()
	for _, event := range events {
		switch event := event.(type) {
		case session.Answered:
			size := 0
			for _, line := range event.Reply.Lines {
				size += len(line)
			}
			if len(event.Reply.Lines) > session.MaxReplyLines+1 || size > session.MaxReplyBytes+session.MaxLine {
				t.Fatalf("a reply of %d lines, %d bytes", len(event.Reply.Lines), size)
			}
		case session.Heard:
			for line := range event.All() {
				if len(line.Text) > session.MaxLine {
					t.Fatalf("a line of %d bytes", len(line.Text))
				}
			}
		}
	}
}

// TestAFloodEndsAStrictTalk: a program gives an endless answer up by its size,
// whatever its shape, and does not wait for its time.
func TestAFloodEndsAStrictTalk(t *testing.T) {
	for _, flood := range floods {
		t.Run(flood.name, func(t *testing.T) {
			s := flooding(t, flood.head, flood.more, session.Options{Strict: true})
			for {
				events, err := s.Next(context.Background())
				if err != nil {
					t.Fatal("no end was told")
				}
				ended, over := events[len(events)-1].(session.Ended)
				if !over {
					continue
				}
				if ended.Cause == nil || ended.Cause.Why != session.WhyProtocol && ended.Cause.Why != session.WhyNotProtocol {
					t.Errorf("ended with %v", ended.Cause)
				}
				return
			}
		})
	}
}

// TestAnEndlessAnswerIsToldOnce to a person, at its bounds.
func TestAnEndlessAnswerIsToldOnce(t *testing.T) {
	for _, flood := range floods[:2] {
		s := flooding(t, flood.head, flood.more, session.Options{})
		told := 0
		for {
			events, err := s.Next(context.Background())
			if err != nil {
				break
			}
			for _, event := range events {
				if endless, ok := event.(session.Endless); ok {
					told++
					if endless.Lines <= session.EndlessLines && endless.Bytes <= session.EndlessBytes {
						t.Errorf("told at %+v", endless)
					}
				}
			}
		}
		if told != 1 {
			t.Errorf("%s: told %d times", flood.name, told)
		}
	}
}
