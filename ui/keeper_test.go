package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// kept returns the lines of a history file.
func kept(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// TestLinesAreKeptBetweenRuns when that is switched on: no secret, no text of a
// message, no answer to a question, for nobody else's eyes.
func TestLinesAreKeptBetweenRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "ehlo", "history")
	keeps := func(c *Config) { c.History = path }
	n, server := heardBy("AUTH LOGIN PLAIN")
	server.answers["AUTH"] = "235 ok"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "/status", "AUTH PLAIN AGpvAHNlY3JldA==", "", "RSET", "MAIL FROM:<a@b>", "RCPT TO:<c@d.example>", "DATA")
		d.types("From: a@b", "", "a private word", ".", "QUIT")
		d.press("f10")
		d.types("n")
		d.wait(time.Second)
	}, keeps)
	want := []string{"EHLO me.example", "/status", "RSET", "MAIL FROM:<a@b>", "RCPT TO:<c@d.example>", "DATA", "QUIT"}
	if got := kept(t, path); !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.press("up", "up")
		if typed := d.prompt.Typed(); typed != "DATA" {
			t.Errorf("the next run remembers %q", typed)
		}
		d.press("ctrl+u", "ctrl+r")
		d.letters("c@d")
		d.shows(" > RCPT TO:<c@d.example>")
	}, keeps)
}

// TestNothingIsKeptByItself.
func TestNothingIsKeptByItself(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_STATE_HOME", home)
	drives(t, "192.0.2.1:25", greets(), func(d *drive) { d.types("EHLO me.example", "QUIT") })
	if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestAFileThatGrew is cut to its newest lines; one that others could read is
// shut; half a line at the cut is dropped.
func TestAFileThatGrew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	var text strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&text, "NOOP %d\xff\x1b[31m\n", i)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	lines := newKeeper(path).recall()().(remembered)
	if len(lines) != keptAtStart || lines[len(lines)-1] != "NOOP 19999\xff\x1b[31m" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	if again := kept(t, path); len(again) != keptAtStart {
		t.Errorf("%d lines are left", len(again))
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

// TestAFileThatCannotBe stops nobody.
func TestAFileThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO me.example")
		d.wait(time.Second)
		d.hears("EHLO me.example", "250-mx1")
	}, func(c *Config) { c.History = filepath.Join(file, "beneath") })
}
