package ui

import (
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"ehlo/session"
)

// secretive is a password with signs that a server might write in another way.
const secretive = `canary-"bird\4711`

// keepsQuiet fails the test if the screen, the talk, or anything else that the
// screen holds but the wire, tells the password in some form.
func (d *drive) keepsQuiet(secrets ...string) {
	d.t.Helper()
	all := d.screen() + strings.Join(d.said(), "\n") + strings.Join(d.prompt.History(), "\n") + fmt.Sprintf("%+v", d.live.path) +
		fmt.Sprintf("%+v", d.live.collector) + d.note + fmt.Sprint(d.verdict) + fmt.Sprintf("%+v", d.live.state)
	for _, secret := range secrets {
		forms := []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), strings.Trim(fmt.Sprintf("%q", secret), `"`)}
		for _, form := range forms {
			if strings.Contains(all, form) {
				d.t.Errorf("%q is told", form)
			}
		}
	}
}

// opens brings a talk as far as a hello behind TLS.
func (d *drive) opens() {
	d.t.Helper()
	d.types("", "EHLO pc17.example.org", "STARTTLS")
	d.wait(time.Second)
	d.types("EHLO pc17.example.org")
	d.wait(time.Second)
}

// TestSignInHelper: AUTH and Enter asks for a yes where nobody knows who gets
// the password, then how, who, and for the password, and signs in.
func TestSignInHelper(t *testing.T) {
	for _, test := range []struct{ name, typed, password, answer string }{
		{"alone", "AUTH", "practice", "235 "},
		{"by name", "auth login", "practice", "235 "},
		{"by key", "/auth PLAIN", "practice", "235 "},
		{"wrong", "AUTH", secretive, "535 "},
	} {
		t.Run(test.name, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: "auth-needed"}, func(d *drive) {
				d.opens()
				d.types(test.typed)
				d.shows("Sign in?", "Nobody knows who would get the password")
				d.types("y")
				d.shows("Sign in: how?", "By hand: ")
				d.press("enter")
				d.shows("Who are you here?", "Nothing is sent yet.")
				d.hides("{way}")
				d.types("ehlo")
				d.shows("The password of ehlo?")
				d.letters(test.password)
				d.hides(test.password)
				d.shows(strings.Repeat("*", len(test.password)))
				d.press("enter")
				d.wait(time.Second)
				d.hears("AUTH ", test.answer)
				d.keepsQuiet(test.password)
				if d.signing != nil || d.live.state.SignedIn != (test.answer == "235 ") {
					t.Errorf("the helper is open, or signed in is wrong\n%s", d.screen())
				}
			})
		})
	}
}

// TestSignInIsNotBegun: anything but a y, Esc at each question, and the row that
// says so leave the helper with nothing sent.
func TestSignInIsNotBegun(t *testing.T) {
	for name, leave := range map[string]func(*drive){
		"enter": func(d *drive) { d.types("") },
		"n":     func(d *drive) { d.types("n") },
		"esc":   func(d *drive) { d.press("esc") },
		"sheet": func(d *drive) { d.types("y"); d.press("esc") },
		"row":   func(d *drive) { d.types("y"); d.press("4") },
		"user":  func(d *drive) { d.types("y"); d.press("enter", "esc") },
		"secret": func(d *drive) {
			d.types("y")
			d.press("enter")
			d.types("ehlo")
			d.letters(secretive)
			d.press("esc")
		},
		"quit": func(d *drive) { d.types("y"); d.press("enter", "f10"); d.types("") },
	} {
		t.Run(name, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: "auth-needed"}, func(d *drive) {
				d.opens()
				d.types("AUTH")
				leave(d)
				d.types("NOOP")
				d.wait(time.Second)
				d.hears("NOOP", "250 ")
				if strings.Contains(strings.Join(d.said(), "\n"), "> AUTH") || d.signsIn() {
					t.Errorf("the helper goes on:\n%s", d.screen())
				}
				d.keepsQuiet(secretive)
			})
		})
	}
}

// TestSignInByHand: the questions are shown in words, the answers go out in
// base64, and * stops.
func TestSignInByHand(t *testing.T) {
	n, server := heardBy("AUTH LOGIN PLAIN")
	server.answers["AUTH"] = "334 VXNlcm5hbWU6"
	user, password := base64.StdEncoding.EncodeToString([]byte("anna")), base64.StdEncoding.EncodeToString([]byte(secretive))
	server.answers[user], server.answers[password] = "334 UGFzc3dvcmQ6", "535 5.7.8 what is "+secretive+"?"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "AUTH LOGIN")
		d.shows("The line is not encrypted")
		d.types("y")
		d.shows("By hand: LOGIN", "As typed")
		d.press("2")
		d.wait(time.Second)
		d.shows("The server asks: Username:")
		d.letters("anna")
		d.shows("Your answer: in base64, hidden.", " > ****")
		d.press("enter")
		d.wait(time.Second)
		d.shows("The server asks: Password:")
		d.types(secretive)
		d.wait(time.Second)
		d.hears("AUTH LOGIN", "334 ", "<hidden>", "334 ", "<hidden>", "535 5.7.8 what is <hidden>?")
		d.keepsQuiet(secretive)
		d.types("/auth LOGIN", "y")
		d.press("2")
		d.wait(time.Second)
		d.types("*")
		d.wait(time.Second)
		if got := server.got.Load(); got != "*" {
			t.Errorf("%q went out", got)
		}
	})
}

