package session_test

import (
	"bufio"
	"context"
	"net"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"ehlo/session"
	"ehlo/session/smtp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// talk is a session with its far end in the hands of the test.
type talk struct {
	*session.Session
	t      *testing.T
	peer   net.Conn
	lines  *bufio.Reader
	events []session.Event // taken from the session, not looked at yet
}

// begin starts a session on one end of a net.Pipe.
func begin(t *testing.T, options session.Options) *talk {
	t.Helper()
	ours, theirs := net.Pipe()
	return over(t, session.New(smtp.Dialect{}, options), ours, theirs)
}

// over starts a session on ours, with theirs in the hands of the test.
func over(t *testing.T, s *session.Session, ours, theirs net.Conn) *talk {
	t.Helper()
	k := &talk{Session: s, t: t, peer: theirs, lines: bufio.NewReader(theirs)}
	k.Start(ours, session.Target{Host: "mx.example.com"})
	t.Cleanup(func() {
		k.Close()
		theirs.Close()
		<-k.Done()
	})
	return k
}

// greeted is begin with the greeting said and heard.
func greeted(t *testing.T, options session.Options) *talk {
	t.Helper()
	k := begin(t, options)
	k.says("220 mx.example.com ESMTP\r\n")
	await[session.Answered](k)
	return k
}

// says lets the server say something, as it stands.
func (k *talk) says(text string) {
	k.t.Helper()
	if _, err := k.peer.Write([]byte(text)); err != nil {
		k.t.Fatalf("the server could not say %q: %v", text, err)
	}
}

// hears expects a line from the session.
func (k *talk) hears(want string) {
	k.t.Helper()
	got, err := k.lines.ReadString('\n')
	if err != nil || got != want+"\r\n" {
		k.t.Fatalf("the server heard %q (%v), want %q", got, err, want)
	}
}

// exchange says a line and its answer, and returns the answer as folded.
func (k *talk) exchange(line, reply string) session.Answered {
	k.t.Helper()
	k.Send(session.Line{Text: line})
	k.hears(line)
	k.says(reply)
	return await[session.Answered](k)
}

// toData brings the talk to where the message is expected.
func (k *talk) toData() {
	k.t.Helper()
	k.exchange("EHLO a", "250 b\r\n")
	k.exchange("MAIL FROM:<>", "250 ok\r\n")
	k.exchange("RCPT TO:<c@d>", "250 ok\r\n")
	k.exchange("DATA", "354 go\r\n")
}

// await takes events up to the first of type E and returns it.
func await[E session.Event](k *talk) E {
	k.t.Helper()
	var past []session.Event
	for {
		for i, event := range k.events {
			if found, ok := event.(E); ok {
				k.events = k.events[i+1:]
				return found
			}
		}
		past = append(past, k.events...)
		events, err := k.Next(context.Background())
		if err != nil {
			var none E
			k.t.Fatalf("no %T came: %v after %+v", none, err, past)
		}
		k.events = events
	}
}

// everything returns all text that events show, up to the end.
func everything(k *talk) string {
	var b strings.Builder
	for {
		for _, event := range k.events {
			show(&b, event)
		}
		events, err := k.Next(context.Background())
		if err != nil {
			return b.String()
		}
		k.events = events
	}
}

func show(b *strings.Builder, event session.Event) {
	switch event := event.(type) {
	case session.Said:
		b.WriteString("C: " + event.Command.Line + "\n")
	case session.Heard:
		for _, line := range event.Lines {
			b.WriteString("S: " + line.Text + "\n")
		}
	case session.Returned:
		b.WriteString("back: " + strings.Join(event.Lines, "|") + "\n")
	case session.Ended:
		b.WriteString("end")
		if event.Cause != nil {
			b.WriteString(": " + string(event.Cause.Why))
		}
		b.WriteString("\n")
	}
}
