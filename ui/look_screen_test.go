//go:build unix

package ui_test

import (
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// walker looks around: it has arrows, Enter, Tab, Esc and digits, and no letter.
type walker struct {
	*testing.T
	term *screentest.Terminal
}

// walks begins in practice at 80x24.
func walks(t *testing.T, flags ...string) walker {
	t.Helper()
	return walker{t, screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), append([]string{"practice"}, flags...)...)}
}

// press presses keys, each of which must lead around.
func (w walker) press(names ...string) {
	w.Helper()
	for _, name := range names {
		if !strings.Contains(" Up Down Left Right Enter Tab Esc ", " "+name+" ") && (len(name) != 1 || name < "0" || name > "9") {
			w.Fatalf("%q is no key to look around with", name)
		}
		w.term.Press(name)
	}
}

// sees waits until a row shows each text, in any order.
func (w walker) sees(texts ...string) {
	w.Helper()
	for _, text := range texts {
		w.term.WaitFor(text)
	}
}

// send takes the offered line as one's own and sends it.
func (w walker) send() { w.press("Right", "Enter") }

// tries takes a row of what may be tried, sends it, and waits for the answer.
func (w walker) tries(digit, line, answer string) {
	w.Helper()
	w.press("Enter")
	w.sees("Look around")
	w.press(digit)
	w.term.WaitGone("Look around")
	w.sees(" > " + line)
	w.send()
	w.sees(answer)
	w.term.WaitUntil("an empty prompt", func(rows []string) bool { return rows[len(rows)-3] == " >" })
}

// lesson opens the lesson of what is chosen, and comes back.
func (w walker) lesson(back string, texts ...string) {
	w.Helper()
	w.press("Enter")
	w.sees("[Lesson]")
	w.sees(texts...)
	w.press("Esc")
	w.sees("[" + back + "]")
}

// looksAway leaves the lines of the talk. An Esc is waited for: with a key right
// behind it, it would be another key.
func (w walker) looksAway() {
	w.Helper()
	w.press("Esc")
	w.term.WaitUntil("no line looked at", func(rows []string) bool {
		for _, row := range rows {
			if strings.HasPrefix(row, ">") {
				return false
			}
		}
		return true
	})
}

// TestLookAround goes from the route to a server, says hello, walks its keywords
// and opens each lesson, walks the lines of the talk, tries what is harmless,
// sees certificate and ladder, says goodbye, and comes back for another call.
func TestLookAround(t *testing.T) {
	w := walks(t, "starttls")
	w.sees("[Route]", "/connect ")
	w.press("Down", "Up")
	w.send()
	w.sees("A mail server: Postfix. It is ready.", ">[HELLO]")

	w.tries("1", "EHLO ", "250 DSN")
	w.press("Enter")
	w.sees("Look around")
	w.press("9")
	for _, keyword := range []struct{ name, rfc string }{
		{"PIPELINING", "RFC 2920"},
		{"SIZE", "RFC 1870"},
		{"ENHANCEDSTATUSCODES", "RFC 2034"},
		{"8BITMIME", "RFC 6152"},
		{"SMTPUTF8", "RFC 6531"},
		{"STARTTLS", "RFC 3207"},
		{"DSN", "RFC 3461"},
	} {
		w.sees("[Offers]", ">√ "+keyword.name)
		w.lesson("Offers", "   "+keyword.name+" ", keyword.rfc)
		w.press("Down")
	}
	w.press("Esc")
	w.sees("[Talk]")

	w.press("Down") // the newest line
	w.sees(">  250 DSN")
	w.lesson("Talk", "RFC 3461")
	w.press("Up")
	w.lesson("Talk", "RFC 3207", "You may say next")
	w.press("Up", "Up", "Up", "Up", "Up", "Up", "Up")
	w.lesson("Talk", "RFC 5321 section 4.1.1.1", "Asks")
	w.press("Up")
	w.lesson("Talk", "The greeting", "It is Postfix.", "EHLO ")
	w.looksAway()

	w.tries("3", "HELP", "214")
	w.tries("4", "NOOP", "250")
	w.tries("5", "VRFY postmaster", "252")
	w.tries("6", "RSET", "forgotten")
	w.tries("2", "STARTTLS", "Encrypted")
	w.tries("1", "EHLO ", "250 DSN")

	w.press("Right", "Right")
	w.sees("[Offers]", "Compared with the list before encryption")
	w.press("Right")
	w.sees("[TLS]", "√ Encrypted", "√ Name fits", "√ Trusted")
	w.sees("> TLS >") // the ladder has it done
	w.press("Esc")
	w.sees("[Talk]")

	w.tries("7", "QUIT", "221 ")
	w.sees("not connected")
	w.press("Right")
	w.sees("[Route]")
	w.press("Down")
	w.sees("/connect ")
	w.send()
	w.sees("[Talk]", ">[HELLO]")
	leave(t, w.term)
}

// TestLookForAnotherServer chooses the second server of the list, and from the
// talk another address of the route.
func TestLookForAnotherServer(t *testing.T) {
	w := walks(t, "howto", "--ascii", "--no-color")
	w.sees("/connect 4.79.181.18")
	w.press("Down", "Down", "Down")
	w.sees("/connect 68.142.224.244")
	w.send()
	w.sees("Yahoo's mail server. It is ready.", "mx5.biz.mail.yahoo.com:25")
	w.press("Esc")
	w.sees("Look around")
	w.press("8")
	w.sees("Look around: a digit")
	w.press("8")
	w.sees(">+ 220 ")
	w.lesson("Talk", "The greeting", "It is run by Yahoo.")
	w.looksAway()
	w.press("Right")
	w.sees("[Route]")
	w.press("Up")
	w.sees("/connect 209.191.89.172")
	w.press("Esc")
	w.sees("[Talk]")
	w.press("Tab")
	w.sees("You may say now", " > EHLO")
	w.press("Esc")
	w.term.WaitGone("You may say now")
	w.press("Esc")
	w.sees("Break: ")
	w.press("Esc")
	w.term.WaitGone("Break: ")
	leave(t, w.term)
}
