package explain

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"ehlo/session"
)

func rcpt() session.Command {
	return session.Command{Verb: "RCPT", Arg: "TO:<jcatalaa@catium.com>", Line: "RCPT TO:<jcatalaa@catium.com>", Answers: 1}
}

func end() session.Command { return session.Command{Verb: ".", Line: ".", Answers: 1} }

func command(line string) session.Command {
	verb, arg, _ := strings.Cut(line, " ")
	return session.Command{Verb: strings.ToUpper(verb), Arg: arg, Line: line, Answers: 1}
}

// TestExampleReplies runs the example of every known wording: it must find its
// own entry, whatever stands before it.
func TestExampleReplies(t *testing.T) {
	for i := range replies().Wordings {
		want := &replies().Wordings[i]
		example := exampleOf(t, "replies.json", i)
		t.Run(fmt.Sprintf("%d %s", i, want.Provider), func(t *testing.T) {
			lower := strings.ToLower(example)
			for j := range i + 1 {
				if replies().Wordings[j].find(example, lower) != nil {
					if j != i {
						t.Errorf("%q is hidden by entry %d", example, j)
					}
					break
				}
			}
			got := Reply(heardReply(example), fitting(want.Kind))
			if got != (Meaning{want.Meaning, want.Who, want.Next, want.Kind, want.Provider, ByPattern}) {
				t.Errorf("Reply(%q) = %+v", example, got)
			}
		})
	}
}

// fitting is a command that a kind of refusal can answer.
func fitting(kind string) session.Command {
	if h := (heard{stage: "RCPT"}); h.concerns(kind) {
		return rcpt()
	}
	return end()
}

func TestExampleBanners(t *testing.T) {
	for i := range banners().Fingerprints {
		want := &banners().Fingerprints[i]
		example := exampleOf(t, "banners.json", i)
		t.Run(fmt.Sprintf("%d %s", i, want.Software), func(t *testing.T) {
			greeting := heardReply(example)
			text := strings.Join(greeting.Lines, " ")
			for j := range i + 1 {
				if banners().Fingerprints[j].find(text, strings.ToLower(text)) != nil {
					if j != i {
						t.Errorf("%q is hidden by entry %d", example, j)
					}
					break
				}
			}
			got := Banner(greeting)
			if got.Kind != want.Kind || got.Sure != want.Confidence || got.Say != want.Say {
				t.Errorf("Banner(%q) = %+v", example, got)
			}
			if got.Software != want.Software && got.Software != "" {
				t.Errorf("Banner(%q).Software = %q", example, got.Software)
			}
			for _, name := range []string{"host", "version"} {
				value := map[string]string{"host": got.Host, "version": got.Version}[name]
				if strings.Contains(want.Regex, "<"+name+">") && !optional(want.Regex) && value == "" {
					t.Errorf("Banner(%q) has no %s", example, name)
				}
			}
		})
	}
}

// optional reports whether a pattern may match without its groups.
func optional(regex string) bool {
	return strings.Contains(regex, "|^") || strings.Contains(regex, ")?") || strings.Contains(regex, "<v2>")
}

