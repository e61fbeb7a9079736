//go:build peers && unix

package peers

import (
	"bytes"
	"io"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"strings"
	"testing"

	"ehlo/ui/screentest"
)

// TestScreenByHand walks the whole road by typing: the route from the real
// NSD, the talk with the real Postfix, a message line by line.
func TestScreenByHand(t *testing.T) {
	box := open(t, "anna")
	term := screen(t, "anna@"+domain)
	shows(t, term, "Mail for "+domain+" goes to 2 servers.", "try first    mx."+domain, "then         backup."+domain, "Asked "+dns, "authoritative")
	connect(term)
	talk(
		term,
		step{"EHLO pc17.sender.example", "250-STARTTLS"},
		step{"STARTTLS", "encrypted, not trusted"},
		step{"EHLO pc17.sender.example", "[FROM]"},
		step{"MAIL FROM:<me@sender.example>", "250 2.1.0 Ok"},
		step{"RCPT TO:<anna@" + domain + ">", "250 2.1.5 Ok"},
		step{"DATA", "354 End data"},
	)
	for _, line := range typed {
		term.Type(line)
		term.Press("Enter")
	}
	shows(t, term, "Its dot is doubled on the way.")
	talk(term, step{".", "It left our hands."}, step{"QUIT", "221 2.0.0 Bye"})
	shows(t, term, "not connected")
	leave(t, term)
	same(t, box.next(), []byte(strings.Join(typed, "\n")+"\n"))
}

// typed is a message as it is typed by hand. Its leading dots are doubled on
// the way (RFC 5321 section 4.5.2), so that it comes as it was typed.
var typed = []string{
	"From: me@sender.example", "Subject: by hand", "", ".a dot first", "..", "...", "", "/etc/hosts is text",
	"//so is this", "From here on", "8-bit: d\u00e9j\u00e0 vu", "trailing  ", " leading blank", "", "the end",
}

// TestScreenGuided answers the questions; from then on the guide goes by
// itself, by way of STARTTLS, to the message.
func TestScreenGuided(t *testing.T) {
	box := open(t, "otto")
	term := screen(t, "--ca", ca, "otto@"+domain)
	answer(term, "Caf\u00e9 at ten", ".a dot first", "", "d\u00e9j\u00e0 vu")
	sendOffered(term, "[message,")
	term.WaitFor("It left our hands.")
	inOrder(
		t, term, "> EHLO pc17", "250-STARTTLS", "> STARTTLS", "220 2.0.0", "> EHLO pc17", "> MAIL FROM:<me@sender.example>",
		"> RCPT TO:<otto@"+domain+">", "> DATA", "354 End data", "queued as",
	)
	shows(t, term, "Taken. It may still be filed as junk.", "What now?", "√ Encrypted, TLS 1.3")
	term.Press("4")
	term.WaitFor("221 2.0.0 Bye")
	leave(t, term)
	composed(t, box.next())
	if filed, err := os.ReadFile(box.path); err != nil || !bytes.Contains(filed, []byte("with ESMTPS")) {
		t.Errorf("Postfix did not take it encrypted (%v)", err)
	}
}

// composed expects the header of a guided send, and its text to the byte.
func composed(t *testing.T, got []byte) {
	t.Helper()
	message, err := mail.ReadMessage(bytes.NewReader(got))
	if err != nil {
		t.Fatalf("%v in\n%s", err, got)
	}
	for field, want := range map[string]string{
		"From": "me@sender.example", "To": "otto@" + domain, "Subject": "=?utf-8?q?Caf=C3=A9_at_ten?=",
		"Mime-Version": "1.0", "Content-Transfer-Encoding": "quoted-printable", "Content-Type": "text/plain; charset=utf-8", "Date": "", "Message-Id": "@",
	} {
		if said := message.Header.Get(field); said == "" || !strings.Contains(strings.ToLower(said), strings.ToLower(want)) {
			t.Errorf("%s: %q, want %q", field, said, want)
		}
	}
	text, err := io.ReadAll(quotedprintable.NewReader(message.Body))
	if err != nil {
		t.Fatalf("%v in\n%s", err, got)
	}
	same(t, text, []byte(".a dot first\n\nd\u00e9j\u00e0 vu\n"))
}

// TestScreenRefused ends in NO: by the guide, and by hand.
func TestScreenRefused(t *testing.T) {
	t.Run("guided", func(t *testing.T) {
		term := screen(t, "nobody@"+domain)
		answer(term, "Hello", "How are you?")
		refused(t, term)
		shows(t, term, "What now?")
		leave(t, term)
	})
	t.Run("by hand", func(t *testing.T) {
		term := screen(t, "nobody@"+domain)
		connect(term)
		talk(
			term,
			step{"EHLO pc17.sender.example", "[FROM]"},
			step{"MAIL FROM:<>", "250 2.1.0 Ok"},
			step{"RCPT TO:<nobody@" + domain + ">", "550 5.1.1"},
		)
		refused(t, term)
		talk(term, step{"QUIT", "221 2.0.0 Bye"})
		leave(t, term)
	})
}

// refused expects the verdict of an unknown user, whole in the head.
func refused(t *testing.T, term *screentest.Terminal) {
	t.Helper()
	term.WaitFor("550 5.1.1")
	term.WaitUntil("the verdict NO", func(rows []string) bool { return strings.Contains(rows[2], " NO  ") })
	shows(t, term, "User unknown")
}

// TestScreenServer connects at once and asks no DNS.
func TestScreenServer(t *testing.T) {
	for _, args := range [][]string{{"--server", smtp}, {smtp}, {"--server", smtp, "anna@" + domain}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			term := screen(t, append([]string{"--dns", "127.0.0.1:1"}, args...)...)
			term.WaitFor("220 mx." + domain)
			talk(term, step{"EHLO pc17.sender.example", "250 CHUNKING"}, step{"QUIT", "221 2.0.0 Bye"})
			leave(t, term)
		})
	}
}
