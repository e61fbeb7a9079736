package ui

import (
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"ehlo/session/practice"
	"ehlo/session/script"
)

// asks walks the questions to the yes. from is the answer to the fourth.
func (d *drive) asks(from string, more ...string) {
	d.t.Helper()
	d.press("f5")
	d.shows("Question 1")
	d.types("", "", "")
	d.shows("Question 4")
	d.types(from, "Hello, Hola", "How are you?", ".")
	d.shows("Send it?")
	d.types(more...)
}

// guides walks a whole guided send, the message sent where it is wanted.
func (d *drive) guides(from string) {
	d.t.Helper()
	d.asks(from, "y")
	d.wait(5 * time.Second)
	if _, message := d.message(); message {
		d.press("enter")
		d.wait(5 * time.Second)
	}
}

// message is the offer of the message, if that is in the prompt.
func (d *drive) message() (label string, offered bool) {
	label = d.prompt.Value()
	return label, d.prompt.Offered() && label == d.messageLabel()
}

// TestGuideAgainstEveryScenario: a guided send ends in the verdict that the
// scenario names, and in the list of what can be done.
func TestGuideAgainstEveryScenario(t *testing.T) {
	for _, scenario := range practice.Scenarios() {
		if scenario.Name == "null-mx" || scenario.Name == "dns-fails" || scenario.Name == "second-mx-answers" {
			continue // below
		}
		t.Run(scenario.Name, func(t *testing.T) {
			drives(t, scenario.Target, &network{scenario: scenario.Name}, func(d *drive) {
				d.guides("helpdesk@example.org")
				switch scenario.Name {
				case "filtered":
					d.wait(30 * time.Second)
				case "blocked-here":
					d.wait(27 * time.Second)
					d.hides("What now?") // it would lie over who is called to see who has to act
					d.wait(60 * time.Second)
				case "slow-greeting", "teaser":
					d.shows("0:0")
					d.wait(20 * time.Second)
					d.press("enter")
					d.wait(time.Second)
				}
				stopped := d.live.waiting.on // it waits as long as a person does, who now hangs up
				if stopped {
					d.shows("Waiting 0:0", "Ctrl+] for the menu")
					d.press("ctrl+]", "4")
					d.wait(time.Second)
				}
				d.shows("What now?", "Send once more", "Words ")
				if first := strings.Contains(d.screen(), "1  Send once more"); first == (scenario.Verdict == "sign-in-needed" && !stopped || scenario.Verdict == "lost-after-data") {
					t.Errorf("the first choice:\n%s", d.screen())
				}
				if code := d.judgedCode(); code != scenario.Verdict && !(stopped && scenario.Verdict == "connection-lost") {
					t.Errorf("%s, want %s", code, scenario.Verdict)
				}
				if said := d.judged(); d.verdict.Word != said.Word && !stopped {
					t.Errorf("the head says %s %q, the verdict is %s %q", d.verdict.Word, d.verdict.Sentence, said.Word, said.Sentence)
				}
				for digit := 1; digit <= 5; digit++ {
					if item, _ := d.sheet.ByDigit(digit); item.Key == string(script.ActionWords) {
						d.press(string(rune('0' + digit)))
						break
					}
				}
				d.shows("── Words ")
			})
		})
	}
}

// TestNoServerToGuideTo: where the DNS names no server, the verdict is there
// before a question is asked.
func TestNoServerToGuideTo(t *testing.T) {
	for _, test := range []struct{ scenario, word, sentence string }{
		{"null-mx", "NO", "example.org says that it takes no mail at all."},
		{"dns-fails", "CANNOT TELL", "its name servers do not answer"},
	} {
		t.Run(test.scenario, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: test.scenario}, func(d *drive) {
				d.wait(30 * time.Second)
				d.shows(test.word, test.sentence)
				if calls := d.net.calls.Load(); calls != 0 {
					t.Errorf("%d calls", calls)
				}
			})
		})
	}
}

