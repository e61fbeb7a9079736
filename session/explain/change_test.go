package explain

import (
	"strings"
	"testing"
)

// TestChanges compares the lists before and after TLS.
func TestChanges(t *testing.T) {
	before := []string{"PIPELINING", "SIZE 10240000", "STARTTLS", "8BITMIME", "ETRN", "AUTH LOGIN PLAIN"}
	after := []string{"size 31981568", "PIPELINING", "AUTH plain login", "8BITMIME", "SMTPUTF8"}
	var got []string
	for _, change := range Changes(before, after) {
		got = append(got, change.Keyword+": "+change.Say)
	}
	want := []string{
		"SIZE: Before encryption: SIZE 10240000",
		"SMTPUTF8: New since the line is encrypted.",
		"STARTTLS: Gone, as it should be: the line is encrypted now.",
		"ETRN: Gone since the line is encrypted.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := Changes(nil, after); got != nil {
		t.Errorf("nothing to compare with: %+v", got)
	}
	if got := Changes([]string{"A", "B 1"}, []string{"b 1", "a"}); len(got) != 0 || ChangesNothing() == "" {
		t.Errorf("the same list: %+v", got)
	}
	for _, change := range Changes([]string{"X\x1b[2J"}, []string{"Y\x1b[2J", "SIZE"}) {
		if strings.Contains(change.Keyword+change.Before+change.Say, "\x1b") {
			t.Errorf("%+q", change)
		}
	}
}

// TestParameters: what follows a keyword is told in its sentence.
func TestParameters(t *testing.T) {
	for line, want := range map[string]string{
		"SIZE 35882577":              "Accepts messages up to 36 MB (attachments up to about 26 MB).",
		"AUTH PLAIN LOGIN":           "Lets you sign in with a user name and password (PLAIN, LOGIN).",
		"AUTH NTLM GSSAPI":           "Lets you sign in with a Windows account (NTLM, GSSAPI).",
		"AUTH xoauth2":               "Lets you sign in with a token, not with a password (xoauth2).",
		"FUTURERELEASE 604800 x":     "Can hold a message until a chosen time. At most 7 days ahead.",
		"DELIVERBY 240":              "Can be told to deliver within a time or report. The shortest time is 4 minutes.",
		"DELIVERBY":                  "Can be told to deliver within a time or report.",
		"DELIVERBY soon":             "Can be told to deliver within a time or report. It adds: soon.",
		"MT-PRIORITY MIXER":          "Can treat messages by priority. The meaning of the numbers: MIXER.",
		"NO-SOLICITING net.ex:ADV":   "Asks senders to label advertising. The labels: net.ex:ADV.",
		"BURL imap":                  "Can fetch message parts from an IMAP server. From: imap.",
		"XFORWARD NAME ADDR":         "As XCLIENT, for logging. It takes: NAME, ADDR.",
		"LIMITS RCPTMAX=100":         "Tells its limits: 100 recipients a message.",
		"8BITMIME odd":               "Takes accented letters as they are. It adds: odd.",
		"XXXXXXXA XXX":               "Not a feature: a firewall has crossed out text. Everything the server offers may be hidden.",
		"DSN " + "a b c d e f g h i": "Can send delivery and failure reports on request. It adds: a, b, c, d, e, f, g, h.",
	} {
		if got := Keyword(line).Say; got != want {
			t.Errorf("%s\n got %q\nwant %q", line, got, want)
		}
	}
	for seconds, want := range map[int64]string{1: "1 second", 59: "59 seconds", 60: "1 minute", 90: "90 seconds", 7200: "2 hours", 86400: "1 day"} {
		if got := span(seconds); got != want {
			t.Errorf("%d is %q, want %q", seconds, got, want)
		}
	}
	if got := MethodWords([]string{"plain", "LOGIN", "X"}); len(got) != 2 {
		t.Errorf("methods: %q", got)
	}
}