// TestRules holds the rules for verdicts: what a stage can and cannot mean.
func TestRules(t *testing.T) {
	greeting := session.Command{}
	tests := []struct {
		reply  string
		to     session.Command
		text   string
		who    string
		kind   string
		source string
	}{
		{"220 mta101.biz.mail.mud.yahoo.com ESMTp YSmtp service ready", greeting, "Yahoo's mail server. It is ready.", nobody, "", ByStage},
		{"220 mail.example.com ESMTP Postfix (3.1.4)", greeting, "A mail server: Postfix 3.1.4. It is ready.", nobody, "", ByStage},
		{"220 mx1-us1.ppe-hosted.com ESMTP", greeting, "Probably a mail filter: Proofpoint (cloud gateway). It is ready.", nobody, "", ByStage},
		{"220 smtp1.gate.iad3b.emailsrvr.com ESMTP", greeting, "Probably Rackspace's mail server. It is ready.", nobody, "", ByStage},
		{"220 mail.example.com ESMTP", greeting, "A mail server. It is ready.", nobody, "", ByStage},
		{"220 *****************************0*2*****0*", greeting, "A firewall is hiding the banner (Cisco PIX/ASA Mailguard).", "network", "", ByStage},
		{"220 localhost avast! SMTP proxy ready.", greeting, "An antivirus on this computer is in the way.", "you", "", ByStage},
		{"220 strange", greeting, "A mail server. It is ready.", nobody, "", ByStage},
		{"554 5.7.1 No", greeting, "No: it will not talk to our address.", "sender_admin", "", ByStage},
		{"421 4.3.2 Busy", greeting, "Not now: it is busy, or it limits us.", "later", "", ByStage},
		{"421 try again later", greeting, "Not now: it is busy, or it limits us.", "later", "", ByStage},
		{"SSH-2.0-OpenSSH_9.9", greeting, "This is not mail talk: wrong port or wrong service.", "you", "", ByStage},
		{"250 ok", command("MAIL FROM:<>"), "Yes. Bounces come without a sender.", nobody, "", ByStage},
		{"250 2.1.0 ok", command("MAIL FROM:<a@example.org>"), "Yes.", nobody, "", ByStage},
		{"550 no such user", command("MAIL FROM:<a@example.org>"), "No: it does not accept this sender.", "you", "address", ByStage},
		{"550 5.1.1 User unknown", command("MAIL FROM:<a@example.org>"), "No: it does not accept this sender.", "you", "address", ByStage},
		{"553 5.1.8 zzz", command("MAIL FROM:<a@example.org>"), "Our sender domain does not exist or cannot take replies.", "sender_admin", "", ByEnhanced},
		{"250 2.1.5 Ok", rcpt(), "Yes, it takes mail for this address.", nobody, "", ByStage},
		{"252 hm", rcpt(), "It will not say. Only sending tells.", nobody, "", ByStage},
		{"450 hm", rcpt(), "Not now. Often a first-time check: ask again in 15 minutes.", "later", "", ByStage},
		{"550 5.1.1 hm", rcpt(), "No: nobody of that name here.", "sender", "", ByStage},
		{"550 5.7.1 user unknown", rcpt(), "No: not allowed. This is about us, not about the address.", "sender_admin", "", ByStage},
		{"550 5.7.1 looks like spam", rcpt(), "No: it takes us for senders of junk. It does not say the address is wrong.", "sender_admin", "policy", ByPattern},
		{"554 spam", greeting, "No: it takes us for senders of junk. It does not say the address is wrong.", "sender_admin", "policy", ByPattern},
		{"550 hm (#5.2.2)", rcpt(), "No room in the mailbox.", "recipient", "", ByEnhanced},
		{"554 hm", rcpt(), "No, and the number does not say why: it may be the address, or us.", "sender", "", ByStage},
		{"550 5.1.1 hm", command("EHLO x"), "No: it does not accept our hello.", "sender_admin", "", ByStage},
		{"454 4.7.0 hm", command("AUTH PLAIN"), "Not now: it cannot check the sign-in at the moment.", "later", "", ByStage},
		{"577 hm", rcpt(), "A refusal in words we do not know. Show them to their IT.", "recipient_admin", "", ByDigit},
		{"499 hm", rcpt(), "Not now, in words we do not know.", "later", "", ByDigit},
		{"354 go ahead", command("DATA"), "Yes. End it with a dot on its own line.", "you", "", ByStage},
		{"250 ok dirdel", end(), "Taken. It may still be filed as junk.", "recipient", "", ByStage},
		{"554 hm", end(), "No: it does not take this message. This is about the message or us, not about the address.", "sender", "", ByStage},
		{"550 spam message rejected", end(), "The message looks like spam to the other side.", "sender_admin", "content", ByPattern},
		{"550 5.6.1 hm", end(), "The kind of content or attachment is not accepted.", "sender", "", ByEnhanced},
		{"334 VXNlcm5hbWU6", command("AUTH LOGIN"), "Go on: it asks for the user name.", "you", "", ByStage},
		{"334 UGFzc3dvcmQ6", command("AUTH LOGIN"), "Go on: it asks for the password.", "you", "", ByStage},
		{"334 ", command("AUTH PLAIN"), "Go on: it waits for the next piece of the sign-in.", "you", "", ByStage},
		{"220 go", command("STARTTLS"), "Yes. Encryption starts now.", nobody, "", ByStage},
		{"221 bye", command("QUIT"), "Goodbye. It closes the line, as asked.", nobody, "", ByStage},
		{"500 what", command("XYZZY"), "No: it does not know this command.", "you", "", ByStage},
	}
	for _, tt := range tests {
		got := Reply(heardReply(tt.reply), tt.to)
		if got.Text != tt.text || got.Who != tt.who || got.Kind != tt.kind || got.Source != tt.source {
			t.Errorf("Reply(%q, %q) = %+v, want %q, %s, %q, %s", tt.reply, tt.to.Line, got, tt.text, tt.who, tt.kind, tt.source)
		}
		if got.Next == "" {
			t.Errorf("Reply(%q, %q) has no next step", tt.reply, tt.to.Line)
		}
	}
}

// TestProtocolsWithoutCodes: a class alone is enough for a sentence.
func TestProtocolsWithoutCodes(t *testing.T) {
	for class := session.Unclear; class <= session.Data; class++ {
		for _, line := range []string{"", "STAT", "QUIT"} {
			to := session.Command{Verb: line, Line: line}
			got := Reply(session.Reply{Class: class, Lines: []string{"+OK"}}, to)
			if got.Text == "" || Who(got.Who) == "" {
				t.Errorf("class %v to %q: %+v", class, line, got)
			}
		}
	}
}

var forbidden = regexp.MustCompile(`(?i)\b(verif|valid|deliver)`)

