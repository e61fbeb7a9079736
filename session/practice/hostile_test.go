package practice

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// hostile are the misbehaving scenarios: what is said to them, and a piece of
// the bytes that come back, which are read up to there.
var hostile = map[string]struct{ say, want string }{
	"hostile-escapes":      {"EHLO x\r\n" + toRcpt, "550-5.1.1 \x1b[?1049l\x1bP1;1|x\x1b\\ \xff\xfe caf\xe9\r\n"},
	"hostile-flood":        {"EHLO x\r\n" + toRcpt, "250-2.1.5 line 20000 of an answer that does not end\r\n"},
	"hostile-long-line":    {"EHLO x\r\n" + toRcpt, "x\r\n250 2.1.5 recipient"},
	"hostile-many":         {"EHLO x\r\n", "250-X-KEYWORD-99999\r\n250-X-KEYWORD-100000\r\n250-mx1.example.org\r\n"},
	"hostile-drip":         {"EHLO x\r\n" + toRcpt, "ok\r\n2"},
	"hostile-two-codes":    {"EHLO x\r\n" + toRcpt, "550-5.1.1 no such user here\r\n250 2.1.5 "},
	"hostile-codes":        {"EHLO x\r\nNOOP\r\nHELP\r\nMAIL FROM:<>\r\nRSET\r\n", "600 is this a code?\r\n214-2.0.0 help\r\nand a line without a code\r\n214 2.0.0 no help\r\n199 2.1.0 sender ok, I think\r\n250 2.0.0 ok\r\n"},
	"hostile-early":        {"", "220 mx1.example.org ESMTP Postfix\r\n250 mx1.example.org\r\n250 2.1.0 sender ok\r\n"},
	"hostile-nul":          {"EHLO x\r\n" + toRcpt, "\rat your service\r\n250-8BIT\x00MIME\r\n250-PIPELINING\n250-mx1"},
	"hostile-421":          {"EHLO x\r\n" + toRcpt, "recipient <anna@example.org> ok\r\n421 4.3.2 "},
	"hostile-starttls":     {"EHLO x\r\nSTARTTLS\r\n", "220 2.0.0 ready to start TLS\r\n250-mx1.example.org\r\n"},
	"hostile-echo":         {"EHLO x\r\nAUTH PLAIN AGVobG8AcHJhY3RpY2U=\r\n", "535-5.7.8 you said AGVobG8AcHJhY3RpY2U=\r\n535 5.7.8 that is ehlopractice\r\n"},
	"hostile-deaf":         {"EHLO x\r\n" + toRcpt + "DATA\r\n", "354 go ahead\r\n"},
	"hostile-early-answer": {"EHLO x\r\n" + toRcpt + "DATA\r\nSubject: x\r\n", "354 go ahead, end with a dot on its own line\r\n554 5.7.1 "},
	"hostile-reset":        {"EHLO x\r\n" + toRcpt + "DATA\r\nSubject: x\r\n", "354 go ahead, end with a dot on its own line\r\n"},
	"hostile-quit":         {"EHLO x\r\n" + toRcpt + "DATA\r\nSubject: x\r\n.\r\n", "250 2.0.0 ok, queued"},
	"hostile-half-close":   {"EHLO x\r\nMAIL FROM:<>\r\n", "250 2.1.0 "},
}

const toRcpt = "MAIL FROM:<>\r\nRCPT TO:<anna@example.org>\r\n"

// TestHostileServersMisbehave: each says what its story tells.
func TestHostileServersMisbehave(t *testing.T) {
	seen := 0
	for _, s := range Scenarios() {
		if !strings.HasPrefix(s.Name, "hostile-") {
			continue
		}
		test, ok := hostile[s.Name]
		seen++
		t.Run(s.Name, func(t *testing.T) {
			if !ok {
				t.Fatal("nobody looks at what it says")
			}
			synctest.Test(t, func(t *testing.T) {
				server := New(s)
				near, far := net.Pipe()
				go server.Serve(far)
				go io.WriteString(near, test.say)
				if heard := readUpTo(t, near, test.want); s.Name == "hostile-long-line" && heard < 8<<20 {
					t.Errorf("the line has less than %d letters", heard)
				}
				_ = near.Close()
				_ = server.Close()
			})
		})
	}
	if seen != len(hostile) {
		t.Errorf("%d are tested, %d are there", len(hostile), seen)
	}
}

// readUpTo reads until a piece of text has come and returns how much was read.
func readUpTo(t *testing.T, conn net.Conn, want string) int {
	t.Helper()
	var heard []byte
	block := make([]byte, 64<<10)
	_ = conn.SetReadDeadline(time.Now().Add(maxPause))
	for looked := 0; !bytes.Contains(heard[looked:], []byte(want)); {
		looked = max(0, len(heard)-len(want))
		n, err := conn.Read(block)
		heard = append(heard, block[:n]...)
		if err != nil {
			t.Fatalf("%v before %.80q, after %.2000q", err, want, heard)
		}
	}
	return len(heard)
}

