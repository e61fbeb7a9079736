package script

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ehlo/session/message"
)

// howTo are the facts of the how-to's example.
var howTo = Facts{
	To: "jcatalaa@catium.com",
	Route: Route{Domain: "catium.com", Provider: "Yahoo", Servers: []Server{
		{"mx1.biz.mail.yahoo.com", "4.79.181.18", 25},
		{"mx1.biz.mail.yahoo.com", "67.28.113.136", 25},
		{"mx5.biz.mail.yahoo.com", "68.142.224.244", 25},
	}},
	Hello: "pc17.example.org",
	From:  "helpdesk@example.org",
}

// ask answers questions in turn and fails at the first problem.
func ask(t *testing.T, g Guide, answers ...string) Guide {
	t.Helper()
	for _, answer := range answers {
		var problem string
		if g, problem = g.Answer(answer); problem != "" {
			t.Fatalf("%q: %s", answer, problem)
		}
	}
	return g
}

var greeting = []string{"", "", "", "", "Hello, Hola", "How are you? Como estas?", "Je ne sais quoi", "Ciao,", "Jean-Marc", "."}

func TestGuideHowTo(t *testing.T) {
	g := ask(t, NewGuide(howTo), greeting...)
	if g.Topic() != AskLook || g.Phase() != Asking {
		t.Fatal("all is answered, and nothing confirmed")
	}
	g = ask(t, g, "y")
	if g.Phase() != Confirmed || g.Server() != howTo.Route.Servers[0] {
		t.Errorf("phase %v, server %v", g.Phase(), g.Server())
	}
	plan, draft := g.Plan()
	want := message.Draft{
		From: "helpdesk@example.org", To: []string{"jcatalaa@catium.com"}, Subject: "Hello, Hola",
		Text: "How are you? Como estas?\nJe ne sais quoi\nCiao,\nJean-Marc", Hello: "pc17.example.org",
	}
	if diff := cmp.Diff(want, draft); diff != "" {
		t.Error(diff)
	}
	if _, err := message.Compose(draft); err != nil {
		t.Error(err)
	}
	said := play(t, plan, "220 mta101.biz.mail.mud.yahoo.com ESMTp YSmtp service ready",
		"250-mta101.biz.mail.mud.yahoo.com|250-8BITMIME|250-SIZE 31981568|250 PIPELINING",
		"250 sender <helpdesk@example.org> ok", "250 recipient <jcatalaa@catium.com> ok", "354 go ahead", "250 ok dirdel", "221 bye")
	lines := []string{
		"EHLO pc17.example.org", "MAIL FROM:<helpdesk@example.org>", "RCPT TO:<jcatalaa@catium.com>",
		"DATA", "(message)", "QUIT", "(done)",
	}
	if diff := cmp.Diff(lines, said); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(lines[:4], g.Overview().Say); diff != "" {
		t.Errorf("what was looked over is not what is said: %s", diff)
	}
}

