package explain

import (
	"strings"
	"testing"
	"unicode"

	"ehlo/session"
)

// label finds a fact of a page.
func (p Page) label(label string) string {
	for _, f := range p.Facts {
		if f.Label == pages().Labels[label] {
			return f.Text
		}
	}
	return ""
}

func checkPage(t *testing.T, name string, p Page) {
	t.Helper()
	texts := append([]string{p.Title, p.RFC}, p.Text...)
	for _, f := range p.Facts {
		texts = append(texts, f.Label, f.Text)
	}
	for _, text := range texts {
		if text == "" || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("%s: %q in %+v", name, text, p)
		}
	}
}

// TestEveryLineHasAPage: each command, each extension, each answer there can
// be has a lesson with its place in the standards.
func TestEveryLineHasAPage(t *testing.T) {
	for _, to := range everyCommand() {
		page := CommandPage(to)
		checkPage(t, to.Line, page)
		for code := 200; code < 600; code++ {
			for _, words := range []string{"zzz", code1(code) + ".1.1 user unknown", code1(code) + ".7.1 blocked using zen.example"} {
				reply := heardReply(strings.TrimSpace(itoa(code) + " " + words))
				page := ReplyPage(reply, to)
				checkPage(t, itoa(code)+" to "+to.Line, page)
				if page.label("who") == "" || page.label("next") == "" || page.label("known") == "" {
					t.Errorf("%d to %q: %+v", code, to.Line, page)
				}
			}
		}
	}
	for _, keyword := range registered {
		page := OfferPage(keyword + " 100")
		checkPage(t, keyword, page)
		if page.label("offers") == "" || page.label("write") == "" || page.label("when") == "" {
			t.Errorf("%s: %+v", keyword, page)
		}
	}
	checkPage(t, "unknown", OfferPage("X-ODD\x1b 1"))
	for i := range banners().Fingerprints {
		greeting := heardReply(exampleOf(t, "banners.json", i))
		checkPage(t, greeting.Lines[0], GreetingPage(greeting, nil, "mx1.biz.mail.yahoo.com"))
	}
}

func itoa(code int) string {
	return string([]byte{byte('0' + code/100), byte('0' + code/10%10), byte('0' + code%10)})
}
func code1(code int) string { return itoa(code)[:1] }

// TestPages looks at some.
func TestPages(t *testing.T) {
	page := CommandPage(rcpt())
	if page.Title != "RCPT" || page.RFC != "RFC 5321 section 4.1.1.3" || len(page.Answers) < 4 || strings.Join(page.Try, ",") != "DATA,RCPT TO:<{to}>" {
		t.Errorf("RCPT: %+v", page)
	}
	page = ReplyPage(heardReply("550 5.1.1 hm"), rcpt())
	if page.Title != "550 5.1.1" || page.label("means") != "No: nobody of that name here." || page.label("exact") == "" ||
		page.label("number") == "" || strings.Join(page.Try, ",") != "RCPT TO:<{to}>,RSET,QUIT" {
		t.Errorf("550: %+v", page)
	}
	page = GreetingPage(heardReply("220 mail.example.com ESMTP Postfix (3.1.4)"), nil, "")
	if page.label("is") != "It is Postfix 3.1.4." || page.label("name") != "mail.example.com" || page.Try[0] != "EHLO {hello}" {
		t.Errorf("greeting: %+v", page)
	}
	hello := session.Reply{Class: session.Yes, Code: 250, Lines: []string{"250-mail.example.com", "250 X-EXPS NTLM"}}
	page = HelloPage(hello, command("EHLO x"), heardReply("220 mail.example.com ESMTP"), "")
	if page.label("is") != "It is Microsoft Exchange." || page.label("means") == "" {
		t.Errorf("hello: %+v", page)
	}
	if page = OfferPage("AUTH PLAIN XOAUTH2"); !strings.Contains(page.label("methods"), "PLAIN: ") || page.RFC != "RFC 4954" {
		t.Errorf("AUTH: %+v", page)
	}
	if page = CommandPage(session.Command{Verb: "AUTH", Line: session.Hidden, Arg: session.Hidden, Answers: 1}); strings.Contains(page.Title, session.Hidden) {
		t.Errorf("secret: %+v", page)
	}
}

// TestReadyLines: what can be said at once has no place that nobody fills.
func TestReadyLines(t *testing.T) {
	known := strings.NewReplacer("{hello}", "", "{from}", "", "{to}", "", "{domain}", "")
	check := func(name string, lines []string) {
		for _, line := range lines {
			if verb, _, _ := strings.Cut(line, " "); strings.Contains(known.Replace(line), "{") || Command(command(line)) == commands().Unknown {
				t.Errorf("%s: %q (%s)", name, line, verb)
			}
		}
	}
	for verb, lines := range pages().Ready {
		check(verb, lines)
	}
	for keyword, lines := range pages().ReadyOffers {
		check(keyword, lines)
		if _, ok := ExtensionEntry(keyword); !ok {
			t.Errorf("%s is no extension", keyword)
		}
	}
}
