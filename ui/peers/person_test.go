//go:build peers && unix

package peers

import (
	"slices"
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// What a person does at the screen, and what a person sees.

// screen starts the built program in a terminal high enough for a whole talk.
func screen(t *testing.T, args ...string) *screentest.Terminal {
	t.Helper()
	flags := []string{"--hello", "pc17.sender.example", "--from", "me@sender.example", "--port", port(t)}
	if !slices.Contains(args, "--dns") {
		flags = append(flags, "--dns", dns)
	}
	return screentest.Start(t, screentest.Options{Width: 120, Height: 90}, binary, append(flags, args...)...)
}

// connect takes the first choice of the route.
func connect(term *screentest.Terminal) {
	term.WaitFor("/connect 127.0.0.1")
	enter(term)
	term.WaitFor("220 mx." + domain)
}

// enter takes what is offered as one's own, by an arrow, and sends it: an Enter
// right upon the arrival of an offer is not taken for it.
func enter(term *screentest.Terminal) { term.Press("Right", "Enter") }

// step is a line that is typed, and what the screen shows upon it.
type step struct{ line, answer string }

func talk(term *screentest.Terminal, steps ...step) {
	for _, s := range steps {
		term.Type(s.line)
		term.Press("Enter")
		term.WaitFor(s.answer)
	}
}

// answer walks the questions of the guide: what is offered is taken for the
// first four, then come the subject and the text, and the yes to all of it.
func answer(term *screentest.Terminal, subject string, text ...string) {
	term.WaitFor("/connect 127.0.0.1")
	term.Press("F5")
	steps := []step{{"", "Question 1"}, {"", "Question 2"}, {"", "Question 3"}, {"", "Question 4"}, {subject, "Question 5"}}
	for _, line := range append(text, ".") {
		steps = append(steps, step{line, "Text"})
	}
	for _, s := range append(steps, step{"y", "Send it?"}) {
		term.WaitFor(s.answer)
		term.Type(s.line)
		enter(term)
	}
}

// sendOffered sends an offer that cannot be made one's own. Enter is pressed
// whenever the screen is drawn, as the first may come too soon for the offer.
func sendOffered(term *screentest.Terminal, offer string) {
	term.WaitFor(offer)
	term.WaitUntil("the offer is sent", func(rows []string) bool {
		if strings.Contains(strings.Join(rows, "\n"), offer) {
			term.Press("Enter")
			return false
		}
		return true
	})
}

// shows waits for all of some texts.
func shows(t *testing.T, term *screentest.Terminal, texts ...string) {
	t.Helper()
	for _, text := range texts {
		term.WaitFor(text)
	}
}

// inOrder expects texts on the screen, each below the one before.
func inOrder(t *testing.T, term *screentest.Terminal, texts ...string) {
	t.Helper()
	rest := term.Text()
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Fatalf("%q is not shown, or out of order, in\n%s", text, term.Text())
		}
		rest = after
	}
}

// leave quits by key and expects the terminal as it was.
func leave(t *testing.T, term *screentest.Terminal) {
	t.Helper()
	term.Press("F10")
	term.WaitFor("Quit ehlo?")
	term.Type("y")
	term.Press("Enter")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit %d", code)
	}
	term.Restored()
}
