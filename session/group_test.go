package session_test

import (
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

// writes is a connection that tells each write of the session apart, as a
// net.Pipe hands a write over in as many pieces as it is read in.
type writes struct {
	net.Conn
	each chan string
}

func (w writes) Write(p []byte) (int, error) {
	w.each <- string(p)
	return len(p), nil
}

// grouped is a greeted session whose writes can be counted.
func grouped(t *testing.T) (*talk, chan string) {
	t.Helper()
	ours, theirs := net.Pipe()
	each := make(chan string, 20)
	k := over(t, session.New(smtp.Dialect{}, session.Options{}), writes{ours, each}, theirs)
	k.says("220 mx.example.com ESMTP\r\n")
	await[session.Answered](k)
	return k, each
}

func group(lines ...string) (g session.Group) {
	for _, line := range lines {
		g = append(g, session.Line{Text: line})
	}
	return g
}

func TestAGroupIsOneWrite(t *testing.T) {
	k, each := grouped(t)
	last := k.Send(group("RSET", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "RCPT TO:<e@f>", "DATA"))
	if got, want := <-each, "RSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n"; got != want {
		t.Fatalf("one write is %q, want %q", got, want)
	}
	for i := range session.ID(5) {
		if said := await[session.Said](k); said.ID != last-4+i {
			t.Errorf("line %d has ID %d, the last %d", i, said.ID, last)
		}
	}
	k.says("250 flushed\r\n250 sender ok\r\n550 nobody\r\n250-rcpt\r\n250 ok\r\n354 go\r\n")
	for i, want := range []string{"RSET", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "RCPT TO:<e@f>", "DATA"} {
		answer := await[session.Answered](k)
		if answer.To.Line != want || answer.ToID != last-4+session.ID(i) || answer.Unasked || answer.Late {
			t.Errorf("answer %d is to %q (%d)", i, answer.To.Line, answer.ToID)
		}
		if i == 4 {
			holdEnvelope(t, answer.State.(smtp.State))
		}
	}
}

// holdEnvelope looks at the State that a group has left.
func holdEnvelope(t *testing.T, state smtp.State) {
	t.Helper()
	if !state.InPayload() || state.Sender != "a@b" || len(state.Recipients) != 2 || state.Taken() != 1 {
		t.Errorf("folded to %+v", state)
	}
}

// TestWhereAGroupEnds: behind a command that changes what the others mean, a
// new write waits for its answer.
func TestWhereAGroupEnds(t *testing.T) {
	for _, test := range []struct{ lines, writes []string }{
		{[]string{"EHLO a", "MAIL FROM:<>"}, []string{"EHLO a", "MAIL FROM:<>"}},
		{[]string{"MAIL FROM:<>", "NOOP", "RCPT TO:<a@b>"}, []string{"MAIL FROM:<>+NOOP", "RCPT TO:<a@b>"}},
		{[]string{"RSET", "AUTH PLAIN AGEAYg==", "RSET"}, []string{"RSET", "AUTH PLAIN AGEAYg==", "RSET"}},
		{[]string{"RSET", "STARTTLS"}, []string{"RSET", "STARTTLS"}},
		{[]string{"RSET", "QUIT", "NOOP"}, []string{"RSET+QUIT"}},
		{[]string{"RSET", "GARBAGE", "RSET"}, []string{"RSET", "GARBAGE", "RSET"}},
		{[]string{"RCPT TO:<a@b>", "DATA", "Subject: x"}, []string{"RCPT TO:<a@b>+DATA", "Subject: x"}},
	} {
		k, each := grouped(t)
		k.Send(group(test.lines...))
		for _, want := range test.writes {
			got := strings.ReplaceAll(strings.TrimSuffix(<-each, "\r\n"), "\r\n", "+")
			if got != want {
				t.Errorf("%q: one write is %q, want %q", test.lines, got, want)
			}
			for range strings.Split(got, "+") {
				k.says("250 ok\r\n")
				await[session.Answered](k)
			}
		}
		k.Close()
	}
}

func TestAGroupWaitsForTheAnswerBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := greeted(t, session.Options{})
		k.Send(session.Line{Text: "EHLO a"})
		k.hears("EHLO a")
		k.Send(group("MAIL FROM:<>", "RCPT TO:<a@b>"))
		synctest.Wait()
		k.peer.SetReadDeadline(time.Now().Add(time.Minute))
		if line, err := k.lines.ReadString('\n'); err == nil {
			t.Fatalf("said %q before the answer", line)
		}
		k.peer.SetReadDeadline(time.Time{})
		k.says("250 b\r\n")
		k.hears("MAIL FROM:<>")
		k.hears("RCPT TO:<a@b>")
	})
}

// TestOfAGroupEachCanBeTakenBack, and what was never said comes back in order.
func TestOfAGroupEachCanBeTakenBack(t *testing.T) {
	k := greeted(t, session.Options{})
	k.Send(session.Line{Text: "EHLO a"})
	k.hears("EHLO a")
	last := k.Send(group("MAIL FROM:<>", "RCPT TO:<a@b>", "RCPT TO:<c@d>", "DATA"))
	if out, ok := k.Withdraw(last - 2); !ok || out.(session.Line).Text != "RCPT TO:<a@b>" {
		t.Fatalf("got %v %v", out, ok)
	}
	k.peer.Close()
	returned := await[session.Returned](k)
	if want := []string{"MAIL FROM:<>", "RCPT TO:<c@d>", "DATA"}; !slices.Equal(returned.Lines, want) {
		t.Errorf("came back: %q, want %q", returned.Lines, want)
	}
}

// TestAGroupHidesItsSecrets also where it comes back unsaid.
func TestAGroupHidesItsSecrets(t *testing.T) {
	k := greeted(t, session.Options{})
	k.Send(group("RSET", "AUTH PLAIN AGpvAHNlY3JldDE=", "NOOP"))
	k.hears("RSET")
	k.says("250 ok\r\n")
	k.hears("AUTH PLAIN AGpvAHNlY3JldDE=")
	k.says("535 no secret1 AGpvAHNlY3JldDE=\r\n")
	k.hears("NOOP")
	k.peer.Close()
	if shown := everything(k); strings.Contains(shown, "secret1") || strings.Contains(shown, "AGpvAHNl") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestAGroupWithALineEndInsideIsRefused(t *testing.T) {
	k := greeted(t, session.Options{})
	if id := k.Send(group("RSET", "NOOP\r\nQUIT")); id != 0 {
		t.Error("was queued")
	}
	if id := k.Send(session.Group{}); id != 0 {
		t.Error("an empty one has an ID")
	}
}
