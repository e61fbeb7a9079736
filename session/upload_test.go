package session_test

import (
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

// stalled is a source that gives one line and then nothing until it is closed.
type stalled struct {
	given  bool
	closed chan struct{}
}

func newStalled() *stalled { return &stalled{closed: make(chan struct{})} }

func (s *stalled) Read(p []byte) (int, error) {
	if !s.given {
		s.given = true
		return copy(p, "half\r\n"), nil
	}
	<-s.closed
	return 0, io.ErrClosedPipe
}

func (s *stalled) Close() error {
	close(s.closed)
	return nil
}

func TestASourceThatStallsHoldsNothingUp(t *testing.T) {
	for _, test := range []struct {
		name string
		play func(*talk)
	}{
		{"close", func(k *talk) { k.Close() }},
		{"reply", func(k *talk) { k.says("421 4.4.2 too slow\r\n") }},
		{"lost", func(k *talk) { k.peer.Close() }},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := greeted(t, session.Options{})
			k.toData()
			k.Send(session.Body{Source: newStalled(), Length: -1})
			k.hears("half")
			test.play(k)
			if body := await[session.BodyEnded](k); body.Finished || body.Bytes != int64(len("half\r\n")) {
				t.Errorf("told %+v", body)
			}
			if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyBodyStopped {
				t.Errorf("ended with %v", ended.Cause)
			}
		})
	}
}

// TestEveryBodyEndsOnce: also one that could not begin, or never came to it.
func TestEveryBodyEndsOnce(t *testing.T) {
	k := greeted(t, session.Options{})
	out := k.Send(session.Body{Source: strings.NewReader("x\r\n"), Length: 3})
	if body := await[session.BodyEnded](k); body.ID != out || body.Finished {
		t.Errorf("out of place: %+v", body)
	}
	k.Send(session.Line{Text: "NOOP"})
	k.hears("NOOP")
	waiting := k.Send(session.Body{Source: strings.NewReader("x\r\n"), Length: 3})
	k.peer.Close()
	if body := await[session.BodyEnded](k); body.ID != waiting || body.Finished {
		t.Errorf("never begun: %+v", body)
	}
	await[session.Ended](k)
}

// TestTheDotSharesTheIDOfItsBody holds also for each of LMTP's answers.
func TestTheDotSharesTheIDOfItsBody(t *testing.T) {
	ours, theirs := net.Pipe()
	k := over(t, session.New(smtp.Dialect{LMTP: true}, session.Options{}), ours, theirs)
	k.says("220 b\r\n")
	await[session.Answered](k)
	k.exchange("LHLO a", "250 b\r\n")
	k.exchange("MAIL FROM:<>", "250 ok\r\n")
	k.exchange("RCPT TO:<c@d>", "250 ok\r\n")
	k.exchange("RCPT TO:<e@d>", "250 ok\r\n")
	k.exchange("DATA", "354 go\r\n")
	id := k.Send(session.Body{Source: strings.NewReader("x\r\n"), Length: 3})
	k.hears("x")
	k.hears(".")
	k.says("250 for c\r\n452 e is full\r\n")
	if said := await[session.Said](k); said.ID != id || said.Command.Answers != 2 {
		t.Errorf("said %+v", said)
	}
	for range 2 {
		if answered := await[session.Answered](k); answered.ToID != id || answered.To.Verb != smtp.End {
			t.Errorf("answered %+v", answered)
		}
	}
}

func TestStopWaitingLeavesAMessageAlone(t *testing.T) {
	k := greeted(t, session.Options{})
	k.toData()
	source, pen := io.Pipe()
	k.Send(session.Body{Source: source, Length: -1})
	pen.Write([]byte("a\r\n"))
	k.hears("a")
	k.StopWaiting()
	pen.Close()
	k.hears(".")
	k.says("250 ok\r\n")
	if answered := await[session.Answered](k); answered.Late {
		t.Error("the wait for the answer to the dot was given up")
	}
}

// TestTheReasonOfAHangUpIsHeard: a server that refuses in the middle of a
// message and closes has refused, though our next block finds no way.
func TestTheReasonOfAHangUpIsHeard(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ours, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	broken := &severed{Conn: ours}
	k := over(t, session.New(smtp.Dialect{}, session.Options{}), broken, theirs)
	k.says("220 b\r\n")
	await[session.Answered](k)
	k.toData()
	source, pen := io.Pipe()
	k.Send(session.Body{Source: source, Length: -1})
	pen.Write([]byte("a\r\n"))
	k.hears("a")
	broken.refusal = func() { k.peer.Write([]byte("552 5.3.4 too big\r\n")) }
	go pen.Write([]byte("b\r\n"))
	ended := await[session.Ended](k)
	if ended.Cause == nil || ended.Cause.Reply == nil || ended.Cause.Reply.Code != 552 {
		t.Errorf("ended with %+v", ended.Cause)
	}
	pen.Close()
}

// severed lets the server say why and then fails to write.
type severed struct {
	net.Conn
	refusal func()
}

func (s *severed) Write(p []byte) (int, error) {
	if string(p) == "b\r\n" {
		s.refusal()
		return 0, errors.New("broken pipe")
	}
	return s.Conn.Write(p)
}

func TestProgressIsTold(t *testing.T) {
	k := greeted(t, session.Options{})
	k.toData()
	go io.Copy(io.Discard, k.lines)
	began := time.Now()
	k.Send(session.Body{Source: strings.NewReader(strings.Repeat("more of it\r\n", 1<<20)), Length: -1})
	told := 0
	for {
		events, err := k.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range events {
			switch event.(type) {
			case session.BodyMoved:
				told++
			case session.BodyEnded:
				if most := int(time.Since(began)/(100*time.Millisecond)) + 1; told > most {
					t.Errorf("told %d times in %v", told, time.Since(began))
				}
				return
			}
		}
	}
}
