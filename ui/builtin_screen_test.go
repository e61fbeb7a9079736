//go:build unix

package ui_test

import (
	"testing"

	"ehlo/ui/screentest"
)

// TestPracticeTypedInPractice begins it anew, changes over to another scenario,
// and tells when there is none of that name.
func TestPracticeTypedInPractice(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice")
	begin := func(line, shown string) {
		t.Helper()
		term.Press("Ctrl+U")
		term.Type(line)
		term.Press("Enter")
		term.WaitFor(shown)
	}
	term.WaitFor(" > /connect 4.79.181.18")
	begin("practice", " > /connect 4.79.181.18")
	term.WaitGone("are starting")
	begin("garbage.invalid", "The domain garbage.invalid")
	begin("practice", " > /connect 4.79.181.18")
	term.WaitGone("garbage.invalid")
	begin("practice greylist", " > /connect 192.0.2.25")
	term.WaitGone("4.79.181.18")
	enter(term)
	term.WaitFor("Next: EHLO")
	term.Type("QUIT")
	term.Press("Enter")
	term.WaitFor("not connected")
	begin("practice no-such", "There is no practice scenario called no-such.")
	term.WaitFor(" > practice no-such")
	begin("practice howto", " > /connect 4.79.181.18")
}
