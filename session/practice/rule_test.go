package practice

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// head is the least head a scenario has.
const head = magic + "\nname: x\ntitle: x\nhost: x.example\ntarget: a@b\nverdict: accepted\nexit: 0\n"

func played(t *testing.T, rules string) *Server {
	t.Helper()
	s, err := Parse("x.txt", []byte(head+rules))
	if err != nil {
		t.Fatal(err)
	}
	return New(s)
}

// talkTo serves one end of a pipe within a bubble and returns the other.
func talkTo(t *testing.T, server *Server) (net.Conn, *bufio.Reader) {
	t.Helper()
	near, far := net.Pipe()
	go server.Serve(far)
	t.Cleanup(func() { _ = near.Close(); _ = server.Close() })
	return near, bufio.NewReader(near)
}

func heard(t *testing.T, r *bufio.Reader, want string) {
	t.Helper()
	if line, err := r.ReadString('\n'); err != nil || strings.TrimRight(line, "\r\n") != want {
		t.Fatalf("want %q, got %q, %v", want, line, err)
	}
}

func TestDelayAndDrip(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		conn, r := talkTo(t, played(t, "on NOOP slow\n  delay 2m\n\non NOOP\n  drip 1s\n  250 ok\n"))
		heard(t, r, "220 x.example ESMTP")
		_, _ = io.WriteString(conn, "NOOP slow\r\n")
		heard(t, r, "250 ok")
		if took := time.Since(begun); took != 2*time.Minute {
			t.Errorf("the delay took %v", took)
		}
		_, _ = io.WriteString(conn, "NOOP\r\n")
		heard(t, r, "250 ok")
		if took := time.Since(begun); took != 2*time.Minute+8*time.Second {
			t.Errorf("delay and drip took %v", took)
		}
	})
}

func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn, r := talkTo(t, played(t, "on RCPT\n  silence\n"))
		heard(t, r, "220 x.example ESMTP")
		_, _ = io.WriteString(conn, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\n")
		heard(t, r, "250 x.example")
		heard(t, r, "250 sender <> ok")
		_, _ = io.WriteString(conn, "NOOP\r\n")
		_ = conn.SetReadDeadline(time.Now().Add(50 * time.Minute))
		if line, err := r.ReadString('\n'); line != "" || err == nil || err == io.EOF {
			t.Errorf("after silence: %q, %v", line, err)
		}
	})
}

func TestIdleClientIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		_, r := talkTo(t, played(t, ""))
		heard(t, r, "220 x.example ESMTP")
		heard(t, r, "421 x.example heard nothing for too long and closes")
		if _, err := r.ReadByte(); err != io.EOF {
			t.Errorf("after 421: %v", err)
		}
		if took := time.Since(begun); took != defaultIdle {
			t.Errorf("left after %v", took)
		}
	})
}

func TestCloseEndsDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := played(t, "on CONNECT\n  delay 1h\n")
		begun := time.Now()
		_, r := talkTo(t, server)
		synctest.Wait()
		_ = server.Close()
		if _, err := r.ReadByte(); err != io.EOF || time.Since(begun) != 0 {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

func TestRules(t *testing.T) {
	server := played(t, strings.Join([]string{
		"on EHLO nth 1", "  502 no EHLO here", "",
		`on XYZ "two words"`, "  250 I know {arg}", "",
		"on NOOP nth 2-3", "  450 {hello} came again", "",
		"on MAIL <*@blocked.example>", "  550-two", "  550 lines for {local} at {domain}", "",
		"on BODY 5", "  552 enough", "",
		`on RSET`, `  raw 250 bare\n250-\x00`, "  250 end", "",
		"on HELP", "  hang up", "",
	}, "\n"))
	conn, r := talkTo(t, server)
	heard(t, r, "220 x.example ESMTP")
	for _, test := range []struct{ say, want string }{
		{"EHLO me", "502 no EHLO here"},
		{"MAIL FROM:<a@b>", "503 say EHLO first"},
		{"ehlo me", "250 x.example"},
		{"XYZ", "500 I do not know that command"},
		{"xyz two words", "250 I know two words"},
		{"NOOP", "250 ok"},
		{"NOOP", "450 me came again"},
		{"NOOP other", "250 ok"},
		{"NOOP", "450 me came again"},
		{"NOOP", "250 ok"},
		{"MAIL FROM:<a@Blocked.Example>", "550-two"},
		{"", "550 lines for a at Blocked.Example"},
		{"RSET", "250 bare"},
		{"", "250-\x00250 end"},
		{"MAIL FROM:<a@b>", "250 sender <a@b> ok"},
		{"RCPT TO:<a@b>", "250 recipient <a@b> ok"},
		{"DATA", "354 go ahead, end with a dot on its own line"},
		{"1234", "552 enough"},
		{".\r\nNOOP more", "250 ok"},
	} {
		if test.say != "" {
			if _, err := io.WriteString(conn, test.say+"\r\n"); err != nil {
				t.Fatal(err)
			}
		}
		heard(t, r, test.want)
	}
	_, _ = io.WriteString(conn, "HELP\r\n")
	if _, err := r.ReadByte(); err != io.EOF {
		t.Errorf("after hang up: %v", err)
	}
	if n := len(server.Messages()); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestTallyIsBounded(t *testing.T) {
	var c tally
	for i := range maxTally + 10 {
		c.count(strings.Repeat("x", i%7) + time.Duration(i).String())
	}
	if len(c.counts) > maxTally+1 {
		t.Errorf("%d counts", len(c.counts))
	}
}
