package verdict

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"ehlo/session"
)

// situations is the verdict table of the design: a stage, what was said or
// what happened there, and what it comes to. "why" stands for a cause in place
// of a reply.
const situations = `
# stage    reply or cause                                            verdict exit who

# greeting 4xx / 5xx
greeting | 421 4.3.2 too busy, try again later                      | not-now | 30 | later
greeting | 450 4.7.1 not at the moment                              | not-now | 30 | later
greeting | 554 mx1.example.org ESMTP not accepting connections      | refused-us | 30 | sender_admin

# the kind of a known reply
rcpt | 550 5.1.1 The email account that you tried to reach does not exist. | refused-address | 37 | sender
rcpt | 550 5.2.1 The email account that you tried to reach is disabled. | refused-address | 37 | recipient_admin
rcpt | 550 5.7.606 Access denied, banned sending IP [192.0.2.1].    | refused-us | 37 | sender_admin
rcpt | 554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org | refused-us | 37 | sender_admin
end  | 421 4.7.28 Gmail has detected an unusual rate of mail originating from your IP address. | refused-us | 39 | sender_admin
end  | 550 5.7.25 The IP address sending this message does not have a PTR record setup. | refused-us | 39 | network
end  | 550 5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. | refused-us | 39 | sender_admin
end  | 550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy | refused-us | 39 | recipient_admin
rcpt | 450 4.2.1 The user you are trying to contact is receiving mail too quickly. | not-now | 36 | later
mail | 421 4.7.0 Try again later, closing connection.               | not-now | 35 | later
mail | 452 4.3.1 Insufficient system resources                      | not-now | 35 | recipient_admin
rcpt | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. | not-now | 36 | later
rcpt | 450 4.2.0 <anna@example.org>: Recipient address rejected: Greylisted | not-now | 36 | later
rcpt | 550 5.4.1 Relay Access Denied                                | relay-refused | 37 | recipient_admin
rcpt | 554 5.7.1 <anna@example.org>: Relay access denied            | relay-refused | 37 | recipient_admin
rcpt | 550 5.7.64 TenantAttribution; Relay Access Denied            | relay-refused | 37 | sender_admin
hello | 501 5.5.4 HELO/EHLO argument "Jean-Marc here" invalid.      | hello-refused | 31 | you
mail | 530 5.7.57 Client not authenticated to send mail.            | sign-in-needed | 35 | you
mail | 530 5.7.0 Must issue a STARTTLS command first.               | tls-needed | 35 | you
end  | 552 5.7.0 This message was blocked because its content presents a potential security issue. | refused-message | 39 | sender
end  | 554 5.4.6 Message exceeded 50 hops, this may indicate a mail loop. | refused-message | 39 | sender_admin
mail | 552 5.3.4 Your message exceeded Google's message size limits. | too-big | 35 | sender
end  | 552 5.3.4 Error: message file too big                        | too-big | 39 | sender
rcpt | 452 4.2.2 The recipient's inbox is out of storage space.     | full | 36 | recipient
rcpt | 552 5.2.2 <anna@example.org>: Mailbox full                   | full | 37 | recipient
rcpt | 556 5.1.10 Recipient address has null MX                     | null-mx | 37 | sender
rcpt | 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required | not-for-outsiders | 37 | recipient_admin

# syntax and sequence: by stage
hello | 500 5.5.2 Syntax error.                                     | hello-refused | 31 | you
mail | 555 5.5.2 Syntax error.                                      | sender-refused | 35 | you
mail | 503 5.5.2 Send hello first                                   | sender-refused | 35 | you
data | 503 5.5.1 Bad sequence of commands                           | refused-message | 38 | you

# the stage corrects the kind
mail | 550 5.1.1 The email account that you tried to reach does not exist. | sender-refused | 35 | you
mail | 553 5.1.8 <me@example.com>: Sender address rejected: Domain not found | sender-refused | 35 |
auth | 535 5.7.8 Error: authentication failed:                      | sign-in-refused | 34 | sender
mail | 530 5.7.0 Authentication required                            | sign-in-needed | 35 | you
mail | 530 5.7.0 Use encryption first                               | tls-needed | 35 | you
auth | 538 5.7.11 Encryption required for this mechanism            | tls-needed | 34 | you

# no kind: by stage and class
hello | 550 we do not like you                                      | hello-refused | 31 |
tls  | 454 4.7.0 TLS not available                                  | not-now | 32 |
tls  | 502 5.5.1 not here                                           | tls-missing | 32 |
mail | 451 not today                                                | not-now | 35 | later
mail | 550 not you                                                  | sender-refused | 35 |
rcpt | 450 not today                                                | not-now | 36 |
rcpt | 550 no                                                       | refused-address | 37 |
rcpt | 550 5.1.0 no                                                 | refused-address | 37 | sender
rcpt | 550 5.7.1 no                                                 | refused-us | 37 | sender_admin
data | 451 not today                                                | not-now | 38 |
data | 554 no recipients                                            | refused-message | 38 |
end  | 451 not today                                                | not-now | 39 |
end  | 554 no                                                       | refused-message | 39 |
session | 421 4.4.2 closing, idle for too long                      | not-now | 40 | later

# what happened
connect  | why refused                                              | connection-refused | 20 | recipient_admin
connect  | why no-answer                                            | no-answer | 21 | network
connect  | why unreachable                                          | unreachable | 22 | network
greeting | why closed-early                                         | closed-early | 23 | network
greeting | why silent                                               | silent | 24 | later
greeting | why not-protocol                                         | not-smtp | 25 | you
tls      | why tls-missing                                          | tls-missing | 32 | recipient_admin
tls      | why tls-failed                                           | tls-failed | 33 | recipient_admin
tls      | why clear-before-tls                                     | tls-failed | 33 | recipient_admin
mail     | why too-big                                              | too-big | 35 | sender
rcpt     | why overdue                                              | connection-lost | 40 | network
rcpt     | why lost                                                 | connection-lost | 40 | network
data     | why protocol                                             | connection-lost | 40 | network
end      | why body-stopped                                         | connection-lost | 40 | network
end      | why lost-after-data                                      | lost-after-data | 40 | recipient
rcpt     | why stopped                                              | stopped | 130 | you
`

