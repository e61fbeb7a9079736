package ui

import (
	"bufio"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/explain"
	"ehlo/session/smtp"
	"ehlo/ui/golden"
)

// greets is a server whose EHLO lists some keywords, and that takes all else:
// envelopes, and messages up to their dot.
func greets(keywords ...string) *network {
	n, _ := heardBy(keywords...)
	return n
}

// heardBy is greets with the server, which notes what it hears.
func heardBy(keywords ...string) (*network, *peer) {
	list := "250-mx1"
	for _, keyword := range keywords {
		list += "\r\n250-" + keyword
	}
	p := &peer{answers: map[string]string{
		"EHLO": list + "\r\n250 HELP", "DATA": "354 go ahead", "AUTH": "334 VXNlcm5hbWU6",
	}}
	return &network{serve: p.takesAll}, p
}

// takesAll holds one conversation. A verb whose answer is "-" is not answered.
func (p *peer) takesAll(conn net.Conn) {
	defer conn.Close()
	fmt.Fprint(conn, "220 mx1 ready\r\n")
	inMessage := false
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		line := lines.Text()
		p.got.Store(line)
		verb, _, _ := strings.Cut(line, " ")
		answer := p.answers[verb]
		switch {
		case inMessage && line != ".":
			continue
		case answer == "-":
			continue
		case answer == "" || inMessage:
			answer = "250 ok"
		}
		inMessage = strings.HasPrefix(answer, "354")
		fmt.Fprint(conn, answer+"\r\n")
	}
}

// labels are the rows of what may be typed, as they stand in the list.
func (d *drive) labels(typed string) (labels []string) {
	for _, way := range d.ways(typed).list {
		if !way.muted {
			labels = append(labels, way.label)
		}
	}
	return labels
}

// TestCompletionKnowsWhatIsOffered: what the server does not list is not
// offered on.
func TestCompletionKnowsWhatIsOffered(t *testing.T) {
	for _, test := range []struct {
		keywords    []string
		line        string
		with, wants string
	}{
		{[]string{"SIZE 1000", "8BITMIME"}, "MAIL FROM:<a@b> ", "SIZE=", "SIZE= BODY=8BITMIME BODY=7BIT"},
		{[]string{"8BITMIME"}, "MAIL FROM:<a@b> ", "", "BODY=8BITMIME BODY=7BIT"},
		{[]string{"DSN", "REQUIRETLS", "SMTPUTF8"}, "MAIL FROM:<a@b> R", "", "RET=HDRS RET=FULL REQUIRETLS"},
		{[]string{"AUTH PLAIN SCRAM-SHA-256"}, "AUTH ", "", "PLAIN SCRAM-SHA-256"},
	} {
		drives(t, "192.0.2.1:25", greets(test.keywords...), func(d *drive) {
			d.types("EHLO me.example")
			d.wait(time.Second)
			if got := strings.Join(d.labels(test.line), " "); got != test.wants {
				t.Errorf("%v, %q: %q, want %q", test.keywords, test.line, got, test.wants)
			}
			d.letters(test.line)
			d.shows("Next: " + strings.Fields(test.wants)[0])
			if test.with == "" {
				d.hides("SIZE=")
			}
			d.press("tab")
			d.shows("offer")
			d.press("down", "enter")
			if want := test.line[:strings.LastIndex(test.line, " ")+1] + strings.Fields(test.wants)[1]; d.prompt.Typed() != want {
				t.Errorf("took %q, want %q", d.prompt.Typed(), want)
			}
		})
	}
}

