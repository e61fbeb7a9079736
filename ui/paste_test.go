package ui

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/golden"
)

// pastes pastes text as a terminal does that marks what is pasted.
func (d *drive) pastes(lines ...string) {
	d.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.Join(lines, "\n")), Paste: true})
	d.settle()
}

var recipe = []string{"MAIL FROM:<a@b>", "RCPT TO:<c@d.example>", "RCPT TO:<e@f.example>", "RSET"}

// TestPasteIsAQueue: nothing of several lines goes out by itself.
func TestPasteIsAQueue(t *testing.T) {
	drives(t, "192.0.2.1:25", greets("PIPELINING"), func(d *drive) {
		d.types("EHLO me.example")
		d.wait(time.Second)
		d.saysNothing(func() { d.pastes(recipe...) })
		d.shows("Pasted: 4 lines, not sent yet", "PIPELINING: several commands in one write", " > MAIL FROM:<a@b>")
		golden.Text(t, "pasted-80x24", d.screen())
		d.saysNothing(func() { d.press("esc") })
		d.shows("next: RCPT TO:<c@d.example>")
		d.types("", "")
		d.wait(time.Second)
		d.hears("MAIL FROM:<a@b>", "RCPT TO:<c@d.example>")
		d.types("/queue")
		d.shows("Pasted: 2 lines", " > RCPT TO:<e@f.example>")
		d.press("5")
		d.shows("Dropped.")
		d.hides("e@f.example")
		d.saysNothing(func() { d.types("") })
	})
}

// TestPasteAllInTurn sends each when the one before is answered.
func TestPasteAllInTurn(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO me.example")
		d.pastes(recipe...)
		d.shows("not offered here: only because you want it")
		d.press("2")
		d.wait(time.Second)
		d.hears("MAIL FROM:<a@b>", "250 ok", "RCPT TO:<c@d.example>", "250 ok", "RCPT TO:<e@f.example>", "250 ok", "RSET", "250 ok")
		d.shows("4 lines handed over")
		d.press("up")
		if typed := d.prompt.Typed(); typed != "RSET" {
			t.Errorf("history brings %q", typed)
		}
	})
}

// TestPasteAllInOneGo is one write, up to what must be waited for.
func TestPasteAllInOneGo(t *testing.T) {
	var mu sync.Mutex
	var writes []string
	n := &network{serve: func(conn net.Conn) {
		defer conn.Close()
		fmt.Fprint(conn, "220 mx1\r\n")
		for buffer := make([]byte, 4096); ; {
			size, err := conn.Read(buffer) // of a pipe: one write
			if err != nil {
				return
			}
			mu.Lock()
			writes = append(writes, string(buffer[:size]))
			mu.Unlock()
			for lines := bufio.NewScanner(strings.NewReader(string(buffer[:size]))); lines.Scan(); {
				answer := "250 ok\r\n"
				if lines.Text() == "EHLO a" {
					answer = "250-mx1\r\n250 PIPELINING\r\n"
				}
				fmt.Fprint(conn, answer)
			}
		}
	}}
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.pastes(append([]string{"EHLO a"}, recipe...)...)
		d.shows("not known yet whether the server takes it")
		d.press("3")
		d.wait(time.Second)
		mu.Lock()
		defer mu.Unlock()
		if want := []string{"EHLO a\r\n", strings.Join(recipe, "\r\n") + "\r\n"}; !slices.Equal(writes, want) {
			t.Errorf("wrote %q, want %q", writes, want)
		}
	})
}

// TestPasteStopsAtADoubt: the line that is worth a second look comes to the
// prompt, those behind it wait.
func TestPasteStopsAtADoubt(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.pastes("EHLO me.example", "", "MAIL FROM:a@b", "RSET", "/quit")
		d.press("2")
		d.wait(time.Second)
		d.shows("Not sent yet", " > MAIL FROM:a@b", "Stopped at line 3 of 5")
		if sent := d.sent(); !slices.Equal(sent, []string{"EHLO me.example"}) {
			t.Errorf("sent %q", sent)
		}
		d.press("enter")
		d.wait(time.Second)
		d.shows(" > RSET")
		d.types("", "") // a pasted line is never ehlo's
		d.shows("Not sent yet", "does not begin with a command")
		d.press("enter")
		d.wait(time.Second)
		d.hears("MAIL FROM:a@b", "RSET", "/quit")
	})
}