// TestSecondServerAnswers: the first refuses the call, and the second is what
// Enter calls next.
func TestSecondServerAnswers(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "second-mx-answers"}, func(d *drive) {
		d.shows(" > /connect 192.0.2.25")
		d.types("")
		d.wait(time.Second)
		d.shows("no mail service answers on port 25", " > /connect 192.0.2.26")
		d.types("")
		d.wait(time.Second)
		d.hears("220 mx2.example.org ESMTP Postfix")
	})
}

// TestFirewallRewrites says so at the greeting and at the hello, and the talk
// goes on.
func TestFirewallRewrites(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "firewall-rewrites"}, func(d *drive) {
		words := []string{"GO ON", "A firewall rewrites mail traffic to this server.", "switch off SMTP fixup"}
		d.types("")
		d.wait(time.Second)
		d.shows(words...)
		d.types("EHLO pc17.example.org")
		d.wait(time.Second)
		d.shows(words...)
		d.types("MAIL FROM:<>")
		d.wait(time.Second)
		d.hears("250-XXXXXXXA", "MAIL FROM:<>", "250 2.1.0")
	})
}

// TestGuideWords is what a helpdesk reads at the end of a few of them.
func TestGuideWords(t *testing.T) {
	for _, test := range []struct{ scenario, target, sentence string }{
		{"howto", "jcatalaa@catium.com", `The server took the message: "ok dirdel". It left our hands.`},
		{"unknown-user", "ana@example.org", "The server says it has no mailbox ana@example.org."},
		{"greylist", "anna@example.org", "NOT NOW"},
		{"refused-message", "anna@example.org", "The server refused the message itself, not the address."},
		{"hangup", "anna@example.org", "The line to the server broke in the middle."},
		{"too-big", "anna@example.org", "The message is larger than the server takes"},
		{"auth-needed", "anna@example.org", "The server wants a sign-in first"},
		{"refused", "anna@example.org", "is up, but no mail service answers on port 25."},
		{"not-smtp", "anna@example.org", "is an SSH server, not"},
	} {
		t.Run(test.scenario, func(t *testing.T) {
			drives(t, test.target, &network{scenario: test.scenario}, func(d *drive) {
				d.guides("helpdesk@example.org")
				d.shows(test.sentence, "What now?")
			})
		})
	}
}

// TestGuideEncrypts by itself, and says EHLO again.
func TestGuideEncrypts(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "starttls"}, func(d *drive) {
		d.guides("helpdesk@example.org")
		d.hears("EHLO pc17.example.org", "STARTTLS", "220 ", "EHLO pc17.example.org", "MAIL FROM:<helpdesk@example.org>", "RCPT TO:<anna@example.org>", "354 ", "250 ")
		d.shows("It left our hands.", "What now?")
		if d.live.encrypted == nil || !d.live.state.Secure {
			t.Error("not encrypted")
		}
	})
}

// TestGuideEncryptsStepByStep waits for Enter before STARTTLS and after it.
func TestGuideEncryptsStepByStep(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "starttls"}, func(d *drive) {
		d.asks("<>", "0", "y")
		for _, line := range []string{"EHLO pc17.example.org", "STARTTLS", "EHLO pc17.example.org", "MAIL FROM:<>"} {
			d.wait(time.Second)
			d.shows(" > " + line)
			d.press("enter")
		}
		d.wait(time.Second)
		d.shows(" > RCPT TO:<anna@example.org>")
	})
}

// TestGuideWithoutASender takes the choice by its digit.
func TestGuideWithoutASender(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.press("f5")
		d.types("", "", "")
		d.shows("no sender at all")
		number := ""
		for _, choice := range d.guided.questions.Question().Choices {
			if choice.Text == "no sender at all" {
				number = string(rune('0' + choice.Digit))
			}
		}
		d.types(number, "Hello", "Text", ".", "y")
		d.wait(time.Second)
		d.hears("MAIL FROM:<>", "250 null sender <> ok", "RCPT TO:", "354 ")
	})
}