// TestCompletionKnowsWhatComesNext: the verb that usually follows stands first,
// in the list and under the prompt; what is not allowed says why.
func TestCompletionKnowsWhatComesNext(t *testing.T) {
	drives(t, "192.0.2.1:25", greets("SIZE 1000"), func(d *drive) {
		for _, step := range []struct{ say, first, next string }{
			{"", "EHLO name", "Next: EHLO, HELO, NOOP, QUIT"},
			{"EHLO me.example", "MAIL FROM:<address>", "Next: MAIL FROM, VRFY"},
			{"MAIL FROM:<a@b>", "RCPT TO:<address>", "Next: RCPT TO, RSET, NOOP, QUIT"},
			{"RCPT TO:<c@d.example>", "DATA", "Next: DATA, RCPT TO, RSET, NOOP, QUIT"},
		} {
			if step.say != "" {
				d.types(step.say)
			}
			d.wait(time.Second)
			d.shows(step.next)
			if labels := d.labels(""); labels[0] != step.first {
				t.Errorf("after %q %q stands first", step.say, labels[0])
			}
		}
		d.letters("MAIL")
		d.shows("RSET usually comes first")
		d.press("ctrl+u")
		d.letters("S")
		d.press("tab")
		d.shows("STARTTLS", "not offered here")
		d.press("esc", "ctrl+u")
		d.letters("star")
		d.press("tab")
		if typed := d.prompt.Typed(); typed != "STARTTLS" {
			t.Errorf("the only way on gives %q", typed)
		}
		d.shows("not offered here: STARTTLS")
	})
}

// TestCompletionAhead: a line typed while an answer is awaited is completed and
// judged by what it will meet.
func TestCompletionAhead(t *testing.T) {
	n, server := heardBy("SIZE 1000")
	server.answers["RCPT"] = "-"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "MAIL FROM:<a@b>", "RCPT TO:<c@d.example>")
		d.shows("Next: DATA, RCPT TO")
		d.letters("DATA")
		d.hides("usually comes first")
		d.press("enter")
		d.shows("waiting      DATA", "Next: a header")
		d.letters("How are you?")
		d.shows("no header, and no empty line came before it")
	})
}

// TestAddressesUsedBefore stand behind a <, each once, with the null sender.
func TestAddressesUsedBefore(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.prompt.Remember("RCPT TO:<bob@example.net>", "RCPT TO:<bob@example.net>", "NOOP <x@y>")
		d.types("", "EHLO me.example", "MAIL FROM:<anna@example.org>")
		d.wait(time.Second)
		if got := strings.Join(d.labels("RCPT TO:<"), " "); got != "<jcatalaa@catium.com> <anna@example.org> <bob@example.net>" {
			t.Errorf("a recipient may be %q", got)
		}
		if got := strings.Join(d.labels("MAIL FROM:<a"), " "); got != "<anna@example.org>" {
			t.Errorf("a sender may be %q", got)
		}
		if got := d.labels("MAIL FROM:<"); !slices.Contains(got, "<>") {
			t.Errorf("a sender may be %q", got)
		}
	}, func(c *Config) { c.From = "jcatalaa@catium.com" })
}

// TestSlashLines complete, tell what they do, and are guessed at.
func TestSlashLines(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.press("ctrl+u")
		d.letters("/stat")
		d.press("tab")
		if typed := d.prompt.Typed(); typed != "/status" {
			t.Errorf("completed to %q", typed)
		}
		d.shows("who is on the line")
		d.press("ctrl+u")
		d.letters("/hang")
		d.press("enter")
		d.shows("Did you mean /hangup?")
		d.press("ctrl+u")
		d.letters("/connect 67.")
		d.press("tab")
		if typed := d.prompt.Typed(); typed != "/connect 67.28.113.136" {
			t.Errorf("completed to %q", typed)
		}
	})
}

// TestASlashForTheServer: two put one on the wire.
func TestASlashForTheServer(t *testing.T) {
	n, server := heardBy()
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("//NOOP", "")
		d.wait(time.Second)
		if got := server.got.Load(); got != "/NOOP" {
			t.Errorf("the server heard %q", got)
		}
	})
}