func TestGuideAnswers(t *testing.T) {
	bare := Facts{}
	for _, test := range []struct {
		name    string
		facts   Facts
		before  []string // answers before the one in question
		typed   string
		line    string // by Preview
		answer  string // kept, "" when it is not taken
		problem string
	}{
		{"the address at hand", howTo, nil, "", "RCPT TO:<jcatalaa@catium.com>", "jcatalaa@catium.com", ""},
		{"by its digit", howTo, nil, "1", "RCPT TO:<jcatalaa@catium.com>", "jcatalaa@catium.com", ""},
		{"no address at hand", bare, nil, " ", "RCPT TO:<...>", "", "Type an address first."},
		{"half typed", bare, nil, "jcat", "RCPT TO:<jcat>", "", "There is no @; an address is name@domain."},
		{"pasted from a mail program", bare, nil, " Jean Cat <jcatalaa@catium.com>, ", "RCPT TO:<jcatalaa@catium.com>", "jcatalaa@catium.com", ""},
		{"pasted from a browser", bare, nil, "mailto:a@b.example?subject=x", "RCPT TO:<a@b.example>", "a@b.example", ""},
		{"end of a sentence", bare, nil, "a@b.example.", "RCPT TO:<a@b.example>", "a@b.example", ""},
		{"two at once", bare, nil, "a@b.example,c@d.example", "RCPT TO:<a@b.example,c@d.example>", "", "There is more than one @; one address at a time."},
		{"two with a blank", bare, nil, "a@b.example, c@d.example", "RCPT TO:<a@b.example, c@d.example>", "", "There is more than one @; one address at a time."},
		{"own letters", bare, nil, "a@bücher.example", "RCPT TO:<a@xn--bcher-kva.example>", "a@bücher.example", ""},

		{"the server tried first", howTo, []string{""}, "", "(connect)", "mx1.biz.mail.yahoo.com:25", ""},
		{"the second server", howTo, []string{""}, "2", "(connect)", "mx5.biz.mail.yahoo.com:25", ""},
		{"a server of one's own", howTo, []string{""}, "mx.example.org:2525", "(connect)", "mx.example.org:2525", ""},
		{"port out of range", howTo, []string{""}, "mx.example.org:70000", "(connect)", "", "The port 70000 is out of range; ports go from 1 to 65535."},

		{"our name", howTo, []string{"", ""}, "", "EHLO pc17.example.org", "pc17.example.org", ""},
		{"a name with a blank", howTo, []string{"", ""}, "Jean-Marc here", "EHLO Jean-Marc here", "", "A name has no blanks in it. pc17.example.org would do."},
		{"a sign", howTo, []string{"", ""}, "pc_17.example.org", "EHLO pc_17.example.org", "", `"_" cannot stand in a name: letters, digits, dots, hyphens.`},
		{"two dots", howTo, []string{"", ""}, "pc17..org", "EHLO pc17..org", "", "Each part of a name between dots has 1 to 63 letters."},
		{"a hyphen at the end", howTo, []string{"", ""}, "pc17-.org", "EHLO pc17-.org", "", "A part of a name neither begins nor ends with a hyphen."},
		{"a literal", howTo, []string{"", ""}, "[192.0.2.1]", "EHLO [192.0.2.1]", "[192.0.2.1]", ""},
		{"an IPv6 literal", howTo, []string{"", ""}, "[IPv6:2001:db8::1]", "EHLO [IPv6:2001:db8::1]", "[IPv6:2001:db8::1]", ""},
		{"no literal", howTo, []string{"", ""}, "[pc17]", "EHLO [pc17]", "", "In the brackets stands an internet address, as in [192.0.2.1]."},
		{"an address without brackets", howTo, []string{"", ""}, "192.0.2.1", "EHLO 192.0.2.1", "", "An internet address goes in brackets here: [192.0.2.1]"},

		{"the sender of the settings", howTo, []string{"", "", ""}, "", "MAIL FROM:<helpdesk@example.org>", "helpdesk@example.org", ""},
		{"no sender by digit", howTo, []string{"", "", ""}, "2", "MAIL FROM:<>", "<>", ""},
		{"no sender as typed", howTo, []string{"", "", ""}, "<>", "MAIL FROM:<>", "<>", ""},
		{"no @", howTo, []string{"", "", ""}, "helpdesk", "MAIL FROM:<helpdesk>", "", "There is no @. An address is name@domain, or <> for no sender."},

		{"the usual subject", howTo, []string{"", "", "", ""}, "", "Subject: Test from helpdesk, please ignore", "Test from helpdesk, please ignore", ""},
		{"a digit as subject", howTo, []string{"", "", "", ""}, "0", "Subject: 0", "0", ""},
		{"a subject in two lines", howTo, []string{"", "", "", ""}, "a\r\nBcc: x@y", `Subject: a\x0D\x0ABcc: x@y`, "", "A subject is one line of plain text."},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := ask(t, NewGuide(test.facts), test.before...)
			topic := g.Topic()
			if line, means := g.Preview(test.typed); line != test.line || means == "" {
				t.Errorf("preview %q, want %q; means %q", line, test.line, means)
			}
			after, problem := g.Answer(test.typed)
			if problem != test.problem || after.Problem(test.typed) != test.problem {
				t.Errorf("problem %q, want %q", problem, test.problem)
			}
			if (after.Topic() != topic) != (test.problem == "") || after.answers[topic] != test.answer {
				t.Errorf("topic %d after %d, answer %q, want %q", after.Topic(), topic, after.answers[topic], test.answer)
			}
		})
	}
}

func TestGuideAnotherAnswer(t *testing.T) {
	g := ask(t, NewGuide(howTo), "", "", "", "3")
	if g.Topic() != AskFrom || g.Offer() != "" || g.Question().Edge != "From. An address of yours." {
		t.Errorf("another address: topic %d, offer %q", g.Topic(), g.Offer())
	}
	if _, problem := g.Answer(""); problem == "" {
		t.Error("an empty line took an answer that was not offered")
	}
	if back := g.Back(); back.Offer() != "helpdesk@example.org" {
		t.Errorf("one back offers %q", back.Offer())
	}
	if g = ask(t, g, "me@example.org"); g.answers[AskFrom] != "me@example.org" {
		t.Errorf("took %q", g.answers[AskFrom])
	}
}

