package session_test

import (
	"net"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
)

// loopback starts a session over TCP, with the far end in the hands of the test.
func loopback(t *testing.T, options session.Options) (*talk, *net.TCPConn) {
	t.Helper()
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
	return over(t, session.New(smtp.Dialect{}, options), ours, theirs), theirs.(*net.TCPConn)
}

// breaks are the ways in which a line breaks from the far end.
var breaks = []struct {
	name string
	do   func(*net.TCPConn)
}{
	{"reset", func(c *net.TCPConn) { c.SetLinger(0); c.Close() }},
	{"half-close", func(c *net.TCPConn) { c.CloseWrite() }},
	{"in the middle of a line", func(c *net.TCPConn) { c.Write([]byte("250-ok\r\n25")); c.Close() }},
}

// TestEveryStateNamesItsBreak: what a broken line means depends on where it
// broke, not on how.
func TestEveryStateNamesItsBreak(t *testing.T) {
	greet := func(k *talk) { k.says("220 b\r\n"); await[session.Answered](k) }
	for _, state := range []struct {
		name string
		play func(*talk)
		want session.Why
		to   string
	}{
		{"greeting", func(*talk) {}, session.WhyClosedEarly, ""},
		{"idle", greet, session.WhyLost, ""},
		{"reply", func(k *talk) { greet(k); k.Send(session.Line{Text: "NOOP"}); k.hears("NOOP") }, session.WhyLost, "NOOP"},
		{"message", func(k *talk) {
			greet(k)
			k.toData()
			k.Send(session.Body{Source: newStalled(), Length: -1})
			k.hears("half")
		}, session.WhyBodyStopped, ""},
		{"dot", func(k *talk) {
			greet(k)
			k.toData()
			k.Send(session.Body{Source: strings.NewReader("x\r\n"), Length: 3})
			k.hears("x")
			k.hears(".")
		}, session.WhyAfterData, smtp.End},
		{"handshake", func(k *talk) {
			greet(k)
			k.Send(session.Line{Text: "STARTTLS"})
			k.hears("STARTTLS")
			k.says("220 go\r\n")
			k.peer.Read(make([]byte, 1024))
		}, session.WhyTLSFailed, ""},
	} {
		for _, way := range breaks {
			t.Run(state.name+", "+way.name, func(t *testing.T) {
				k, theirs := loopback(t, session.Options{Strict: true})
				state.play(k)
				way.do(theirs)
				ended := await[session.Ended](k)
				want := state.want
				if state.name == "handshake" && way.name == "in the middle of a line" {
					want = session.WhyClearText
				}
				if ended.Cause == nil || ended.Cause.Why != want || ended.Cause.To.Verb != state.to {
					t.Errorf("ended with %+v", ended.Cause)
				}
			})
		}
	}
}
