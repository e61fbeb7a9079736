package ui

import (
	"testing"
	"time"
)

// TestHintsFollowThePrompt: with a text under an open list the hints are those
// of the text, and its line lowers the list.
func TestHintsFollowThePrompt(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO me.example")
		d.wait(time.Second)
		d.press("ctrl+]")
		d.shows("Break: ", "1-8 choose")
		d.letters("NOOP")
		d.shows("Break: ", "Enter send", "Ctrl+U clear the line, then choose", "Esc close this list")
		d.hides("1-8 choose", "take it")
		d.press("ctrl+u")
		d.shows("1-8 choose")
		d.letters("NOOP4")
		d.press("enter")
		d.wait(time.Second)
		d.hears("NOOP4")
		d.hides("Break: ", "1-8 choose")
	})
}

// TestHintsOverTheWaysToSignIn say whose the arrows are.
func TestHintsOverTheWaysToSignIn(t *testing.T) {
	n, _ := heardBy("AUTH LOGIN")
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "AUTH LOGIN", "y")
		d.shows("Sign in: how?", "1-")
		d.letters("joe")
		d.shows("Enter keep the line, then choose")
		d.press("enter")
		d.letters("e")
		d.shows("Enter keep the line, then choose")
		d.press("enter", "up")
		d.shows("Up Down choose", "Ctrl+U clear the line")
		d.press("esc")
		d.hides("Sign in: how?")
		if typed := d.prompt.Typed(); typed != "joee" {
			t.Errorf("the prompt holds %q", typed)
		}
	})
}
