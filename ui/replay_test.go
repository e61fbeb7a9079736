package ui

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// calls is a server that plays another script on each call: answers by verb, "-"
// hangs up, "421 ..." is said and then hangs up. It takes a line only when it
// has answered the one before, and notes lines that came too early.
type calls struct {
	scripts []map[string]string
	mu      sync.Mutex
	got     [][]string
	early   []string
}

func (c *calls) serve(conn net.Conn) {
	defer conn.Close()
	c.mu.Lock()
	at := len(c.got)
	c.got = append(c.got, nil)
	script := c.scripts[min(at, len(c.scripts)-1)]
	c.mu.Unlock()
	conn.Write([]byte("220 mx1.example.com ESMTP Postfix\r\n"))
	lines := bufio.NewReader(conn)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		c.note(at, line)
		time.Sleep(100 * time.Millisecond)
		if lines.Buffered() > 0 {
			c.note(-1, line)
		}
		verb, _, _ := strings.Cut(line, " ")
		answer := script[strings.ToUpper(verb)]
		if answer == "" {
			answer = script[""]
		}
		if answer == "-" || answer == "" {
			return
		}
		conn.Write([]byte(answer + "\r\n"))
		if strings.HasPrefix(answer, "421") || strings.HasPrefix(answer, "221") {
			return
		}
	}
}

func (c *calls) note(at int, line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at < 0 {
		c.early = append(c.early, line)
		return
	}
	c.got[at] = append(c.got[at], line)
}

// heard is what came in a call, in a line.
func (c *calls) heard(call int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if call >= len(c.got) {
		return "no such call"
	}
	return strings.Join(c.got[call], "; ")
}

// kind is a server that takes all; those given answer otherwise.
func kind(others ...string) map[string]string {
	answers := map[string]string{
		"EHLO": "250-mx1.example.com\r\n250 AUTH PLAIN", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go ahead",
		"NOOP": "250 ok", "RSET": "250 ok", "AUTH": "235 ok", "QUIT": "221 bye", "VRFY": "252 hm", "": "500 what",
	}
	for i := 0; i < len(others); i += 2 {
		answers[others[i]] = others[i+1]
	}
	return answers
}

// replays walks a talk with a server of several calls.
func replays(t *testing.T, c *calls, walk func(*drive)) {
	t.Helper()
	drives(t, "192.0.2.25:25", &network{serve: c.serve}, func(d *drive) {
		d.wait(time.Second)
		walk(d)
		if len(c.early) > 0 {
			t.Errorf("not in lock-step: something came before the answer to %q", c.early)
		}
	})
}

const threeLines = "EHLO pc17.example.org; MAIL FROM:<a@example.org>; RCPT TO:<b@example.com>"

func sayMessage(d *drive) {
	for line := range strings.SplitSeq(threeLines, "; ") {
		d.types(line)
		d.wait(time.Second)
	}
}

// TestReplay: after a hang-up one Enter calls again and says the same lines.
func TestReplay(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("NOOP", "421 4.4.2 idle for too long"), kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("NOOP")
		d.wait(time.Second)
		d.shows("Enter connects again and says the same 3 lines.")
		d.press("enter")
		d.wait(3 * time.Second)
		if got := c.heard(1); got != threeLines {
			t.Errorf("said again: %q", got)
		}
		d.shows("Said the same 3 lines again", ">[DATA]")
	})
}

// TestReplayStopsWhereItDiffers names the line and both answers.
func TestReplayStopsWhereItDiffers(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("NOOP", "-"), kind("MAIL", "450 not yet")}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("NOOP")
		d.wait(time.Second)
		d.press("enter")
		d.wait(3 * time.Second)
		d.shows("Stopped at MAIL FROM: before it was 250, now it is 450.")
		if got := c.heard(1); strings.Contains(got, "RCPT") {
			t.Errorf("said on after another answer: %q", got)
		}
	})
}

// TestReplayOffersWhatHadNoAnswer: the line at which the server hung up is not
// said by itself.
func TestReplayOffersWhatHadNoAnswer(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("RCPT", "-"), kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.shows("says the same 2 lines")
		d.press("enter")
		d.wait(3 * time.Second)
		d.shows(" > RCPT TO:<b@example.com>", "Enter says the one that had no answer")
		if got := c.heard(1); strings.Contains(got, "RCPT") {
			t.Errorf("said by itself: %q", got)
		}
		d.press("enter")
		d.wait(time.Second)
		if got := c.heard(1); got != threeLines {
			t.Errorf("said again: %q", got)
		}
	})
}

// TestReplayOffersDATA that had no answer, and does not say it.
func TestReplayOffersDATA(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("DATA", "-"), kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("DATA")
		d.wait(time.Second)
		d.press("enter")
		d.wait(3 * time.Second)
		d.shows(" > DATA", "had no answer")
		if got := c.heard(1); got != threeLines {
			t.Errorf("said again: %q", got)
		}
	})
}

// TestReplayNeverHandsAMessageOver: DATA waits for an Enter.
func TestReplayNeverHandsAMessageOver(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("DATA", "354 go ahead"), kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("DATA")
		d.wait(time.Second)
		d.press("ctrl+]")
		d.shows("hang up, then say the same 3 lines again")
		d.press("3")
		d.wait(3 * time.Second)
		if got := c.heard(1); got != threeLines {
			t.Errorf("said again: %q", got)
		}
		d.shows(" > DATA", "A message goes only when you say so.")
	})
}

// TestReplayAsksForTheSignIn: the secret is nowhere, so the user signs in; then
// the rest follows.
func TestReplayAsksForTheSignIn(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("NOOP", "-"), kind()}}
	replays(t, c, func(d *drive) {
		d.types("EHLO pc17.example.org")
		d.wait(time.Second)
		d.types("AUTH PLAIN AGEAYmNkZWZn", "") // in clear: asked once
		d.wait(time.Second)
		d.types("MAIL FROM:<a@example.org>")
		d.wait(time.Second)
		d.types("NOOP")
		d.wait(time.Second)
		d.press("enter")
		d.wait(3 * time.Second)
		d.shows("The next one signs in")
		if got := c.heard(1); got != "EHLO pc17.example.org" {
			t.Errorf("said again: %q", got)
		}
		d.types("AUTH PLAIN AGEAYmNkZWZn", "") // in clear: asked once
		d.wait(3 * time.Second)
		if got := c.heard(1); !strings.HasSuffix(got, "; MAIL FROM:<a@example.org>") {
			t.Errorf("the rest did not follow: %q", got)
		}
		d.hides("AGEAYmNkZWZn")
	})
}

// TestReplayGivesWay to what the user says, and is not for a talk that ended as
// asked.
func TestReplayGivesWay(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("NOOP", "-"), kind(), kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("NOOP")
		d.wait(time.Second)
		d.press("enter")
		d.wait(120 * time.Millisecond)
		d.letters("RSET")
		d.press("enter")
		d.wait(3 * time.Second)
		d.types("QUIT")
		d.wait(time.Second)
		d.types("")
		d.wait(3 * time.Second)
		if got := c.heard(2); got != "" {
			t.Errorf("after a goodbye nothing is said again: %q", got)
		}
	})
}
