package explain

import (
	"slices"
	"strings"
	"testing"

	"ehlo/session"
)

func TestCommand(t *testing.T) {
	for line, want := range map[string]string{
		"EHLO pc17.example.org":                 "Who I am. What can you do?",
		"MAIL FROM:<>":                          "May I send with no sender?",
		"mail from:<> SIZE=5":                   "May I send with no sender?",
		"MAIL FROM:<helpdesk@example.org>":      "May I send in the name of helpdesk?",
		"MAIL FROM: helpdesk@example.org":       "May I send in the name of helpdesk?",
		"MAIL FROM:<helpdesk@exam":              "May I send in the name of helpdesk?",
		"MAIL":                                  "May I send in the name of ...?",
		"MAIL FROM:":                            "May I send in the name of ...?",
		"MAIL FROM:<":                           "May I send in the name of ...?",
		"MAIL FROM:<\x1b[2J@example.org>":       `May I send in the name of \x1B[2J?`,
		"RCPT TO:<jcatalaa@catium.com>":         "May I send to this person?",
		"DATA":                                  "May I hand over the message now?",
		".":                                     "That was all.",
		"BDAT 1000":                             "Here is a piece of the message.",
		"BDAT 1000 last":                        "Here is the last piece. That was all.",
		"STARTTLS":                              "May we switch to encryption?",
		"AUTH PLAIN " + session.Hidden:          "May I sign in?",
		"RSET":                                  "Let us forget this message.",
		"QUIT":                                  "Goodbye.",
		"XYZZY":                                 "Not a command we know; the server will say.",
		"MAIL FROM:<" + strings.Repeat("x", 99): "May I send in the name of " + strings.Repeat("x", maxQuoted) + "...?",
	} {
		if got := Command(command(line)); got != want {
			t.Errorf("Command(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestTyped(t *testing.T) {
	for line, want := range map[string]string{
		"EHL":   "Who I am. What can you do?",
		"ma":    "May I send in the name of ...?",
		"noo":   "Still there?",
		"NOOP":  "Still there?",
		"E":     "The beginning of a command.",
		"r":     "The beginning of a command.",
		"EHL ":  "Not a command we know; the server will say.",
		"EHL x": "Not a command we know; the server will say.",
		"XY":    "Not a command we know; the server will say.",
		".":     "That was all.",
	} {
		if got := Typed(command(line)); got != want {
			t.Errorf("Typed(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestCommandsWithoutAVerb(t *testing.T) {
	for _, tt := range []struct {
		to   session.Command
		want string
	}{
		{session.Command{}, "The server speaks first."},
		{session.Command{Answers: 1}, "Not a command we know; the server will say."},
		{session.Command{Line: "?!", Arg: "?!", Answers: 1}, "Not a command we know; the server will say."},
		{session.Command{Line: "Subject: x", Effect: session.EffectText}, "A line of the message."},
		{session.Command{Verb: "AUTH", Line: "c2VjcmV0", Arg: "c2VjcmV0", Answers: 1}, "The answer to its question. It is hidden."},
		{session.Command{Verb: "AUTH", Line: "*", Arg: "*", Answers: 1}, "Let us stop the sign-in."},
	} {
		if got := Command(tt.to); got != tt.want {
			t.Errorf("Command(%+v) = %q, want %q", tt.to, got, tt.want)
		}
	}
}

// TestEveryLesson: each verb that has words for its answers has a lesson, and
// each lesson is whole.
func TestEveryLesson(t *testing.T) {
	for stage := range stages().Stages {
		if _, ok := LessonOf(stage); !ok && stage != "greeting" && stage != "unknown" {
			t.Errorf("no lesson for %s", stage)
		}
	}
	classes := []string{"yes", "go on", "not now", "no", "unclear"}
	for _, lesson := range Lessons() {
		if slices.Contains([]string{lesson.Does, lesson.Form, lesson.Write, lesson.Hint, lesson.Step, lesson.Asks}, "") || len(lesson.Answers) == 0 {
			t.Errorf("the lesson of %s is not whole: %+v", lesson.Verb, lesson)
		}
		for _, answer := range lesson.Answers {
			if !slices.Contains(classes, answer.Class) || answer.Codes == "" || answer.Text == "" {
				t.Errorf("%s: answer %+v", lesson.Verb, answer)
			}
			if answer.Class == "yes" && forbidden.MatchString(answer.Text) {
				t.Errorf("%s: a yes promises too much: %q", lesson.Verb, answer.Text)
			}
		}
		for _, next := range lesson.Next {
			if _, ok := LessonOf(next); !ok {
				t.Errorf("%s: no lesson for %s, which comes next", lesson.Verb, next)
			}
		}
		if got := Command(command(lesson.Write)); got == commands().Unknown || got == "" {
			t.Errorf("%s asks %q", lesson.Write, got)
		}
	}
	if _, ok := LessonOf("XYZZY"); ok {
		t.Error("a lesson for an unknown verb")
	}
}

func TestProvider(t *testing.T) {
	for host, want := range map[string][2]string{
		"mx1.biz.mail.yahoo.com":                  {"Yahoo", "mailbox"},
		"MTA7.AM0.YAHOODNS.NET.":                  {"Yahoo / AOL", "mailbox"},
		"example-com.mail.protection.outlook.com": {"Microsoft 365", "mailbox"},
		"hotmail-com.olc.protection.outlook.com":  {"Outlook.com / Hotmail", "mailbox"},
		"mx0a-0001.pphosted.com":                  {"Proofpoint", "gateway"},
		"notgoogle.com":                           {"", ""},
		"mx.example.org":                          {"", ""},
		"":                                        {"", ""},
	} {
		provider, kind := Provider(host)
		if provider != want[0] || kind != want[1] {
			t.Errorf("Provider(%q) = %q, %q, want %q", host, provider, kind, want)
		}
	}
	if ProviderNote("mx1.biz.mail.yahoo.com") == "" {
		t.Error("no note on Yahoo")
	}
}

func TestWho(t *testing.T) {
	keys := []string{nobody, "you", "sender", "sender_admin", "network", "recipient", "recipient_admin", "later"}
	for _, key := range keys {
		if Who(key) == "" || !strings.HasSuffix(WhoShort(key), ".") {
			t.Errorf("Who(%q) = %q, %q", key, Who(key), WhoShort(key))
		}
	}
	if len(who().Words) != len(keys) || len(who().Short) != len(keys) || Who("x") != "" {
		t.Error("other keys than these")
	}
}

func TestEveryOutcome(t *testing.T) {
	for _, entry := range facts(t, "outcomes.json", "connection_outcomes") {
		got, ok := Outcome(entry["id"].(string))
		if !ok || got.Text == "" || Who(got.Who) == "" || got.Next == "" || got.Source != ByOutcome {
			t.Errorf("Outcome(%v) = %+v, %v", entry["id"], got, ok)
		}
	}
	got, _ := Outcome("tcp-timeout", "{our_ip}", "10.50.128.77", "{host}", "mx1.example.org", "{ip}", "192.0.2.1")
	if strings.Contains(got.Next, "{") || !strings.Contains(got.Next, "from 10.50.128.77 to mx1.example.org (192.0.2.1)") {
		t.Errorf("next is %q", got.Next)
	}
	if _, ok := Outcome("x"); ok {
		t.Error("an outcome for an unknown id")
	}
}