// TestYesPromisesNothing runs every yes there can be to every command.
func TestYesPromisesNothing(t *testing.T) {
	for _, to := range everyCommand() {
		for _, code := range []int{200, 211, 214, 220, 221, 235, 250, 251, 252, 253, 299} {
			for _, enhanced := range everyEnhanced(t, '2') {
				text := strings.TrimSpace(fmt.Sprintf("%d %s", code, enhanced))
				got := Reply(heardReply(text), to)
				if forbidden.MatchString(got.Text) || got.Text == "" || got.Who == "" {
					t.Errorf("%q to %q: %+v", text, to.Line, got)
				}
				if sentence := Line(text, true, to); forbidden.MatchString(sentence) {
					t.Errorf("%q to %q: %q", text, to.Line, sentence)
				}
			}
		}
	}
	for i := range banners().Fingerprints {
		greeting := heardReply(exampleOf(t, "banners.json", i))
		if got := Reply(greeting, session.Command{}); forbidden.MatchString(got.Text) {
			t.Errorf("%q: %q", greeting.Lines, got.Text)
		}
	}
}

// TestPermissionIsNotExistence: no wording and no stage turns 5.7.x into an
// address that does not exist.
func TestPermissionIsNotExistence(t *testing.T) {
	missing := regexp.MustCompile(`(?i)not exist|no such|nobody of that|not known there`)
	for _, to := range everyCommand() {
		for i := range replies().Wordings {
			if replies().Wordings[i].Kind != "address" {
				continue
			}
			code, words, _ := strings.Cut(exampleOf(t, "replies.json", i), " ")
			words = strings.TrimLeft(words, "#0123456789.")
			for n := range 31 {
				text := fmt.Sprintf("%s %s.7.%d%s", code, code[:1], n, " "+strings.TrimSpace(words))
				got := Reply(heardReply(text), to)
				if got.Kind == "address" || missing.MatchString(got.Text) {
					t.Errorf("%q to %q: %+v", text, to.Line, got)
				}
			}
		}
	}
}

// TestEveryRefusalIsAnswered: a sentence, who acts and what next, for every
// code, enhanced code and command.
func TestEveryRefusalIsAnswered(t *testing.T) {
	for _, to := range everyCommand() {
		for code := 100; code < 1000; code++ {
			checkMeaning(t, fmt.Sprint(code), to)
			checkMeaning(t, fmt.Sprintf("%d zzz", code), to)
		}
		for _, class := range []byte("45") {
			for _, enhanced := range everyEnhanced(t, class) {
				for _, code := range []int{21, 50, 54} {
					checkMeaning(t, fmt.Sprintf("%c%d %s zzz", class, code, enhanced), to)
				}
			}
		}
	}
}

func checkMeaning(t *testing.T, text string, to session.Command) {
	t.Helper()
	got := Reply(heardReply(text), to)
	if got.Text == "" || Who(got.Who) == "" || WhoShort(got.Who) == "" || got.Next == "" || got.Source == "" {
		t.Errorf("%q to %q: %+v", text, to.Line, got)
	}
	if strings.ContainsFunc(got.Text+got.Next, unicode.IsControl) || strings.Contains(got.Text, "{") {
		t.Errorf("%q to %q: %q", text, to.Line, got.Text)
	}
}

func everyCommand() []session.Command {
	all := []session.Command{{}, command("MAIL FROM:<>"), command("BDAT 5 LAST"), command("XYZZY"), {Line: "?", Answers: 1}}
	for _, lesson := range Lessons() {
		all = append(all, command(lesson.Write))
	}
	return all
}

func everyEnhanced(t *testing.T, class byte) []string {
	all := []string{""}
	for _, entry := range facts(t, "codes.json", "enhanced_codes") {
		all = append(all, string(class)+entry["code"].(string)[1:])
	}
	return all
}

func TestHugeRepliesAreBounded(t *testing.T) {
	reply := session.Reply{Class: session.No, Code: 550}
	for range 300 {
		reply.Keep("550-" + strings.Repeat("x", 1000))
	}
	reply.Keep("550 user unknown")
	if got := listen(reply, rcpt()); len(got.text) > maxMatched {
		t.Errorf("%d bytes are matched, want %d at most", len(got.text), maxMatched)
	}
	if got := Reply(reply, rcpt()); got.Text == "" {
		t.Error("no sentence")
	}
}

func FuzzReply(f *testing.F) {
	for _, seed := range []string{"550 5.1.1 user unknown", "250 ok", "#1.2", "220-\x1b]0;x\a", "334 =", "45\xff", "554 #5.7.1.1.1"} {
		f.Add(seed, "RCPT", 550, "5.1.1")
	}
	f.Fuzz(func(t *testing.T, text, verb string, code int, enhanced string) {
		reply := session.Reply{Class: session.Class(code % 6), Code: code, Enhanced: enhanced, Lines: strings.Split(text, "\n")}
		got := Reply(reply, session.Command{Verb: verb, Line: verb})
		if got.Text == "" || got.Who == "" || strings.ContainsFunc(got.Text, unicode.IsControl) {
			t.Errorf("%+v", got)
		}
		greeting := Reply(reply, session.Command{})
		if greeting.Text == "" || strings.ContainsFunc(greeting.Text, unicode.IsControl) {
			t.Errorf("%+v", greeting)
		}
	})
}
