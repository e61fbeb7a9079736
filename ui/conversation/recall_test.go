package conversation

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
	"ehlo/session/transcript"
	"ehlo/ui/theme"
)

// journalled returns what a run that was killed leaves of events.
func journalled(t *testing.T, events []session.Event) *transcript.Recovered {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	store := &transcript.Transcript{}
	store.SpillTo(file, 1<<30)
	for _, event := range events {
		store.Append(event)
	}
	store.Close()
	left, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	old, err := transcript.Recover(bytes.NewReader(left), int64(len(left)))
	if err != nil {
		t.Fatal(err)
	}
	return old
}

// exchange is a line and its answer, as a session tells them.
func exchange(id session.ID, state session.State, line string, answer ...string) ([]session.Event, session.State) {
	begun := time.Unix(1178640904, 0).Add(time.Duration(id) * time.Second)
	command := smtp.Dialect{}.Parse(line, state)
	framer := smtp.Dialect{}.Frame(state)
	var events []session.Event
	if line != "" {
		events = append(events, session.Said{Stamp: session.Stamp{At: begun}, ID: id, Command: command})
		state = state.Sent(command)
	} else {
		command = session.Command{}
	}
	if len(answer) == 0 {
		return events, state
	}
	heard := session.Heard{Stamp: session.Stamp{At: begun.Add(time.Second / 5)}, To: command}
	for i, text := range answer {
		framer.Take([]byte(text), 0)
		heard.Lines = append(heard.Lines, session.HeardLine{Text: text, First: i == 0})
	}
	reply := framer.Reply()
	answered := session.Answered{Stamp: heard.Stamp, Reply: reply, To: command, ToID: id, Took: time.Second / 5}
	if line == "" {
		answered.ToID = 0
	}
	return append(events, heard, answered), state.Heard(reply)
}

// TestRecall shows an old talk as it was shown then: meanings, marks, times,
// between two notes.
func TestRecall(t *testing.T) {
	state := smtp.Dialect{}.Start()
	var talk []session.Event
	for id, lines := range [][]string{
		{"", "220 mx1.example.com ESMTP"},
		{"EHLO here.example", "250-mx1.example.com", "250-SIZE 100", "250 8BITMIME"},
		{"MAIL FROM:<a@here.example>", "250 2.1.0 ok"},
		{"RCPT TO:<nobody@example.com>", "550 5.1.1 no such user"},
		{"RCPT TO:<b@example.com>", "250 ok"},
		{"DATA", "354 go on"},
		{"QUIT is a word of the text"},
		{".", "250 taken"},
	} {
		var events []session.Event
		events, state = exchange(session.ID(id), state, lines[0], lines[1:]...)
		talk = append(talk, events...)
	}
	then, now := New(theme.New(theme.Options{NoColor: true})), New(theme.New(theme.Options{NoColor: true}))
	then.SetSize(100, 40)
	now.SetSize(100, 40)
	then.Append(talk...)
	if err := now.Recall(journalled(t, talk), time.Date(2007, 5, 8, 16, 15, 0, 0, time.UTC), time.Unix(1178650000, 0)); err != nil {
		t.Fatal(err)
	}
	old, shown := rowsOf(then), rowsOf(now)
	if len(shown) != len(old)+2 || !strings.Contains(shown[0], "An old talk, of 8 May 16:15") || !strings.Contains(shown[len(shown)-1], "Here the old talk was cut off") {
		t.Fatalf("%s\n\n%s", strings.Join(old, "\n"), strings.Join(shown, "\n"))
	}
	if got := shown[1 : len(shown)-1]; !slices.Equal(got, old) {
		t.Errorf("then:\n%s\n\nnow:\n%s", strings.Join(old, "\n"), strings.Join(got, "\n"))
	}
}

// rowsOf are the rows that are not empty.
func rowsOf(m Model) []string {
	return slices.DeleteFunc(strings.Split(m.View(), "\n"), func(row string) bool { return strings.TrimSpace(row) == "" })
}