// lost brings a talk over TCP with a scenario to its last command and returns
// why the line broke.
func lost(t *testing.T, name, say, last string) error {
	t.Helper()
	conn := call(t, start(t, scenario(t, name)))
	_, _ = io.WriteString(conn, say)
	readUpTo(t, conn, hostile[name].want)
	_, _ = io.WriteString(conn, last)
	_, err := io.Copy(io.Discard, conn)
	return err
}

// TestHowHostileServersBreakTheLine over a line that knows an RST from an end.
func TestHowHostileServersBreakTheLine(t *testing.T) {
	for name, last := range map[string]string{"hostile-reset": ".\r\n", "hostile-quit": "QUIT\r\n"} {
		if err := lost(t, name, hostile[name].say, last); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := lost(t, "hostile-half-close", hostile["hostile-half-close"].say, "RCPT TO:<anna@example.org>\r\n"); err != nil {
		t.Errorf("hostile-half-close: %v", err)
	}
}

// TestADeafServerTakesNoMore: behind what the systems between hold, a write
// waits.
func TestADeafServerTakesNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := New(scenario(t, "hostile-deaf"))
		near, far := net.Pipe()
		go server.Serve(far)
		go io.WriteString(near, hostile["hostile-deaf"].say)
		readUpTo(t, near, hostile["hostile-deaf"].want)
		_ = near.SetWriteDeadline(time.Now().Add(maxPause / 2))
		taken, err := near.Write(make([]byte, 2*takenByTheSystem))
		if taken >= 2*takenByTheSystem || err == nil {
			t.Errorf("it took %d bytes, %v", taken, err)
		}
		_ = near.Close()
		_ = server.Close()
	})
}

// TestStepsThatCannotBe are refused with their line.
func TestStepsThatCannotBe(t *testing.T) {
	for _, steps := range []string{
		"flood", "flood \\q", "repeat x y", "repeat 0 y", "repeat 5", "repeat 5 \\q", "repeat 99999999 xx", "repeat 5x y",
		"deaf\n  250 ok", "flood x\n  250 ok", "half close\n  hang up", "no answer\n  250 ok", "no answers",
	} {
		_, err := Parse("x.txt", []byte(head+"on RCPT\n  "+steps+"\n"))
		if wrong := (*SyntaxError)(nil); !errors.As(err, &wrong) || wrong.Line == 0 {
			t.Errorf("%q: %v", steps, err)
		}
	}
	for _, line := range []string{"strict: x", "strict: Not now 40", "check: accepted 256", "strict: accepted 0 0"} {
		if _, err := Parse("x.txt", []byte(head+line+"\n")); err == nil {
			t.Errorf("%q is read", line)
		}
	}
}

// TestOutcomes: what is not named is as for a person at the screen.
func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		lines       string
		send, check Outcome
	}{
		{"", Outcome{"accepted", 0}, Outcome{"accepted", 0}},
		{"strict: silent 24\n", Outcome{"silent", 24}, Outcome{"silent", 24}},
		{"check: not-now 36\n", Outcome{"accepted", 0}, Outcome{"not-now", 36}},
		{"strict: silent 24\ncheck: accepted 0\n", Outcome{"silent", 24}, Outcome{"accepted", 0}},
	} {
		s, err := Parse("x.txt", []byte(head+tt.lines))
		if err != nil || s.OneShot() != tt.send || s.Asked() != tt.check {
			t.Errorf("%q: %v, %v, %v", tt.lines, s.OneShot(), s.Asked(), err)
		}
	}
}

// TestNoLineOfAFileIsTwo: a control in a scenario or dialogue is refused with its
// place; who wants one writes an escape.
func TestNoLineOfAFileIsTwo(t *testing.T) {
	for _, c := range []string{"\r", "\x00", "\x1b", "\x7f", "\u009b", "\u0085"} {
		for _, line := range []string{"banner: 220 x" + c + "250 y", "offer: SIZE" + c + "250 X", "host: x" + c + "z", "on RCPT\n  250 a" + c + "550 b", "on RCPT\n  raw 250" + c + "x", "on RCPT x" + c + "y\n  250 ok"} {
			_, err := Parse("x.txt", []byte(strings.ReplaceAll(head, "host: x.example\n", "")+"host: y\n"+line+"\n"))
			if err == nil || !strings.Contains(err.Error(), ": character ") {
				t.Errorf("scenario %q: %v", line, err)
			}
		}
		for _, line := range []string{"S: 220 x" + c + "250 y", "C: NOOP" + c + "QUIT", "S- 220" + c + "x"} {
			if _, err := ParseDialogue("x.dialog", []byte(line+"\n")); err == nil || !strings.Contains(err.Error(), "x.dialog:1: character ") {
				t.Errorf("dialogue %q: %v", line, err)
			}
		}
	}
}
