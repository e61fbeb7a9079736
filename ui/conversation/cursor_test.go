package conversation

import (
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/ui/theme"
)

// TestWalk looks at each line of a talk, from the newest to the oldest and
// back: each is brought into sight, marked, and told of.
func TestWalk(t *testing.T) {
	m := pane(t, 80, 5, "talk")
	if _, on := m.Looked(); on {
		t.Fatal("a line is looked at before anybody walks")
	}
	var lines []string
	for m.Walk(-1) {
		subject, ok := m.Looked()
		marked := ""
		for _, row := range shown(m) {
			if strings.HasPrefix(row, ">") {
				marked = row
			}
		}
		if start, _, _ := strings.Cut(subject.Line, " "); !ok || !strings.Contains(marked, start) {
			t.Fatalf("looking at %q, marked is %q\n%s", subject.Line, marked, strings.Join(shown(m), "\n"))
		}
		if len(lines) > 0 && lines[len(lines)-1] == subject.Line {
			break
		}
		lines = append(lines, subject.Line)
	}
	if first := lines[len(lines)-1]; !strings.HasPrefix(first, "220 ") || m.Following() {
		t.Errorf("the walk ends at %q, following %v", first, m.Following())
	}
	for range lines {
		m.Walk(1)
	}
	if subject, _ := m.Looked(); subject.Line != lines[0] || !m.Following() {
		t.Errorf("back at %q, want %q; following %v", subject.Line, lines[0], m.Following())
	}
	m.LookAway()
	if _, on := m.Looked(); on {
		t.Error("still looking")
	}
}

// TestLooked tells of each line what it is and what it belongs to.
func TestLooked(t *testing.T) {
	m := pane(t, 80, 40, "talk")
	seen := map[string]Subject{}
	for range m.Store().Len() {
		m.Walk(-1)
		subject, _ := m.Looked()
		seen[subject.Line] = subject
	}
	if hello := seen["EHLO pc17.example.org"]; !hello.Sent || hello.Command.Verb != smtp.EHLO {
		t.Errorf("our hello is %+v", hello)
	}
	if size := seen["250-SIZE 31981568"]; size.Sent || size.First || size.Command.Verb != smtp.EHLO || size.Reply.Code != 250 || len(size.Reply.Lines) < 4 {
		t.Errorf("the size is %+v", size)
	}
	greeting := seen["220 mta101.biz.mail.mud.yahoo.com ESMTp YSmtp service ready"]
	if greeting.Reply.Class != session.Yes || !greeting.First || greeting.Command.Verb != "" {
		t.Errorf("the greeting is %+v", greeting)
	}
	empty := New(theme.New(theme.Options{}))
	if empty.Walk(-1) || empty.Walk(1) {
		t.Error("there is nothing to look at")
	}
}