func TestSituations(t *testing.T) {
	for line := range strings.Lines(situations) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		got, exit := Of(broken(stageOfLine(fields[0], fields[1])))
		if got.Code != fields[2] || strconv.Itoa(exit) != fields[3] || fields[4] != "" && got.Who != fields[4] {
			t.Errorf("%s\n\tgives %s, %d, %s", line, got.Code, exit, got.Who)
		}
		if fault := unworded(got); fault != "" {
			t.Errorf("%s\n\t%s: %+v", line, fault, got)
		}
	}
}

// stageOfLine builds a stage that did not go well.
func stageOfLine(name, said string) Stage {
	if why, ok := strings.CutPrefix(said, "why "); ok {
		return Stage{Name: StageName(name), Cause: why, Text: []string{"what the system said"}}
	}
	code, text, _ := strings.Cut(said, " ")
	stage := Stage{Name: StageName(name), Text: []string{text}}
	stage.Code, _ = strconv.Atoi(code)
	if word, _, _ := strings.Cut(text, " "); len(word) >= 5 && word[1] == '.' {
		stage.Enhanced = word
	}
	return stage
}

// order is that of the stages.
var order = []StageName{"connect", "greeting", "hello", "tls", "auth", "mail", "rcpt", "data", "end"}

// broken returns facts in which all went well up to one stage.
func broken(at Stage) Facts {
	try := Try{Host: "mx1.example.org", Address: netip.MustParseAddr("192.0.2.1"), Port: 25, Purpose: "route"}
	facts := Facts{Target: "anna@example.org", Domain: "example.org", Recipients: []Recipient{{Address: "anna@example.org", Answer: Unknown}}}
	for _, name := range order {
		if name == at.Name {
			break
		}
		if name == "rcpt" {
			facts.Recipients[0].Answer = Accepted
		}
		if name != "tls" && name != "auth" && (at.Name != "session" || name != "end") {
			try.Stages = append(try.Stages, Stage{Name: name, OK: true, Code: 250})
		}
	}
	if at.Name == "rcpt" && at.Code != 0 {
		facts.Recipients[0] = Recipient{Address: "anna@example.org", Answer: Refused, Code: at.Code}
	}
	try.Stages = append(try.Stages, at)
	facts.Tries = []Try{try}
	return facts
}

// unworded says what of a verdict has no words; "" when all has.
func unworded(v Verdict) string {
	switch {
	case v.Word == "" || v.Sentence == "" || v.Who == "" || v.WhoText == "" || v.Next == "":
		return "words are missing"
	case strings.ContainsAny(v.Sentence+v.Next, "{}"):
		return "a gap was not filled"
	}
	return ""
}