// TestSendOnceMore is a new talk with the same answers: what was put off the
// first time is taken.
func TestSendOnceMore(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "greylist"}, func(d *drive) {
		d.guides("helpdesk@example.org")
		d.shows("NOT NOW", "1  Send once more")
		d.press("1")
		d.wait(time.Second)
		d.shows(" > [message,")
		d.press("enter")
		d.wait(time.Second)
		d.shows("It left our hands.", "What now?")
		if calls := d.net.calls.Load(); calls != 2 {
			t.Errorf("%d calls", calls)
		}
		d.press("1")
		d.wait(time.Second)
		d.press("enter")
		d.wait(time.Second)
		d.shows("It left our hands.", "What now?")
		d.press("4")
		d.wait(time.Second)
		d.shows("not connected")
	})
}

// TestLeavingTheGuide by a command of one's own: it picks up from where that
// leads.
func TestLeavingTheGuide(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.asks("helpdesk@example.org", "0", "y")
		for _, line := range []string{"EHLO pc17.example.org", "MAIL FROM:<helpdesk@example.org>"} {
			d.wait(time.Second)
			d.shows(" > " + line)
			d.press("enter")
		}
		d.wait(time.Second)
		d.shows(" > RCPT TO:<jcatalaa@catium.com>")
		for range 2 { // the second while MAIL itself is offered
			d.types("RSET")
			d.wait(time.Second)
			d.shows(" > MAIL FROM:<helpdesk@example.org>")
		}
		d.press("ctrl+u")
		d.types("")
		d.shows(" > MAIL FROM:<helpdesk@example.org>")
		for range 4 {
			d.wait(time.Second)
			d.press("enter")
		}
		d.wait(time.Second)
		d.shows("It left our hands.")
		d.hears("RSET", "RSET", "MAIL FROM:", "RCPT TO:", "DATA", "250 ok dirdel")
	})
}

// TestStoppedGuidePauses: after a wait was given up nothing goes out by itself,
// whenever the answer comes.
func TestStoppedGuidePauses(t *testing.T) {
	n := &network{scenario: "howto"}
	drives(t, "jcatalaa@catium.com", n, func(d *drive) {
		slow := n.serve
		n.serve = func(conn net.Conn) { slow(delayed{conn, 10 * time.Second}) }
		d.asks("helpdesk@example.org", "y")
		d.wait(12 * time.Second)
		d.press("ctrl+]", "2")
		d.shows("Stopped, as you asked. The line stays open.")
		d.wait(10 * time.Second)
		d.shows(" > MAIL FROM:<helpdesk@example.org>")
		if slices.ContainsFunc(d.sent(), func(line string) bool { return len(line) > 4 && line[:4] == "MAIL" }) {
			t.Error("MAIL went out by itself")
		}
	})
}

// TestConnectAgainInTheGuide begins its talk anew.
func TestConnectAgainInTheGuide(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "silent"}, func(d *drive) {
		d.asks("<>", "y")
		d.wait(5 * time.Second)
		d.press("ctrl+]", "3")
		d.wait(5 * time.Second)
		d.hears("EHLO", "MAIL FROM:<>", "RCPT TO:<anna@example.org>", "EHLO", "MAIL FROM:<>", "RCPT TO:<anna@example.org>")
	})
}

// TestBackInTheQuestions keeps what was typed, and Esc at the first leaves.
func TestBackInTheQuestions(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.press("f5")
		d.types("", "", "")
		d.letters("help")
		d.press("esc")
		d.shows("Question 3")
		d.types("")
		d.shows("Question 4", " > help")
		for range 4 {
			d.press("esc")
		}
		d.shows("[Route]", " > /connect 4.79.181.18")
	})
}
