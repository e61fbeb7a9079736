//go:build unix

package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ehlo/ui/screentest"
)

// TestJournal is there while the screen is, for its owner alone, holds what was
// said but no secret, and goes with it; a bad end leaves it.
func TestJournal(t *testing.T) {
	binary := screentest.Build(t, "ehlo")
	start := func() (*screentest.Terminal, string) {
		state := t.TempDir()
		term := screentest.Start(t, screentest.Options{Env: []string{"XDG_STATE_HOME=" + state}}, binary, "practice")
		term.WaitFor("/connect 4.79.181.18")
		enter(term)
		term.WaitFor("It is ready.")
		return term, state
	}
	find := func(state string) []string {
		paths, _ := filepath.Glob(filepath.Join(state, "ehlo", "*.journal"))
		return paths
	}
	term, state := start()
	paths := find(state)
	if len(paths) != 1 {
		t.Fatalf("journals: %q", paths)
	}
	if info, err := os.Stat(paths[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	leave(t, term)
	if paths := find(state); len(paths) != 0 {
		t.Errorf("after a clean exit: %q", paths)
	}

	term, state = start()
	term.Type("AUTH PLAIN AGpvZQBzZWNyZXQtd29yZA==")
	term.Press("Enter")
	term.WaitFor("Not sent yet") // in clear: asked once
	term.Press("Right", "Enter")
	term.WaitFor("<hidden>")
	term.Signal(syscall.SIGHUP)
	term.Wait()
	paths = find(state)
	if len(paths) != 1 {
		t.Fatalf("after a bad end: %q", paths)
	}
	text, _ := os.ReadFile(paths[0])
	if !strings.Contains(string(text), "220 mta101") || !strings.Contains(string(text), "AUTH PLAIN <hidden>") || strings.Contains(string(text), "AGpvZQBzZWNyZXQtd29yZA") {
		t.Errorf("the journal holds %q", text)
	}
}

// TestNoJournal: a folder that cannot be written costs a note, not the talk.
func TestNoJournal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	term := screentest.Start(t, screentest.Options{Env: []string{"XDG_STATE_HOME=" + file}}, screentest.Build(t, "ehlo"), "practice")
	term.WaitFor("The talk is kept in memory only")
	term.WaitFor("/connect 4.79.181.18")
	enter(term)
	term.WaitFor("It is ready.")
	leave(t, term)
}