func TestGuideDoubts(t *testing.T) {
	single := []string{"", ""}
	for _, test := range []struct {
		before         []string
		typed, better  string
		reason, second string
	}{
		{nil, "jean@gmial.com", "jean@gmail.com", "gmial.com looks like a slip of the fingers for gmail.com.", "jean@gmial.com"},
		{nil, "jean@hotmial.con", "jean@hotmail.com", "hotmial.con looks like a slip of the fingers for hotmail.com.", "jean@hotmial.con"},
		{nil, "jean@catium.con", "jean@catium.com", "catium.con looks like a slip of the fingers for catium.com.", "jean@catium.con"},
		{single, "localhost", "pc17.example.org", "Many servers want a full name with dots, and answer 501 else.", "localhost"},
	} {
		g := ask(t, NewGuide(howTo), test.before...)
		topic := g.Topic()
		g = ask(t, g, test.typed)
		q := g.Question()
		if g.Topic() != topic || q.Ask != "Did you mean "+test.better+"?" || q.Help[0].Text != test.reason || q.Default != 2 {
			t.Errorf("%s: asked %+v", test.typed, q)
		}
		for answer, want := range map[string]string{"1": test.better, "2": test.typed, "": test.typed, g.Offer(): test.typed} {
			if after := ask(t, g, answer); after.answers[topic] != want || after.Topic() == topic {
				t.Errorf("%s, then %q: took %q, want %q", test.typed, answer, after.answers[topic], want)
			}
		}
		if back := g.Back(); back.Topic() != topic || back.Offer() != test.typed || back.doubted() {
			t.Errorf("%s: one back offers %q", test.typed, back.Offer())
		}
		if again := ask(t, g, "3"+test.typed); again.Topic() == topic && !again.doubted() {
			t.Errorf("%s: another slip was not asked about", test.typed)
		}
	}
	for _, fine := range []string{"a@gmail.com", "a@catium.co", "a@[192.0.2.1]", "a@example.org"} {
		if g := ask(t, NewGuide(Facts{}), fine); g.doubted() {
			t.Errorf("%s is doubted", fine)
		}
	}
}

func TestGuideLooksForServers(t *testing.T) {
	g := NewGuide(howTo)
	if g.Lookup() != "" {
		t.Errorf("looks for %q though the route is known", g.Lookup())
	}
	g = ask(t, g, greeting...).Jump(1)
	g = ask(t, g, "a@other.example")
	if g.Lookup() != "other.example" || g.Topic() != AskServer || g.Offer() != "" || len(g.Question().Choices) != 0 {
		t.Errorf("another domain: lookup %q, topic %d, offer %q", g.Lookup(), g.Topic(), g.Offer())
	}
	g = g.WithRoute(Route{Domain: "other.example", Servers: []Server{{"mx.other.example", "192.0.2.9", 25}}})
	if q := g.Question(); g.Offer() != "mx.other.example:25" || q.Ask != "Mail for other.example goes to 1 server. This one?" {
		t.Errorf("offer %q, %q", g.Offer(), q.Ask)
	}
	if g = ask(t, g, ""); g.Topic() != AskLook || g.Server().Address != "192.0.2.9" {
		t.Errorf("topic %d, server %v", g.Topic(), g.Server())
	}
	failed := NewGuide(Facts{To: "a@b.example", Route: Route{Domain: "b.example", Problem: "The domain b.example does not exist."}})
	if q := ask(t, failed, "").Question(); q.Help[0].Text != "The domain b.example does not exist." || failed.Lookup() != "" {
		t.Errorf("%+v", q.Help)
	}
	if literal := ask(t, NewGuide(howTo), "a@[192.0.2.1]"); literal.Lookup() != "" || literal.Offer() != "192.0.2.1:25" {
		t.Errorf("literal: lookup %q, offer %q", literal.Lookup(), literal.Offer())
	}
	given := NewGuide(Facts{Route: Route{Servers: []Server{{"mail.example.org", "", 2525}}}})
	if given = ask(t, given, "a@b.example"); given.Offer() != "mail.example.org:2525" || given.Lookup() != "" {
		t.Errorf("given: offer %q", given.Offer())
	}
}

func TestGuideChosenAddress(t *testing.T) {
	facts := howTo
	facts.Route.Chosen = 1
	g := ask(t, NewGuide(facts), "", "")
	if g.Server().Address != "67.28.113.136" {
		t.Errorf("calls %v", g.Server())
	}
	facts.Route.Chosen = 2
	if g = ask(t, NewGuide(facts), ""); g.Offer() != "mx5.biz.mail.yahoo.com:25" || g.Question().Default != 2 {
		t.Errorf("offers %q", g.Offer())
	}
}

