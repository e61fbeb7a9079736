package practice

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// perform plays a dialogue against a client that is a function.
func perform(t *testing.T, text string, client func(net.Conn, *bufio.Reader, *Dialogue)) error {
	t.Helper()
	d, err := ParseDialogue("x.dialog", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	near, far := net.Pipe()
	done := make(chan error, 1)
	go func() { done <- d.Play(far) }()
	client(near, bufio.NewReader(near), d)
	_ = near.Close()
	return <-done
}

// said plays a dialogue over TCP against a client that says text and no more.
func said(t *testing.T, dialogue, text string) error {
	t.Helper()
	d, err := ParseDialogue("x.dialog", []byte(dialogue))
	if err != nil {
		t.Fatal(err)
	}
	play := Theatre{Dialogue: d}
	if err := play.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", play.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, text)
	_ = conn.(*net.TCPConn).CloseWrite()
	return play.Wait()
}

func TestDialogue(t *testing.T) {
	const text = "# a comment\n\nS: 220 hi\nC: EHLO {*}\nS: 250-x\nS- 250 y\\r\nS- \\n\nC: Date: {*} +0000\nC: \nC: .\n"
	tests := []struct{ said, want string }{
		{"EHLO x\r\nDate: Mon, 1 +0000\r\n\r\n.\r\n", ""},
		{"EHLO \r\nDate:  +0000\r\n\r\n.\r\n", ""},
		{"HELO x\r\n", `x.dialog:4: want "EHLO {*}", the client said "HELO x\r\n"`},
		{"EHLO x\n", `x.dialog:4: want "EHLO {*}", the client said "EHLO x\n"`},
		{"EHLO x\r\nDate: now\r\n", `x.dialog:8: want "Date: {*} +0000", the client said "Date: now\r\n"`},
		{"", `x.dialog:4: want "EHLO {*}", but: the client left: EOF`},
		{"EHL", `x.dialog:4: want "EHLO {*}", but: the client left in mid-line, after "EHL": EOF`},
		{"EHLO x\r\nDate:  +0000\r\n\r\n.\r\nQUIT\r\n", `x.dialog:10: want "nothing after this line", the client said "QUIT\r\n"`},
		{"EHLO x\r\nDate:  +0000\r\n\r\n.\r\nQ", `x.dialog:10: want "nothing after this line", the client said "Q"`},
	}
	for _, test := range tests {
		err := said(t, text, test.said)
		if got := fmt.Sprint(err); got != test.want && (err != nil || test.want != "") {
			t.Errorf("%q:\n got %v\nwant %v", test.said, got, test.want)
		}
	}
}

func TestDialogueTLS(t *testing.T) {
	const text = "C: STARTTLS\nS: 220 go\nTLS\nC: EHLO x\nS: 250 x\nCLOSE\n"
	err := perform(t, text, func(conn net.Conn, r *bufio.Reader, d *Dialogue) {
		_, _ = io.WriteString(conn, "STARTTLS\r\n")
		heard(t, r, "220 go")
		roots, err := d.Roots()
		if err != nil {
			t.Error(err)
			return
		}
		secure := tls.Client(conn, &tls.Config{RootCAs: roots, ServerName: "mail.example.com"})
		_, _ = io.WriteString(secure, "EHLO x\r\n")
		r = bufio.NewReader(secure)
		heard(t, r, "250 x")
		if _, err := r.ReadByte(); !errors.Is(err, io.EOF) {
			t.Errorf("after CLOSE: %v", err)
		}
	})
	if err != nil {
		t.Error(err)
	}
	err = said(t, text, "STARTTLS\r\nEHLO x\r\n")
	if err == nil || !strings.Contains(err.Error(), `x.dialog:3: want "TLS", but: the client said 8 bytes in clear text before TLS`) {
		t.Error(err)
	}
}

func TestDialogueWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		err := perform(t, "S: 220 x\nWAIT 3m\nS: 221 x\nC: NOOP\nWAIT 1m\n", func(conn net.Conn, r *bufio.Reader, _ *Dialogue) {
			heard(t, r, "220 x")
			_, _ = io.WriteString(conn, "NOOP\r\n")
			heard(t, r, "221 x")
		})
		if took := time.Since(begun); err != nil || took != 3*time.Minute {
			t.Errorf("%v after %v", err, took)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		err := perform(t, "S: 220 x\nC: NOOP\n", func(_ net.Conn, r *bufio.Reader, _ *Dialogue) {
			heard(t, r, "220 x")
			time.Sleep(defaultPatience + time.Second)
		})
		if err == nil || !strings.Contains(err.Error(), "said nothing in time") {
			t.Error(err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		err := perform(t, "S: 220 x\n", func(_ net.Conn, r *bufio.Reader, _ *Dialogue) {
			heard(t, r, "220 x")
			time.Sleep(defaultPatience + time.Second)
		})
		if err == nil || !strings.Contains(err.Error(), "want \"the client to hang up") {
			t.Error(err)
		}
	})
}

func TestTheatre(t *testing.T) {
	d, err := ParseDialogue("x.dialog", []byte("S: 220 x\nC: QUIT\nRESET\n"))
	if err != nil {
		t.Fatal(err)
	}
	play := Theatre{Dialogue: d}
	if err := play.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", play.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "QUIT\r\n")
	if err := play.Wait(); err != nil {
		t.Error(err)
	}
	if _, err := io.ReadAll(conn); err == nil {
		t.Error("RESET was a plain close")
	}
	if err := play.Close(); err != nil {
		t.Error(err)
	}
	nobody := Theatre{Dialogue: d}
	if err := nobody.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := nobody.Close(); err == nil {
		t.Error("a play without a client went well")
	}
}

func TestMalformedDialogues(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "x.dialog: the dialogue is empty"},
		{"# only\n", "x.dialog: the dialogue is empty"},
		{"S: a\nX: b\n", "x.dialog:2: want S:, S-, C:"},
		{"S- \\q\n", "x.dialog:1: not a Go escape"},
		{"WAIT\n", "x.dialog:1: a pause is"},
		{"TLS now\n", "x.dialog:1: want S:"},
		{"CLOSE\nS: a\n", "x.dialog:2: nothing can follow"},
		{strings.Repeat("S: a\n", maxFile), "x.dialog: larger than 256 KiB"},
	}
	for _, test := range tests {
		if _, err := ParseDialogue("x.dialog", []byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("want %q, got %v", test.want, err)
		}
	}
	if _, err := LoadDialogue("testdata/none.dialog"); err == nil {
		t.Error("loaded what is not there")
	}
}