// TestWordsForEveryParamAndDoubt: nobody ever sees no sentence, and each fits
// its place.
func TestWordsForEveryParamAndDoubt(t *testing.T) {
	words := promptWords()
	for _, name := range smtp.ParamNames() {
		if text := words.Params[name]; text == "" || len(text) > 41 {
			t.Errorf("%s: %q", name, text)
		}
	}
	if extra := len(words.Params) - len(slices.Compact(slices.Sorted(slices.Values(smtp.ParamNames())))); extra != 0 {
		t.Errorf("%d sentences for nothing", extra)
	}
	for kind, doubt := range words.Doubts {
		if doubt.Note == "" || len(doubt.Note) > 60 || (doubt.Text == "") != (doubt.More == "") {
			t.Errorf("%s: %+v", kind, doubt)
		}
	}
	for _, kind := range smtp.DoubtKinds() {
		if _, told := words.Doubts[string(kind)]; !told {
			t.Errorf("no words for %s", kind)
		}
	}
	if len(words.Doubts) != len(smtp.DoubtKinds()) {
		t.Errorf("words for %v", slices.Sorted(maps.Keys(words.Doubts)))
	}
	for _, lesson := range explain.Lessons() {
		if lesson.Does == "" || lesson.Hint == "" {
			t.Errorf("%s has no sentence", lesson.Verb)
		}
	}
}

// TestListsAndWarnings holds whole frames of what rises over the talk, at the
// sizes of the design.
func TestListsAndWarnings(t *testing.T) {
	for name, come := range map[string]func(*drive){
		"verbs":   func(d *drive) { d.press("tab") },
		"params":  func(d *drive) { d.letters("MAIL FROM:<a@b> "); d.press("tab") },
		"methods": func(d *drive) { d.letters("AUTH "); d.press("tab") },
		"warning": func(d *drive) { d.letters("MAILFROM:a@b"); d.press("enter") },
		"doubt":   func(d *drive) { d.letters("MAIL FROM:<a@b> SMTPUTF8 ") },
		"letter":  func(d *drive) { d.types(inLetter[1:]...); d.letters(".x") },
	} {
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 120, Height: 40}, {Width: 60, Height: 16}} {
			drives(t, "192.0.2.1:25", greets("SIZE 31981568", "8BITMIME", "DSN", "AUTH PLAIN LOGIN XOAUTH2"), func(d *drive) {
				d.take(size)
				d.types("EHLO me.example")
				d.wait(time.Second)
				come(d)
				d.wait(10 * time.Second)
				golden.Text(t, fmt.Sprintf("prompt-%s-%dx%d", name, size.Width, size.Height), d.screen())
			})
		}
	}
}

// TestTurnedAway: after a greeting that is a no only QUIT is left, and it stays
// the verdict whatever else is said.
func TestTurnedAway(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "refused-greeting"}, func(d *drive) {
		d.types("")
		d.wait(time.Second)
		d.shows("Next: QUIT", "The server refuses us")
		d.hides("EHLO, STARTTLS")
		d.letters("MAIL")
		d.shows("only QUIT is left")
		d.press("ctrl+u")
		d.types("EHLO me.example", "MAIL FROM:<a@b>", "RCPT TO:<anna@example.org>")
		d.wait(time.Second)
		d.shows("The server refuses us", "Next: QUIT")
		d.hides("the name we gave", "Check spelling")
	})
}

// TestARefusalOutlivesWhatFollows: a 503 to the recipient says no more than the
// 530 to the sender did.
func TestARefusalOutlivesWhatFollows(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "auth-needed"}, func(d *drive) {
		d.types("", "EHLO me.example", "MAIL FROM:<a@b>", "RCPT TO:<anna@example.org>")
		d.wait(time.Second)
		d.shows("503", "wants a sign-in first")
		d.hides("Check spelling and order")
	})
}

// TestHelloIsCompletedWhole: our name is known, so a hello needs no more.
func TestHelloIsCompletedWhole(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.wait(time.Second)
		d.press("tab", "tab")
		if want := "EHLO " + d.hello(); d.prompt.Typed() != want {
			t.Errorf("the first of the list gives %q, want %q", d.prompt.Typed(), want)
		}
		d.press("ctrl+u")
		d.letters("ehl")
		d.press("tab")
		if want := "EHLO " + d.hello(); d.prompt.Typed() != want {
			t.Errorf("the only way on gives %q, want %q", d.prompt.Typed(), want)
		}
	})
}

// TestMeaningOfHalfAVerb: a verb that is being typed has its meaning already.
func TestMeaningOfHalfAVerb(t *testing.T) {
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.wait(time.Second)
		d.letters("noo")
		d.shows("Still there?")
		d.press("ctrl+u")
		d.letters("E")
		d.hides("Not a command we know")
	})
}