func TestGuideConfirmation(t *testing.T) {
	looked := ask(t, NewGuide(howTo), greeting...)
	for _, no := range []string{"", "n", "NO", " "} {
		if g := ask(t, looked, no); g.Phase() != Asking || g.Topic() == AskLook {
			t.Errorf("%q: phase %v, topic %d", no, g.Phase(), g.Topic())
		}
	}
	for _, unclear := range []string{"yy", "ok", "send", "6", "<>"} {
		if g, problem := looked.Answer(unclear); problem == "" || g.Phase() != Asking || g.Topic() != AskLook {
			t.Errorf("%q was taken", unclear)
		}
	}
	step := ask(t, looked, "0")
	if !step.Stepping() || step.Phase() != Asking || ask(t, step, "0").Stepping() {
		t.Error("0 changes the pace, and back")
	}
	for number := 1; number <= 5; number++ {
		g := ask(t, looked, string(rune('0'+number)))
		if g.Question().Number != number || g.Back().Topic() != AskLook {
			t.Errorf("%d leads to question %d", number, g.Question().Number)
		}
		if g = ask(t, g, ""); number == 5 {
			g = ask(t, g, ".")
		}
		if g.Topic() != AskLook || cmp.Diff(looked.answers, g.answers)+cmp.Diff(looked.lines, g.lines) != "" {
			t.Errorf("%d: topic %d after it", number, g.Topic())
		}
	}
	if early := NewGuide(howTo).Jump(6); early.Topic() != AskTo {
		t.Errorf("jumped to %d over open questions", early.Topic())
	}
}

func TestGuideText(t *testing.T) {
	g := ask(t, NewGuide(howTo), "", "", "", "", "s", "one\r\n.\r\ntwo", ".three", "")
	if diff := cmp.Diff([]string{"one", ".", "two", ".three", ""}, g.lines); diff != "" {
		t.Error(diff)
	}
	if line, _ := g.Preview(".three"); line != "..three" {
		t.Errorf("a dot at the beginning goes out as %q", line)
	}
	g = g.Keep("half").Back().Back()
	if g.Offer() != ".three" {
		t.Errorf("two back offers %q", g.Offer())
	}
	if g = ask(t, g, "3", ""); g.Offer() != "half" || g.lines[3] != "3" {
		t.Errorf("offers %q after %q", g.Offer(), g.lines)
	}
	if g = g.EndText(); g.Topic() != AskLook || len(g.lines) != 5 {
		t.Errorf("topic %d, %q", g.Topic(), g.lines)
	}
}

// TestGuideEnterAtTheEnd leads back into the text, and the next Enter to the
// end of it again: no empty line is added on the way.
func TestGuideEnterAtTheEnd(t *testing.T) {
	looked := ask(t, NewGuide(howTo), greeting...)
	g := looked
	for range 3 {
		g = ask(t, g, "")
		if g.Topic() != AskText || g.Offer() != "." {
			t.Fatalf("topic %d, offer %q", g.Topic(), g.Offer())
		}
		if g = ask(t, g, g.Offer()); g.Topic() != AskLook {
			t.Fatalf("topic %d", g.Topic())
		}
	}
	if diff := cmp.Diff(looked.lines, g.lines); diff != "" {
		t.Error(diff)
	}
	if g = ask(t, g, "", "P.S.", "."); g.lines[len(g.lines)-1] != "P.S." {
		t.Errorf("%q", g.lines)
	}
}

// TestGuideForPractice offers a sender that is made up, and says so.
func TestGuideForPractice(t *testing.T) {
	facts := howTo
	facts.From = ""
	g := ask(t, NewGuide(facts.ForPractice()), "", "", "")
	if g.Offer() != "helpdesk@example.org" || g.Question().Choices[0].Remark != "made up, for practice" {
		t.Errorf("offers %q: %+v", g.Offer(), g.Question().Choices)
	}
	facts.From = "<>"
	if g = NewGuide(facts.ForPractice()); g.facts.From != "<>" || g.facts.Sample {
		t.Errorf("%+v", g.facts)
	}
}

func TestGuideByHand(t *testing.T) {
	g := ask(t, NewGuide(howTo), "", "", "", "0")
	if g.Phase() != ByHand || g.Line() != "MAIL FROM:<helpdesk@example.org>" || g.Jump(4).Phase() != Asking {
		t.Errorf("phase %v, line %q", g.Phase(), g.Line())
	}
}

