//go:build unix

package ui_test

import (
	"strings"
	"syscall"
	"testing"

	"ehlo/ui/screentest"
)

// TestFirstScreen is what a newcomer meets: the route of the how-to's example,
// the first choice marked, the call standing ready in the prompt.
func TestFirstScreen(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice")
	term.WaitFor("Mail for catium.com goes to 2 servers at Yahoo.")
	term.WaitFor("/connect 4.79.181.18")
	for _, want := range []string{
		"try first    mx1.biz.mail.yahoo.com               20", " >              4.79.181.18",
		"then         mx5.biz.mail.yahoo.com               30", "svl0dc03.sv.us.sonicwall.com (10.50.128.52)",
		"good for 30 minutes.", "paper addresses",
	} {
		if !strings.Contains(term.Text(), want) {
			t.Errorf("the first screen lacks %q:\n%s", want, term.Text())
		}
	}
	term.WaitCursor(len(" > /connect 4.79.181.18"), 21)
	leave(t, term)
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

// TestFigure2 types the how-to's Figure 2 word for word.
func TestFigure2(t *testing.T) {
	term := screentest.Start(t, screentest.Options{Width: 120, Height: 40}, screentest.Build(t, "ehlo"), "practice")
	term.WaitFor("/connect 4.79.181.18")
	enter(term)
	term.WaitFor("Yahoo's mail server. It is ready.")
	for _, step := range []struct{ line, answer string }{
		{"ehlo Jean-Marc here", "is not a valid name"},
		{"", "Accepts messages up to 32 MB"},
		{"mail from:<>", "250 null sender <> ok"},
		{"rcpt to:<jcatalaa@catium.com>", "250 recipient <jcatalaa@catium.com> ok"},
		{"data", "354 go ahead"},
		{"Subject: Hello, Hola", "> Subject: Hello, Hola"},
		{"How are you?", "> How are you?"},
		{".", "The message has no From header."},
		{"", "250 ok dirdel"},
		{"quit", "Goodbye."},
	} {
		term.Type(step.line)
		term.Press("Enter")
		term.WaitFor(step.answer)
	}
	term.WaitFor("not connected")
	leave(t, term)
}

// TestGuidedSend walks the guide by its own keys to a message taken.
func TestGuidedSend(t *testing.T) {
	for _, flags := range [][]string{{"practice"}, {"practice", "--ascii", "--no-color"}} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), flags...)
			term.WaitFor("/connect 4.79.181.18")
			term.Press("F5")
			for _, step := range []struct{ shown, typed string }{
				{"Question 1", ""},
				{"Question 2", ""},
				{"Question 3", ""},
				{"Question 4", "helpdesk@example.org"},
				{"Question 5", "Hello, Hola"},
				{"Text", "How are you?"},
				{"Text", "."},
				{"Send it?", "y"},
			} {
				term.WaitFor(step.shown)
				term.Type(step.typed)
				enter(term)
			}
			sendOffered(term, "[message,")
			term.WaitFor("It left our hands.")
			term.WaitFor("Taken. It may still be filed as junk.")
			term.WaitFor("What now?")
			term.Press("4")
			term.WaitFor("221 ")
			leave(t, term)
		})
	}
}

// enter takes what is offered as one's own, by an arrow, and sends it: an Enter
// right upon the arrival of an offer is not taken for it.
func enter(term *screentest.Terminal) { term.Press("Right", "Enter") }

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

// TestTerminalIsGivenBack holds every way out but a panic, which ui/terminal
// tests.
func TestTerminalIsGivenBack(t *testing.T) {
	binary := screentest.Build(t, "ehlo")
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			term := screentest.Start(t, screentest.Options{}, binary, "practice")
			term.WaitFor("/connect 4.79.181.18")
			term.Signal(signal)
			if code := term.Wait(); code != 128+int(signal) {
				t.Errorf("exit %d", code)
			}
			term.Restored()
		})
	}
	t.Run("Ctrl+C twice", func(t *testing.T) {
		term := screentest.Start(t, screentest.Options{}, binary, "practice")
		term.WaitFor("/connect 4.79.181.18")
		term.Press("Ctrl+c")
		term.WaitFor("Ctrl+C again quits")
		term.Press("Ctrl+c")
		if code := term.Wait(); code != 130 {
			t.Errorf("exit %d", code)
		}
		term.Restored()
	})
}

// TestVersionAsksTheTerminalNothing guards the start: a query costs seconds on
// a terminal that does not answer.
func TestVersionAsksTheTerminalNothing(t *testing.T) {
	term := screentest.Start(t, screentest.Options{Mute: true}, screentest.Build(t, "ehlo"), "version")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit %d", code)
	}
	if raw := string(term.Raw()); strings.Contains(raw, "\x1b") || !strings.HasPrefix(raw, "ehlo ") {
		t.Errorf("wrote %q", raw)
	}
}

// TestTheServerIsSilent opens the break menu while nothing comes, and leaves
// the wait by it.
func TestTheServerIsSilent(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice", "silent")
	term.WaitFor("/connect")
	enter(term)
	term.WaitFor("It is ready.")
	for _, line := range []string{"EHLO pc17.example.org", "MAIL FROM:<>"} {
		term.Type(line)
		term.Press("Enter")
		term.WaitFor("250 ")
	}
	term.WaitFor("[TO]")
	term.Type("RCPT TO:<anna@example.org>")
	term.Press("Enter")
	term.WaitFor("Waiting")
	term.Press("Ctrl+]")
	term.WaitFor("Stop waiting")
	term.Type("2")
	term.WaitFor("Stopped, as you asked.")
	term.Type("QUIT")
	term.Press("Enter")
	term.Press("Ctrl+]")
	term.WaitFor("4  Hang up")
	term.Type("4")
	term.WaitFor("We hung up.")
	leave(t, term)
}
