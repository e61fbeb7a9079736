package practice

import (
	"bufio"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// answerOf reads one whole reply and returns its code.
func answerOf(t *rapid.T, r *bufio.Reader, to string) string {
	for {
		line, err := r.ReadString('\n')
		if err != nil || len(line) < 6 || !strings.HasSuffix(line, "\r\n") || checkReply(line) != nil {
			t.Fatalf("to %q: %q, %v", to, line, err)
		}
		if line[3] == ' ' {
			return line[:3]
		}
	}
}

// commands draws lines that make sense, lines that nearly do, and lines that
// do not.
func commands() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"EHLO x", "HELO x", "MAIL FROM:<>", "MAIL FROM:<a@b> SIZE=1", "RCPT TO:<jcatalaa@catium.com>",
			"RCPT TO:<x@catium.com>", "DATA", "RSET", "NOOP", "VRFY x", "EXPN x", "HELP", "STARTTLS", "AUTH LOGIN", "",
		}),
		rapid.StringMatching(`(EHLO|HELO|MAIL|RCPT|DATA|RSET|NOOP|VRFY|EXPN|HELP|AUTH|BDAT) ?(FROM|TO)?:?<?[ -~]{0,20}>?`),
		rapid.StringMatching(`[^\n]{0,60}`),
	)
}

// TestAnyCommandAnyTime says anything in any order: each line gets exactly one
// reply, and the conversation ends as asked.
func TestAnyCommandAnyTime(t *testing.T) {
	plain, signing := scenario(t, "howto"), scenario(t, "auth-needed")
	signing.Offers = append([]string{}, signing.Offers...)
	signing.Offers[2] = "DSN" // instead of STARTTLS: the test does not change to TLS
	rapid.Check(t, func(t *rapid.T) {
		server := New(rapid.SampledFrom([]Scenario{plain, signing, {}}).Draw(t, "scenario"))
		defer server.Close()
		near, far := net.Pipe()
		defer near.Close()
		go server.Serve(far)
		r := bufio.NewReader(near)
		answerOf(t, r, "the greeting")
		for _, line := range rapid.SliceOfN(commands(), 0, 30).Draw(t, "lines") {
			if strings.EqualFold(strings.TrimSpace(line), "QUIT") {
				continue
			}
			_, _ = io.WriteString(near, line+"\r\n")
			switch answerOf(t, r, line) {
			case "354":
				_, _ = io.WriteString(near, "Subject: x\r\n\r\n..\r\n.\r\n")
				answerOf(t, r, ".")
			case "334":
				_, _ = io.WriteString(near, "*\r\n")
				answerOf(t, r, "*")
			}
		}
		_, _ = io.WriteString(near, "QUIT\r\n")
		if code := answerOf(t, r, "QUIT"); code != "221" {
			t.Fatalf("QUIT: %s", code)
		}
		if b, err := r.ReadByte(); err != io.EOF {
			t.Fatalf("after QUIT: %q, %v", b, err)
		}
	})
}

// TestGroups says a group of commands in one write: the answers are the same
// as one by one (RFC 2920).
func TestGroups(t *testing.T) {
	s := scenario(t, "howto")
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{
			"MAIL FROM:<>", "RCPT TO:<jcatalaa@catium.com>", "RCPT TO:<x@catium.com>", "RSET", "NOOP", "HELP",
		}), 1, 20).Draw(t, "lines")
		said := "EHLO x\r\n" + strings.Join(lines, "\r\n") + "\r\nQUIT\r\n"
		whole, single := said, rapid.IntRange(1, len(said)).Draw(t, "piece")
		if a, b := speak(s, whole, len(whole)), speak(s, whole, single); a != b {
			t.Fatalf("in one write %q, in pieces of %d %q", a, single, b)
		}
	})
}

// speak says bytes in pieces to a new server and returns all it answers.
func speak(s Scenario, said string, piece int) string {
	server := New(s)
	defer server.Close()
	near, far := net.Pipe()
	go server.Serve(far)
	go func() {
		for said != "" {
			n := min(piece, len(said))
			if _, err := io.WriteString(near, said[:n]); err != nil {
				return
			}
			said = said[n:]
		}
	}()
	heard, _ := io.ReadAll(near)
	_ = near.Close()
	return string(heard)
}

// FuzzTalk says any bytes to a server and leaves: it must end, and say nothing
// but replies.
func FuzzTalk(f *testing.F) {
	f.Add([]byte("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<jcatalaa@catium.com>\r\nDATA\r\n..\r\n.\r\nQUIT\r\n"))
	f.Add([]byte("EHLO x\nAUTH PLAIN AGVobG8AcHJhY3RpY2U=\nMAIL FROM:<\"a b\"@c> BODY=8BITMIME\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		for _, name := range []string{"howto", "auth-needed"} {
			s, _ := Find(name)
			for _, line := range strings.Split(speakAndLeave(s, said), "\r\n") {
				if strings.HasSuffix(line, "ready to start TLS") {
					break // alerts of TLS follow
				}
				if err := checkReply(line); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	})
}

// speakAndLeave says bytes to a server, hangs up, and returns the whole lines
// that were heard until then, without the last line end.
func speakAndLeave(s Scenario, said []byte) string {
	server := New(s)
	near, far := net.Pipe()
	go server.Serve(far)
	heard := make(chan string)
	go func() {
		all, _ := io.ReadAll(near)
		heard <- string(all)
	}()
	_, _ = near.Write(said)
	_ = near.Close()
	text := <-heard
	_ = server.Close()
	return text[:max(0, strings.LastIndex(text, "\r\n"))]
}

// addFiles adds files to the seeds of a fuzz test.
func addFiles(f *testing.F, pattern string) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no %s, %v", pattern, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
}

// FuzzScenario reads any file; one that is right makes a server that greets.
func FuzzScenario(f *testing.F) {
	addFiles(f, "scenarios/*.txt")
	f.Add([]byte(head + "on BODY 1\n  drip 1ms\n  raw \\x00\n  reset\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse("fuzz.txt", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Errorf("an error without its file: %v", err)
			}
			return
		}
		for _, r := range s.rules {
			if len(r.steps) == 0 || r.code() != 0 && (r.code() < 200 || r.code() > 599) {
				t.Errorf("a rule that cannot be played: %+v", r)
			}
		}
		talk := New(s).newTalk(nil)
		if got := talk.expand(talk.play.Banner, answer{}); checkReply(got) != nil || !strings.HasSuffix(got, "\r\n") {
			t.Errorf("the greeting is %q", got)
		}
	})
}

// FuzzDialogue reads any file; one that is right is played against a client
// that leaves at once.
func FuzzDialogue(f *testing.F) {
	addFiles(f, "testdata/*.dialog")
	f.Add([]byte("S- \\x00\nWAIT 1s\nTLS\nRESET\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := ParseDialogue("fuzz.dialog", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.dialog:") {
				t.Errorf("an error without its file: %v", err)
			}
			return
		}
		near, far := net.Pipe()
		_ = near.Close()
		_ = d.Play(far)
	})
}