func TestGuideNullSender(t *testing.T) {
	g := ask(t, NewGuide(howTo), "", "", "", "2", "s", ".")
	plan, draft := g.Plan()
	if plan.From != "" || draft.From != "" || g.Overview().Headers[0] != "From: postmaster@pc17.example.org" {
		t.Errorf("%q %q %q", plan.From, draft.From, g.Overview().Headers)
	}
	if listed := g.List()[3]; listed.Answer != "no sender at all" || listed.Line != "MAIL FROM:<>" {
		t.Errorf("%+v", listed)
	}
}

func TestGuideShowsNothingUnsafe(t *testing.T) {
	nasty := "a\x1b[2J\u202e@b.example"
	g := NewGuide(Facts{To: nasty, From: nasty, Hello: nasty, Route: Route{Provider: nasty, Servers: []Server{{nasty, "", 25}, {"b", "", 25}}}})
	line, means := g.Preview(nasty)
	_, problem := g.Answer("\x1b]0;@\x07")
	server := ask(t, g, "a@b.example")
	for _, shown := range []string{line, means, problem, g.Question().Choices[0].Text, server.Question().Ask, server.Question().Choices[0].Text} {
		if strings.ContainsAny(shown, "\x1b\x07\u202e") {
			t.Errorf("%q", shown)
		}
	}
}

func TestGuideHasItsWords(t *testing.T) {
	words := guideText()
	for topic := AskTo; topic <= AskLook; topic++ {
		for _, key := range []string{"name", "ask", "edge"} {
			if say(topic, key) == "" {
				t.Errorf("%s lacks %s", topic.key(), key)
			}
		}
	}
	sections := map[string]map[string]string{"over": words.Over, "doubt": words.Doubt, "problem": words.Problem, "result": words.Result}
	for name, section := range sections {
		if len(section) == 0 {
			t.Errorf("no words for %s", name)
		}
	}
	if len(slips().Domains) == 0 || len(slips().Endings) == 0 {
		t.Error("no misspellings are known")
	}
	for from, to := range slips().Domains {
		if meantDomain(to) != "" {
			t.Errorf("%s is corrected to %s, itself a slip", from, to)
		}
	}
}

func TestResult(t *testing.T) {
	o := Outcome{
		Verdict: "accepted", Server: howTo.Route.Servers[0], Reply: "250 ok dirdel", Open: true,
		At:   time.Date(2007, 5, 8, 9, 15, 6, 0, time.FixedZone("", 7200)),
		From: "helpdesk@example.org", To: "jcatalaa@catium.com",
	}
	shown := func(o Outcome) (rows []string) {
		for i, c := range Result(o) {
			if c.Digit != i+1 {
				t.Errorf("digit %d at %d", c.Digit, i)
			}
			rows = append(rows, c.Text+": "+c.Remark)
		}
		return rows
	}
	want := []string{
		"Send once more: same answers; the message waits for Enter", `Words for their IT: server, time and "250 ok dirdel"`,
		"Look around: the line stays open", "Done: QUIT and hang up",
	}
	if diff := cmp.Diff(want, shown(o)); diff != "" {
		t.Error(diff)
	}
	words := `At 2007-05-08 09:15:06 +0200, mx1.biz.mail.yahoo.com (4.79.181.18), port 25 answered "250 ok dirdel" to our message from <helpdesk@example.org> for <jcatalaa@catium.com>.`
	if got := o.Words(); got != words {
		t.Error(got)
	}
	lost := Outcome{Verdict: "not-now", Server: Server{"192.0.2.1", "192.0.2.1", 25}, At: o.At, To: "a@b"}
	want = []string{"Send once more: a later try may do; Enter sends the message", "Words for their IT: server, time and what was seen", "Done: the line is closed already"}
	if diff := cmp.Diff(want, shown(lost)); diff != "" {
		t.Error(diff)
	}
	lost.Verdict, lost.Who = "no-answer", "network"
	if rows := shown(lost); !strings.HasPrefix(rows[1], "Words to pass on: ") {
		t.Errorf("our own team acts: %q", rows)
	}
	lost.Verdict, lost.Who = "lost-after-data", "recipient"
	want = []string{"Words for their IT: server, time and what was seen", "Send once more: it may come twice: ask the recipient first", "Done: the line is closed already"}
	if diff := cmp.Diff(want, shown(lost)); diff != "" {
		t.Error(diff)
	}
	if got := lost.Words(); got != "At 2007-05-08 09:15:06 +0200, 192.0.2.1, port 25 gave no answer to our message from <> (no sender) for <a@b>." {
		t.Error(got)
	}
}