// TestRoute holds what the DNS alone settles.
func TestRoute(t *testing.T) {
	for _, tt := range []struct {
		route Route
		code  string
		exit  int
	}{
		{Route{Failure: "no-domain"}, "no-domain", ExitNoDomain},
		{Route{Failure: "no-address"}, "no-address", ExitNoAddress},
		{Route{Failure: "dns-failed", Error: "SERVFAIL"}, "dns-failed", ExitDNS},
		{Route{Null: true}, "null-mx", ExitNullMX},
	} {
		got, exit := Of(Facts{Target: "anna@example.org", Domain: "example.org", Route: &tt.route})
		if got.Code != tt.code || exit != tt.exit || unworded(got) != "" {
			t.Errorf("%+v gives %+v, %d", tt.route, got, exit)
		}
	}
}

// TestRecipients holds that the worst answer counts, and whose it is.
func TestRecipients(t *testing.T) {
	yes := Stage{Name: "rcpt", OK: true, Code: 250}
	later := Stage{Name: "rcpt", Code: 450, Enhanced: "4.2.0", Text: []string{"4.2.0 Greylisted"}}
	no := Stage{Name: "rcpt", Code: 550, Enhanced: "5.1.1", Text: []string{"5.1.1 User unknown"}}
	taken := Stage{Name: "end", OK: true, Code: 250, Text: []string{"queued"}}
	lost := Stage{Name: "session", Cause: string(session.WhyLost)}
	for _, tt := range []struct {
		name    string
		stages  []Stage
		answers []string
		code    string
		exit    int
		about   string
	}{
		{"all", []Stage{yes, yes, taken}, []string{Accepted, Accepted}, "accepted", 0, ""},
		{"one put off", []Stage{yes, later, taken}, []string{Accepted, NotNow}, "not-now", ExitNotNow, ""},
		{"one refused", []Stage{later, no, taken}, []string{NotNow, Refused}, "refused-address", ExitRecipient, "b@example.org"},
		{"none left", []Stage{no, no}, []string{Refused, Refused}, "refused-address", ExitRecipient, "a@example.org"},
		{"refused, then lost", []Stage{no, no, lost}, []string{Refused, Refused}, "refused-address", ExitRecipient, "a@example.org"},
		{"lost between", []Stage{no, lost}, []string{Refused, Unknown}, "connection-lost", ExitLost, ""},
		{"taken, then lost", []Stage{yes, yes, taken, lost}, []string{Accepted, Accepted}, "accepted", 0, ""},
	} {
		facts := Facts{Tries: []Try{{Purpose: "route", Stages: tt.stages}}}
		for i, answer := range tt.answers {
			facts.Recipients = append(facts.Recipients, Recipient{Address: string(rune('a'+i)) + "@example.org", Answer: answer})
		}
		got, exit := Of(facts)
		if got.Code != tt.code || exit != tt.exit || !strings.Contains(got.Sentence, tt.about) {
			t.Errorf("%s: %+v, %d", tt.name, got, exit)
		}
	}
}

// TestACommandOutOfPlaceBlamesNobody: a 503 keeps code and exit of its stage,
// and says in words that a step was missed.
func TestACommandOutOfPlaceBlamesNobody(t *testing.T) {
	for _, name := range []StageName{"mail", "rcpt", "data"} {
		said, _ := Of(broken(Stage{Name: name, Code: 503, Text: []string{"say MAIL FROM first"}}))
		for _, blame := range []string{"no mailbox", "does not take mail", "refused the message"} {
			if strings.Contains(said.Sentence, blame) {
				t.Errorf("%s: %s", name, said.Sentence)
			}
		}
	}
}

// TestBogusIsTheDomainsOwn: signatures that do not fit are for the owner of the
// domain to mend, not for our network.
func TestBogusIsTheDomainsOwn(t *testing.T) {
	route := &Route{Failure: "dns-failed", Error: "it said SERVFAIL", Notes: []Note{{Code: "bogus"}}}
	said, exit := Of(Facts{Domain: "example.org", Route: route})
	if said.Code != "dns-failed" || said.Who != "recipient_admin" || exit != ExitDNS {
		t.Errorf("%+v, exit %d", said, exit)
	}
}

// TestWhoActsForTheDNS: a server that answers, and has no answer, is in order
// itself; one that is silent is ours to look at.
func TestWhoActsForTheDNS(t *testing.T) {
	for answered, who := range map[bool]string{true: "recipient_admin", false: "network"} {
		route := &Route{Failure: "dns-failed", Error: "it said SERVFAIL", Answered: answered}
		said, exit := Of(Facts{Domain: "example.org", Route: route})
		if said.Code != "dns-failed" || said.Who != who || exit != ExitDNS {
			t.Errorf("answered %t: %+v, exit %d", answered, said, exit)
		}
	}
}
