package imap_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"ehlo/session"
	"ehlo/session/imap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// talk says lines in a session, one after the answer to the other, to a server
// that follows a script: "S:" what it says, "C:" what it must hear, a literal
// without line end behind "L:". It returns all that was seen.
func talk(t *testing.T, script string, lines ...string) (seen []string, last imap.State) {
	t.Helper()
	ours, theirs := net.Pipe()
	fault := make(chan error, 1)
	go func() { fault <- follow(theirs, script) }()
	s := session.New(imap.Dialect{}, session.Options{Timeouts: session.EveryStage(20 * time.Second)})
	defer func() { <-s.Done() }()
	s.Start(ours, session.Target{Host: "imap.example.org"})
	for _, line := range lines {
		s.Send(session.Line{Text: line})
	}
	for {
		events, err := s.Next(t.Context())
		if err != nil {
			break
		}
		for _, event := range events {
			switch event := event.(type) {
			case session.Said:
				seen = append(seen, "C: "+event.Command.Line)
			case session.Heard:
				for _, line := range event.Lines {
					seen = append(seen, "S: "+line.Text)
				}
			case session.Answered:
				if event.Reply.Class != session.Data {
					seen = append(seen, fmt.Sprintf("-- %v to %q", event.Reply.Class, event.To.Verb))
				}
				if state, ok := event.State.(imap.State); ok {
					last = state
				}
			}
		}
	}
	if err := <-fault; err != nil {
		t.Error(err)
	}
	return seen, last
}

// follow is the server's side of a script.
func follow(conn net.Conn, script string) error {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for line := range strings.Lines(script) {
		who, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		var heard string
		var err error
		switch who {
		case "S":
			_, err = io.WriteString(conn, strings.ReplaceAll(text, "|", "\r\n")+"\r\n")
			heard = text
		case "C":
			heard, err = in.ReadString('\n')
			heard = strings.TrimSuffix(heard, "\r\n")
		}
		if err != nil || heard != text {
			return fmt.Errorf("heard %q, want %q (%v)", heard, text, err)
		}
	}
	return nil
}

// TestConversation holds a talk on the one road: literals of both sides, data
// in between, what eyes see of it, and the end.
func TestConversation(t *testing.T) {
	seen, state := talk(t, `S: * OK [CAPABILITY IMAP4rev1] hello
C: a1 LOGIN "anna" {9}
S: + go on
C: pässwort
S: * CAPABILITY IMAP4rev1
S: a1 OK in
C: a2 EXAMINE Bulk
S: * 1 EXISTS
S: a2 OK open
C: a3 FETCH 1 BODY.PEEK[HEADER]
S: * 1 FETCH (BODY[HEADER] {15}|A: b|a4 NO||)
S: a3 OK done
C: a4 LOGOUT
S: * BYE bye
S: a4 OK out
`, `login "anna" "pässwort"`, "examine Bulk", "fetch 1 BODY.PEEK[HEADER]", "logout")
	want := []string{
		"S: * OK [CAPABILITY IMAP4rev1] hello", `-- yes to ""`,
		"C: a1 LOGIN \"anna\" {9}\r\n<hidden>", "S: + go on", `-- go on to "LOGIN"`,
		"S: * CAPABILITY IMAP4rev1", "S: a1 OK in", `-- yes to "LOGIN"`,
		"C: a2 EXAMINE Bulk", "S: * 1 EXISTS", "S: a2 OK open", `-- yes to "EXAMINE"`,
		"C: a3 FETCH 1 BODY.PEEK[HEADER]", "S: * 1 FETCH (BODY[HEADER] {15}", "S: A: b", "S: a4 NO", "S: ", "S: )", "S: a3 OK done", `-- yes to "FETCH"`,
		"C: a4 LOGOUT", "S: * BYE bye", "S: a4 OK out", `-- yes to "LOGOUT"`,
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	if len(state.Fetched) != 1 || state.Fetched[0].Header != "A: b\r\na4 NO\r\n\r\n" || !state.Over {
		t.Errorf("%+v", state)
	}
}

// TestTypedByHand holds what people type themselves: their own tags, literals
// and a sign-in in parts, which is secret.
func TestTypedByHand(t *testing.T) {
	seen, _ := talk(t, `S: * OK hello
C: x1 LOGIN anna {6}
S: + go on
C: secret
S: x1 NO it was secret
C: a3 AUTHENTICATE PLAIN
S: + 
C: AGFubmEAc2VjcmV0
S: a3 OK in
C: a5 LOGOUT
S: a5 OK out
`, "x1 login anna {6}", "secret", "authenticate PLAIN", "AGFubmEAc2VjcmV0", "logout")
	want := []string{
		"S: * OK hello", `-- yes to ""`,
		"C: x1 LOGIN anna {6}", "S: + go on", `-- go on to "LOGIN"`, "C: <hidden>", "S: x1 NO it was <hidden>", `-- no to "LOGIN"`,
		"C: a3 AUTHENTICATE PLAIN", "S: + ", `-- go on to "AUTHENTICATE"`, "C: <hidden>", "S: a3 OK in", `-- yes to "AUTHENTICATE"`,
		"C: a5 LOGOUT", "S: a5 OK out", `-- yes to "LOGOUT"`,
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
}
