package probe_test

import (
	"context"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/message"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// cause is one way in which a server cannot be reached, or answers as none
// should, and what it comes to.
type cause struct {
	name  string
	rules string
	port  uint16 // on paper; 0 is 25
	tls   bool   // we begin with TLS
	hasty bool   // the greeting is not waited for long
	code  string
	who   string
	exit  int
	said  string // of the server, to be shown; "" where it says nothing
	words string // in the verdict's sentence
}

// causes has one row a cause.
var causes = []cause{
	{name: "refused", rules: "port: 25 refuse\n", code: "connection-refused", who: "recipient_admin", exit: 20, words: "no mail service answers on port 25"},
	{name: "no answer", rules: "port: 25 never-answer\n", code: "no-answer", who: "network", exit: 21, words: "No answer from mx1.example.org on port 25."},
	{name: "closed", rules: "on CONNECT\n  hang up\n", code: "closed-early", who: "network", exit: 23, words: "hung up before saying a word"},
	{name: "closed in a line", rules: "on CONNECT\n  raw 220 mx1.exam\n  hang up\n", code: "closed-early", who: "network", exit: 23, said: "220 mx1.exam"},
	{name: "reset", rules: "on CONNECT\n  reset\n", code: "closed-early", who: "network", exit: 23},
	{name: "silent", rules: "on CONNECT\n  silence\n", code: "silent", who: "later", exit: 24, words: "says nothing"},
	{name: "silent after a teaser", rules: "on CONNECT\n  raw 220-wait\\r\\n\n  silence\n", code: "silent", who: "later", exit: 24},
	{name: "slow", rules: "on CONNECT\n  delay 50ms\n", code: "accepted", who: "recipient", said: "220 mx1.example.org ESMTP"},
	{name: "teaser", rules: "on CONNECT\n  raw 220-mx1.example.org waits\\r\\n\n  delay 20ms\n  220 mx1.example.org ESMTP\n", code: "accepted", who: "recipient", said: "220 mx1.example.org waits mx1.example.org ESMTP"},

	{name: "554 at the door", rules: "banner: 554 5.7.1 no service for 192.0.2.1\n", code: "refused-us", who: "sender_admin", exit: 30, said: "5.7.1 no service for 192.0.2.1"},
	{name: "421 at the door", rules: "banner: 421 4.3.2 too many of you\n", code: "not-now", who: "later", exit: 30, said: "4.3.2 too many of you"},
	{name: "stars", rules: "banner: 220 **************0*2**\noffer: XXXXXXXA\n", code: "accepted", who: "recipient", said: "220 **************0*2**"},

	{name: "HTTP", rules: "on CONNECT\n  raw HTTP/1.1 400 Bad Request\\r\\n\\r\\n\n  hang up\n", code: "not-smtp", who: "you", exit: 25, said: "HTTP/1.1 400 Bad Request", words: "is a web server (HTTP), not a mail server."},
	{name: "SSH", rules: "on CONNECT\n  raw SSH-2.0-OpenSSH_9.6\\r\\n\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "SSH-2.0-OpenSSH_9.6", words: "is an SSH server"},
	{name: "POP3", rules: "on CONNECT\n  raw +OK ready\\r\\n\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "+OK ready", words: "is a POP3 server"},
	{name: "IMAP", rules: "on CONNECT\n  raw * OK IMAP4rev1\\r\\n\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "* OK IMAP4rev1", words: "is an IMAP server"},
	{name: "FTP", rules: "banner: 220 (vsFTPd 3.0.5)\non EHLO\n  530 Please login with USER and PASS.\non HELO\n  530 Please login with USER and PASS.\n", code: "not-smtp", who: "you", exit: 25, said: "220 (vsFTPd 3.0.5)", words: "is an FTP server"},
	{name: "unknown", rules: "on CONNECT\n  raw hello there\\r\\n\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "hello there", words: `does not speak SMTP: "hello there"`},
	{name: "a line without end", hasty: true, rules: "on CONNECT\n  raw Who is there? Say the word\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "Who is there? Say the word", words: `does not speak SMTP: "Who is there? Say the word"`},
	{name: "a greeting without end", hasty: true, rules: "on CONNECT\n  raw 220 mx1.exam\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "220 mx1.exam"},
	{name: "a long line without end", hasty: true, rules: "on CONNECT\n  raw " + strings.Repeat("x", 2000) + "\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: strings.Repeat("x", 512)},
	{name: "TLS alert without an end", hasty: true, rules: "on CONNECT\n  raw \\x15\\x03\\x03\\x00\\x02\\x02\\x28\n  silence\n", code: "not-smtp", who: "you", exit: 25, said: "\x15\x03\x03", words: "wants TLS from the first byte"},
	{name: "TLS alert", rules: "on CONNECT\n  raw \\x15\\x03\\x01\\x00\\x02\\x02\\x0a\n  hang up\n", code: "not-smtp", who: "you", exit: 25, said: "\x15\x03\x01", words: "wants TLS from the first byte"},
	{name: "TLS alert without a line end", rules: "on CONNECT\n  raw \\x15\\x03\\x03\\x00\\x02\\x02\\x28\n  hang up\n", code: "not-smtp", who: "you", exit: 25, said: "\x15\x03\x03", words: "wants TLS from the first byte"},

	{name: "clear text to a TLS port", rules: "port: 465 tls\n", port: 465, code: "silent", who: "you", exit: 24, words: "waits for us to begin with TLS"},
	{name: "TLS to a clear port", tls: true, code: "tls-failed", who: "you", exit: 33, said: "220 mx1.example.org ESMTP", words: "port 25, begins in clear text"},
	{name: "TLS to HTTP", tls: true, rules: "on CONNECT\n  raw HTTP/1.1 400 Bad Request\\r\\n\\r\\n\n  hang up\n", code: "tls-failed", who: "you", exit: 33, said: "HTTP/1.1 400 Bad Request", words: "is a web server (HTTP)"},
	{name: "TLS to bytes", tls: true, rules: "on CONNECT\n  raw \\x00\\x01\\x02\\x03\\x04\\x05\n  hang up\n", code: "tls-failed", who: "recipient_admin", exit: 33, words: "could not be set up"},
}

// TestCauses meets each of them on loopback.
func TestCauses(t *testing.T) {
	for _, row := range causes {
		t.Run(row.name, func(t *testing.T) {
			if row.name == "no answer" && runtime.GOOS != "linux" {
				t.Skip("elsewhere the system takes the call")
			}
			t.Parallel()
			facts := row.meet(t)
			got, exit := verdict.Of(facts)
			if got.Code != row.code || got.Who != row.who || exit != row.exit {
				t.Errorf("%s, %s, %d; want %s, %s, %d", got.Code, got.Who, exit, row.code, row.who, row.exit)
			}
			if !strings.Contains(got.Sentence, row.words) {
				t.Errorf("the sentence is %q", got.Sentence)
			}
			if shown := shownOf(facts.Tries[0]); !strings.Contains(shown, row.said) {
				t.Errorf("%q is not shown, but %q", row.said, shown)
			}
		})
	}
}

// meet sends a message to the server of a row.
func (c cause) meet(t *testing.T) (facts verdict.Facts) {
	t.Helper()
	text := "ehlo scenario 1\nname: test\ntitle: Of a test\nstory: A test.\ntarget: anna@example.org\nverdict: accepted\nexit: 0\nhost: mx1.example.org\n"
	scenario, err := practice.Parse(c.name, []byte(text+c.rules))
	if err != nil {
		t.Fatal(err)
	}
	server := practice.New(scenario)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	port := max(c.port, 25)
	p := probe.Probe{Options: session.Options{Strict: true, Reach: onPaper(server), Timeouts: session.EveryStage(20 * time.Second)}}
	switch {
	case c.code == "silent", c.hasty:
		p.Options.Timeouts.Greeting = 200 * time.Millisecond
	case c.code == "no-answer":
		p.Options.Timeouts.Connect = 200 * time.Millisecond
	}
	target := probe.Target{Host: "mx1.example.org", Addr: netip.AddrPortFrom(netip.MustParseAddr("192.0.2.25"), port), Implicit: c.tls, Purpose: "route"}
	plan := script.Send{Hello: "me.example.com", From: "me@example.com", To: []string{"anna@example.org"}}
	p.Send(t.Context(), &facts, []probe.Target{target}, plan, func() (session.Body, error) {
		return session.Body{Source: message.Wire(strings.NewReader("Subject: hello\n\ntext\n"), message.Options{}), Length: -1}, nil
	})
	return facts
}

// onPaper leads paper addresses to the doors of a server.
func onPaper(server *practice.Server) session.Reach {
	return func(ctx context.Context, paper netip.AddrPort) (net.Conn, error) {
		addr, _ := server.AddrAt(paper)
		var dialer net.Dialer
		return dialer.DialContext(ctx, "tcp", addr.String())
	}
}

// shownOf is all that a try keeps of the server's own words.
func shownOf(try verdict.Try) string {
	words := []string{try.Banner}
	for _, stage := range try.Stages {
		words = append(words, stage.Text...)
	}
	return strings.Join(words, "\n")
}
