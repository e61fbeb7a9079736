//go:build unix

package ui_test

import (
	"testing"

	"ehlo/ui/screentest"
)

// TestTooSmall says what is needed, and draws again when the window grows; the
// line stays open and what is typed stays typed.
func TestTooSmall(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice")
	term.WaitFor("/connect 4.79.181.18")
	enter(term)
	term.WaitFor("It is ready.")
	term.Type("EHLO pc17")
	term.WaitFor(" > EHLO pc17")
	for _, size := range []struct{ w, h int }{{32, 8}, {80, 9}, {39, 24}} {
		term.Resize(size.w, size.h)
		term.WaitFor("ehlo needs 40 x 10.")
		term.WaitFor("nothing is lost.")
	}
	term.Type(".example")
	term.Resize(40, 10)
	term.WaitFor(" > EHLO pc17.example")
	term.WaitFor("[HELLO] is next")
	term.Resize(120, 40)
	term.WaitFor("not encrypted")
	term.Press("Enter")
	term.WaitFor("250 PIPELINING")
	leave(t, term)
}
