package practice

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/smtp"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// exchange says all of it at once and returns all that is answered.
func exchange(t *testing.T, server *Server, said string) string {
	t.Helper()
	conn := call(t, server)
	if _, err := io.WriteString(conn, said); err != nil {
		t.Fatal(err)
	}
	heard, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(heard)
}

func TestPackageSMTPSends(t *testing.T) {
	server := start(t, scenario(t, "howto"))
	const text = "From: a@example.org\r\nSubject: x\r\n\r\n.dot\r\n..two\r\n.\r\nend\r\n"
	for range 3 {
		err := smtp.SendMail(server.Addr().String(), nil, "a@example.org", []string{"jcatalaa@catium.com"}, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
	}
	messages := server.Messages()
	if len(messages) != 3 {
		t.Fatalf("%d messages", len(messages))
	}
	m := messages[2]
	if string(m.Data) != text || m.Size != int64(len(text)) {
		t.Errorf("%d bytes: %q", m.Size, m.Data)
	}
	if m.Number != 3 || m.Sender != "a@example.org" || len(m.Recipients) != 1 || m.Folder != Inbox || m.At.IsZero() {
		t.Errorf("%+v", m)
	}
}

func TestFolders(t *testing.T) {
	const (
		figure2 = "Subject: Hello, Hola\r\nHow are you? Como estas?\r\nJe ne sais quoi\r\nCiao,\r\nJean-Marc\r\n"
		guide   = "From: helpdesk@example.org\r\nTo: jcatalaa@catium.com\r\nSubject: Hello,\r\n Hola\r\n\r\nCiao\r\n"
		glued   = "From: helpdesk@example.org\r\nSubject: Hello\r\nHow are you?\r\n"
		bare    = "From: helpdesk@example.org\r\n"
	)
	tests := []struct {
		scenario, sender, text string
		want                   Folder
	}{
		{"howto", "", figure2, Bulk},
		{"howto", "helpdesk@example.org", figure2, Bulk},
		{"howto", "helpdesk@example.org", guide, Inbox},
		{"howto", "", guide, Inbox},
		{"howto", "helpdesk@example.org", glued, Bulk},
		{"howto", "helpdesk@example.org", bare, Inbox},
		{"howto", "helpdesk@example.org", "", Bulk},
		{"bulk", "", guide, Bulk},
		{"bulk", "helpdesk@example.org", guide, Inbox},
		{"bulk", "helpdesk@example.org", figure2, Bulk},
	}
	for i, test := range tests {
		server := start(t, scenario(t, test.scenario))
		heard := exchange(t, server, fmt.Sprintf("EHLO x\r\nMAIL FROM:<%s>\r\nRCPT TO:<jcatalaa@catium.com>\r\nDATA\r\n%s.\r\nQUIT\r\n",
			test.sender, test.text))
		if !strings.Contains(heard, "250 ok dirdel\r\n") {
			t.Errorf("%d: %q", i, heard)
		}
		if got := server.Mailbox(test.want); len(got) != 1 || string(got[0].Data) != test.text {
			t.Errorf("%d: not in %s: %+v", i, test.want, server.Messages())
		}
	}
}

func TestOnlyCRLFEndsAMessage(t *testing.T) {
	server := start(t, Scenario{})
	const text = "a\n.\nb\r\n.\nc\n.\r\nd\r.\r\n"
	heard := exchange(t, server, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n"+text+".\r\nQUIT\r\n")
	if got := server.Messages(); len(got) != 1 || string(got[0].Data) != strings.Replace(text, "\r\n.\n", "\r\n\n", 1) {
		t.Errorf("%q, %+v", heard, got)
	}
}

func TestLongLines(t *testing.T) {
	server := start(t, Scenario{})
	long := strings.Repeat("x", 3*readBuffer)
	if heard := exchange(t, server, long+"\r\nNOOP\r\nQUIT\r\n"); !strings.Contains(heard, "500 that line is too long\r\n250 ok\r\n221 ") {
		t.Errorf("%q", heard)
	}
	// Lines longer than the buffer, with CRLF on its edge.
	for extra := -3; extra < 3; extra++ {
		text := strings.Repeat("x", readBuffer+extra) + "\r\n.x\r\n" + long + "\r\n"
		exchange(t, server, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n"+text+".\r\nQUIT\r\n")
		all := server.Messages()
		if got := all[len(all)-1].Data; string(got) != strings.Replace(text, ".x", "x", 1) {
			t.Errorf("%+d: %d bytes of %d", extra, len(got), len(text))
		}
	}
}

func TestKeepsWithinBounds(t *testing.T) {
	server := start(t, Scenario{})
	block := bytes.Repeat([]byte(strings.Repeat("x", 76)+"\r\n"), maxKept/78+1000)
	var b box
	exchange(t, server, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n"+string(block)+".\r\nQUIT\r\n")
	m := server.Messages()[0]
	if len(m.Data) != maxKept || m.Size != int64(len(block)) {
		t.Errorf("kept %d of %d", len(m.Data), m.Size)
	}
	for range maxBoxBytes/maxKept + 5 {
		b.put(m)
	}
	if b.bytes > maxBoxBytes || len(b.messages) != maxBoxBytes/maxKept {
		t.Errorf("the box holds %d messages, %d bytes", len(b.messages), b.bytes)
	}
	var many box
	for range maxBox + 5 {
		many.put(Message{})
	}
	if len(many.messages) != maxBox || many.messages[0].Number != 6 {
		t.Errorf("the box holds %d messages from %d", len(many.messages), many.messages[0].Number)
	}
}

func TestRecipientsAreBounded(t *testing.T) {
	said := "EHLO x\r\nMAIL FROM:<>\r\n" + strings.Repeat("RCPT TO:<a@b>\r\n", maxRecipients+1) + "QUIT\r\n"
	if heard := exchange(t, start(t, Scenario{}), said); strings.Count(heard, "452 that is enough") != 1 {
		t.Errorf("%q", heard)
	}
}

func TestDoors(t *testing.T) {
	server := start(t, Scenario{Ports: []Port{
		{Number: 25, Door: DoorListen}, {Number: 26, Door: DoorRefuse}, {Number: 27, Door: DoorNeverAnswer}, {Number: 465, Door: DoorTLS},
	}})
	addr := func(number int) string {
		a, ok := server.AddrOf(number)
		if !ok || !a.Addr().IsLoopback() {
			t.Fatalf("port %d: %v", number, a)
		}
		return a.String()
	}
	if addr(25) != server.Addr().String() {
		t.Error("the first port is not Addr")
	}
	if _, ok := server.AddrOf(9); ok {
		t.Error("a port that is not there")
	}
	if _, err := net.Dial("tcp", addr(26)); err == nil {
		t.Error("port 26 takes calls")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	var dialer net.Dialer
	if conn, err := dialer.DialContext(ctx, "tcp", addr(27)); err == nil {
		_ = conn.Close()
		if runtime.GOOS == "linux" {
			t.Error("port 27 takes calls")
		}
	} else if !errors.Is(err, os.ErrDeadlineExceeded) && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("port 27: %v", err)
	}
	conn, err := net.Dial("tcp", addr(465))
	if err != nil {
		t.Fatal(err)
	}
	w := walker{t: t, server: server, conn: conn}
	w.encrypt()
	w.step(turn{does: turnSay, text: "220 mail.example.com ESMTP\r\n"})
	_ = w.conn.Close()
}

func TestGivenListener(t *testing.T) {
	ln, err := net.Listen("tcp", anyPort)
	if err != nil {
		t.Fatal(err)
	}
	server := New(Scenario{})
	if server.Addr() != (netip.AddrPort{}) {
		t.Error("an address before Start")
	}
	if err := server.StartOn(t.Context(), ln); err != nil {
		t.Fatal(err)
	}
	if server.Addr().String() != ln.Addr().String() {
		t.Errorf("%v is not %v", server.Addr(), ln.Addr())
	}
	if err := errors.Join(server.Close(), server.Close()); err != nil {
		t.Error(err)
	}
	if err := server.Start(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("started after Close: %v", err)
	}
}

func TestTooManyConversations(t *testing.T) {
	server := New(Scenario{})
	server.MaxOpen = 1
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	first := call(t, server)
	if _, err := io.ReadFull(first, make([]byte, 3)); err != nil {
		t.Fatal(err)
	}
	if heard, err := io.ReadAll(call(t, server)); err != nil || !strings.HasPrefix(string(heard), "421 ") {
		t.Errorf("%q, %v", heard, err)
	}
}

func TestContextEndsServer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := New(scenario(t, "silent"))
	if err := server.Start(ctx); err != nil {
		t.Fatal(err)
	}
	conn := call(t, server)
	_, _ = io.WriteString(conn, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<anna@example.org>\r\n")
	cancel()
	if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the conversation goes on")
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
}

func TestServeAfterClose(t *testing.T) {
	server := New(Scenario{})
	_ = server.Close()
	near, far := net.Pipe()
	server.Serve(far)
	if _, err := near.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("served after Close: %v", err)
	}
}

func TestFaults(t *testing.T) {
	server := played(t, strings.Join([]string{
		"offer: STARTTLS", "on STARTTLS", "  220 go", `  raw 250 injected\r\n`, "", "on NOOP", "  250 ok", "  reset",
	}, "\n"))
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	conn := call(t, server)
	r := bufio.NewReader(conn)
	heard(t, r, "220 x.example ESMTP")
	_, _ = io.WriteString(conn, "STARTTLS\r\n")
	heard(t, r, "220 go")
	heard(t, r, "250 injected")
	conn = call(t, server)
	_, _ = io.WriteString(conn, "NOOP\r\n")
	if _, err := io.ReadAll(conn); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("reset was no RST: %v", err)
	}
}

func TestNamesThatFitNoCertificate(t *testing.T) {
	err := New(Scenario{Names: []string{"b\u00fccher.example"}, Offers: []string{"STARTTLS"}}).Start(t.Context())
	if err == nil || !strings.HasPrefix(err.Error(), "practice certificate: ") {
		t.Error(err)
	}
}

func TestClearTextBehindSTARTTLS(t *testing.T) {
	heard := exchange(t, start(t, scenario(t, "starttls")), "EHLO x\r\nSTARTTLS\r\nNOOP\r\nQUIT\r\n")
	if !strings.Contains(heard, "\r\n503 5.5.1 nothing may follow STARTTLS before its answer\r\n250 2.0.0 ok\r\n221 ") {
		t.Errorf("%q", heard)
	}
}