// TestSlashInASignIn: a line that begins with a slash is base64 there, and no
// command of ehlo.
func TestSlashInASignIn(t *testing.T) {
	n, server := heardBy("AUTH LOGIN")
	server.answers["AUTH"] = "334 VXNlcm5hbWU6"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "AUTH LOGIN", "y")
		d.press("3")
		d.wait(time.Second)
		d.types("/secret/word")
		d.wait(time.Second)
		if got := server.got.Load(); got != "/secret/word" {
			t.Errorf("%q went out", got)
		}
		d.keepsQuiet("/secret/word")
	})
}

// TestGuideSignsIn: after a no for want of a sign-in one row of the list leads
// through it, and the message follows.
func TestGuideSignsIn(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "auth-needed"}, func(d *drive) {
		d.guides("helpdesk@example.org")
		d.shows("The server wants a sign-in first", "1  Sign in, then go on")
		d.press("1")
		d.types("y")
		d.press("enter")
		d.types("ehlo", "practice")
		d.wait(time.Second)
		d.hears("530 ", "AUTH ", "235 ", "MAIL FROM:<helpdesk@example.org>", "RCPT TO:<anna@example.org>", "354 ")
		d.press("enter")
		d.wait(time.Second)
		d.shows("It left our hands.", "What now?")
		d.keepsQuiet("practice1", "AGVobG8AcHJhY3RpY2U=")
	})
}

// TestGuideSignsInByFlags: with a password from the flags the plan signs in by
// itself; at each line it waits under a label.
func TestGuideSignsInByFlags(t *testing.T) {
	given := func(c *Config) {
		c.SignIn.Wanted, c.SignIn.Insecure, c.SignIn.Way = true, true, "LOGIN"
		c.SignIn.Who.User, c.SignIn.Who.Password = "ehlo", session.NewSecret("practice")
	}
	drives(t, "anna@example.org", &network{scenario: "auth-needed"}, func(d *drive) {
		d.guides("helpdesk@example.org")
		d.hears("STARTTLS", "EHLO", "AUTH LOGIN", "334 ", "<hidden>", "334 ", "<hidden>", "235 ", "MAIL FROM", "354 ", "250 ")
		d.shows("It left our hands.")
	}, given)
	drives(t, "anna@example.org", &network{scenario: "auth-needed"}, func(d *drive) {
		d.asks("<>", "0", "y")
		for _, line := range []string{
			"EHLO pc17.example.org", "STARTTLS", "EHLO pc17.example.org", "[AUTH LOGIN and your secret: Enter sends it]",
			"[your answer, hidden: Enter sends it]", "[your answer, hidden: Enter sends it]", "MAIL FROM:<>",
		} {
			d.wait(time.Second)
			d.shows(" > " + line)
			d.press("enter")
		}
		d.wait(time.Second)
		d.hears("AUTH LOGIN", "<hidden>", "<hidden>", "235 ", "MAIL FROM:<>")
	}, given)
}

// TestNeverInClearAgain: a server that was encrypted once is not led in clear
// when its offer has gone on another line.
func TestNeverInClearAgain(t *testing.T) {
	n := &network{scenario: "starttls"}
	drives(t, "anna@example.org", n, func(d *drive) {
		d.guides("helpdesk@example.org")
		d.hears("STARTTLS", "354 ")
		stripped := &peer{banner: "220 mx1.example.org", answers: map[string]string{"EHLO": "250 mx1.example.org", "MAIL": "250 ok", "QUIT": "221 bye"}}
		n.serve = stripped.serving(n)
		d.press("1")
		d.wait(time.Second)
		d.shows("What now?")
		if got := stripped.got.Load(); got != "EHLO pc17.example.org" {
			t.Errorf("%q was said in clear", got)
		}
	})
}

// serving is the peer as a network has it.
func (p *peer) serving(n *network) func(net.Conn) {
	return func(conn net.Conn) { p.talk(conn, n.over) }
}

// TestSecretTypedAheadOfTheHelper goes nowhere: neither for an answer to its
// questions nor to the server.
func TestSecretTypedAheadOfTheHelper(t *testing.T) {
	n, server := heardBy("AUTH LOGIN")
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "AUTH LOGIN")
		d.letters("c2VjcmV0MTIz")
		d.hides("c2VjcmV0MTIz")
		d.types("", "c2VjcmV0MTIz")
		d.shows("Sign in?", "Not taken, and sent nowhere")
		d.types("y")
		d.letters("c2VjcmV0MTIz")
		d.hides("c2VjcmV0MTIz")
		d.types("")
		d.shows("Sign in: how?", "Not taken, and sent nowhere")
		if got := server.got.Load(); got != "EHLO me.example" {
			t.Errorf("%q went out", got)
		}
		d.keepsQuiet("c2VjcmV0MTIz")
	})
}

// TestSecretInOneLine: AUTH with its secret goes out in clear only at the second
// Enter, hidden meanwhile.
func TestSecretInOneLine(t *testing.T) {
	n, server := heardBy("AUTH PLAIN")
	server.answers["AUTH"] = "235 ok"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "AUTH PLAIN AGFubmEAc2VjcmV0")
		d.shows("Not sent yet", "can be read on the way")
		d.hides("AGFubmEAc2VjcmV0")
		if got := server.got.Load(); got != "EHLO me.example" {
			t.Errorf("%q went out", got)
		}
		d.types("")
		d.wait(time.Second)
		d.hears("AUTH PLAIN <hidden>", "235 ok")
		d.keepsQuiet("AGFubmEAc2VjcmV0")
	})
}