// TestPastedMessage goes out as it is, its dot included.
func TestPastedMessage(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types(inLetter...)
		d.pastes("From: a@b", "", "Hello", ".hidden", "", ".", "QUIT")
		d.press("2")
		d.wait(time.Second)
		if sent := d.sent(); !slices.Equal(sent[len(sent)-7:], []string{"From: a@b", "", "Hello", ".hidden", "", ".", "QUIT"}) {
			t.Errorf("sent %q", sent)
		}
	})
}

// TestPastedSecretsStayHidden: they are on no screen, in no file and in no
// history; on the wire they are as they were.
func TestPastedSecretsStayHidden(t *testing.T) {
	n, server := heardBy("AUTH LOGIN")
	server.answers["am9l"], server.answers["c2VjcmV0MQ=="] = "334 UGFzc3dvcmQ6", "235 ok"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example")
		d.wait(time.Second)
		d.pastes("AUTH LOGIN", "am9l", "c2VjcmV0MQ==")
		d.shows("not with a password among them")
		d.hides("am9l", "c2VjcmV0MQ==")
		d.press("2")
		d.hides("am9l", "c2VjcmV0MQ==")
		d.wait(time.Second)
		d.hides("am9l", "c2VjcmV0MQ==")
		if got := server.got.Load(); got != "c2VjcmV0MQ==" {
			t.Errorf("the server heard %q", got)
		}
		if slices.Contains(d.prompt.History(), "am9l") {
			t.Errorf("remembers %q", d.prompt.History())
		}
	})
}

// TestPastedSecretsOfARefusedSignIn stay hidden too.
func TestPastedSecretsOfARefusedSignIn(t *testing.T) {
	for name, come := range map[string]func(*drive){
		"pasted": func(d *drive) { d.pastes("AUTH LOGIN", "am9lam9l", "c2VjcmV0MTIz"); d.press("2") },
		"typed": func(d *drive) {
			d.types("AUTH LOGIN", "y")
			d.take(letter('3')) // as typed
			for _, line := range []string{"am9lam9l", "c2VjcmV0MTIz"} {
				for _, r := range line {
					d.take(letter(r)) // before the answer is heard
				}
				d.take(keyOf(t, "enter"))
			}
			d.settle()
		},
	} {
		n, server := heardBy("AUTH LOGIN")
		server.answers["AUTH"], server.answers["am9lam9l"], server.answers["c2VjcmV0MTIz"] = "535 no", "500 am9lam9l?", "500 c2VjcmV0MTIz?"
		drives(t, "192.0.2.1:25", n, func(d *drive) {
			d.types("EHLO me.example")
			d.wait(time.Second)
			come(d)
			d.wait(time.Second)
			d.hides("am9l", "AM9L", "c2VjcmV", "C2VJCMV")
			d.hears("AUTH LOGIN", "535 no", "<hidden>", "500 <hidden>?", "<hidden>", "500 <hidden>?")
			if slices.ContainsFunc(d.prompt.History(), func(line string) bool { return strings.Contains(line, "2Vj") }) {
				t.Errorf("%s: remembers %q", name, d.prompt.History())
			}
			if got := server.got.Load(); got != "c2VjcmV0MTIz" {
				t.Errorf("%s: the server heard %q", name, got)
			}
		})
	}
}

// TestPasteWithoutALine can be dropped or gone through, not sent.
func TestPasteWithoutALine(t *testing.T) {
	drives(t, "", &network{}, func(d *drive) {
		d.pastes("EHLO me.example", "NOOP")
		d.shows("not now: no line is open")
		d.press("2")
		d.shows(" > EHLO me.example")
		d.types("/queue")
	})
}

// TestTypingIntoAnOfferedLine lets the pasted line wait again, as one of the
// paste and no more; End makes it the user's own, wherever the talk is read.
func TestTypingIntoAnOfferedLine(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("EHLO me.example")
		d.pastes(recipe...)
		d.press("1")
		d.types("")
		d.wait(time.Second)
		d.letters("NOOP")
		d.hides("Pasted: ")
		if d.prompt.Pasted() != 3 || d.prompt.Queued() != 3 {
			t.Errorf("%d wait, %d in all", d.prompt.Pasted(), d.prompt.Queued())
		}
		d.shows(" > NOOP", "next: "+recipe[1])
		d.types("")
		d.wait(time.Second)
		d.hears(recipe[0], "NOOP")
		d.waits(recipe[1:]...)
		d.talk.ScrollUp(1)
		d.press("end")
		d.letters(" X=1")
		d.shows(" > " + recipe[1] + " X=1")
		if d.prompt.Queued() != 3 {
			t.Errorf("%d lines are left", d.prompt.Queued())
		}
	})
}
