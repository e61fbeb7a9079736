package session_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/practice"
	"ehlo/session/smtp"
)

// TestDialogues plays each testdata/*.dialog over a net.Pipe: the session says
// the lines marked C:, the practice server is strict about every byte.
func TestDialogues(t *testing.T) {
	files, err := filepath.Glob("testdata/*.dialog")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dialogues: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".dialog"), func(t *testing.T) {
			seen := playDialogue(t, file)
			if want := asSeen(t, file); seen != want {
				t.Errorf("the events tell\n%s\nwant\n%s", seen, want)
			}
		})
	}
}

// playDialogue says every line of the client in file and returns what the
// events tell, in the form of the file.
func playDialogue(t *testing.T, file string) string {
	t.Helper()
	dialogue, err := practice.LoadDialogue(file)
	if err != nil {
		t.Fatal(err)
	}
	roots, err := dialogue.Roots()
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := net.Pipe()
	played := make(chan error, 1)
	go func() { played <- dialogue.Play(theirs) }()
	s := session.New(smtp.Dialect{}, session.Options{TLS: session.TLS{Roots: roots, RequireTrust: true}})
	s.Start(ours, session.Target{Host: "mail.example.com"})
	for _, line := range clientLines(t, file) {
		s.Send(session.Line{Text: line})
	}
	var seen strings.Builder
	for {
		events, err := s.Next(context.Background())
		if err != nil {
			break
		}
		for _, event := range events {
			tell(&seen, event)
		}
	}
	<-s.Done()
	if err := <-played; err != nil {
		t.Error(err)
	}
	return seen.String()
}

func tell(b *strings.Builder, event session.Event) {
	switch event := event.(type) {
	case session.Said:
		b.WriteString("C: " + event.Command.Line + "\n")
	case session.Heard:
		for _, line := range event.Lines {
			b.WriteString("S: " + line.Text + "\n")
		}
	case session.Passed:
		if event.Stage == session.StageTLS {
			b.WriteString("TLS\n")
		}
	}
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// clientLines are the lines to be typed: a doubled dot stands single, as the
// session doubles it.
func clientLines(t *testing.T, file string) (typed []string) {
	for _, line := range lines(t, file) {
		if text, ok := strings.CutPrefix(line, "C: "); ok {
			if strings.HasPrefix(text, "..") {
				text = text[1:]
			}
			typed = append(typed, text)
		}
	}
	return typed
}

// asSeen is the file as the events should tell it.
func asSeen(t *testing.T, file string) string {
	var b strings.Builder
	for _, line := range lines(t, file) {
		if strings.HasPrefix(line, "#") || line == "CLOSE" {
			continue
		}
		b.WriteString(strings.Replace(line, "C: ..", "C: .", 1) + "\n")
	}
	return b.String()
}
