package verdict

import (
	"net/netip"
	"strings"
	"testing"
	"time"
)

// mailbox is what was looked into, with stages of the talk: "!" behind a name
// is a no, "!cause" a broken line.
func mailbox(look Arrival, stages ...string) Facts {
	try := Try{Host: "imap.example.org", Address: netip.MustParseAddr("192.0.2.1"), Port: 993, Purpose: "server"}
	for _, text := range stages {
		name, cause, failed := strings.Cut(text, "!")
		try.Stages = append(try.Stages, Stage{Name: StageName(name), OK: !failed, Cause: cause, Text: []string{"their words"}})
	}
	return Facts{Target: "anna@example.org", Tries: []Try{try}, Arrival: &look}
}

func TestArrival(t *testing.T) {
	after := Millis(12 * time.Second)
	in := Arrival{Mailbox: "anna", Found: true, Folder: "INBOX", Kind: KindInbox, After: &after}
	junk, other := in, in
	junk.Kind, junk.Folder, other.Kind, other.Folder = KindJunk, "Bulk", KindOther, "Lists"
	none := Arrival{Mailbox: "anna", Waited: Millis(2 * time.Minute)}
	for _, tt := range []struct {
		name  string
		facts Facts
		code  string
		exit  int
		says  string
	}{
		{"inbox", mailbox(in, "connect", "auth", "look"), "arrived", 0, "inbox (INBOX), 12 seconds after"},
		{"junk", mailbox(junk, "connect", "auth", "look"), "arrived-junk", 0, "Bulk"},
		{"elsewhere", mailbox(other, "connect", "auth", "look"), "arrived-elsewhere", 0, "folder Lists"},
		{"found before the line broke", mailbox(in, "connect", "auth", "look!lost"), "arrived", 0, ""},
		{"nowhere", mailbox(none, "connect", "auth", "look", "quit"), "not-arrived", 42, "after 2 minutes"},
		{"signed out with a no", mailbox(none, "connect", "auth", "look", "quit!"), "not-arrived", 42, ""},
		{"sign-in refused", mailbox(none, "connect", "auth!"), "sign-in-refused", 34, "anna"},
		{"sign-in not begun", mailbox(none, "connect", "auth!sign-in"), "sign-in-refused", 34, "their words"},
		{"turned away", mailbox(none, "connect", "greeting!"), "refused-us", 30, "their words"},
		{"no TLS", mailbox(none, "connect", "tls!tls-missing"), "tls-missing", 32, ""},
		{"certificate", mailbox(none, "connect", "tls!tls-failed"), "tls-failed", 33, "their words"},
		{"SMTP", mailbox(none, "connect", "greeting!not-protocol"), "not-smtp", 25, "does not speak IMAP"},
		{"silent", mailbox(none, "connect", "greeting!silent"), "silent", 24, "port 993"},
		{"lost", mailbox(none, "connect", "auth", "look!lost"), "connection-lost", 40, ""},
		{"folders refused", mailbox(none, "connect", "auth", "folders!"), "cannot-tell", 41, ""},
		{"stopped", mailbox(none, "connect", "look!stopped"), "stopped", 130, ""},
		{"not called", Facts{Arrival: &none}, "stopped", 130, ""},
		{"no such host", Facts{Arrival: &none, Route: &Route{Failure: "no-domain"}}, "no-domain", 11, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			said, exit := Of(tt.facts)
			if said.Code != tt.code || exit != tt.exit || !strings.Contains(said.Sentence, tt.says) || strings.Contains(said.Sentence+said.Next, "{") {
				t.Errorf("%s %d %q %q", said.Code, exit, said.Sentence, said.Next)
			}
		})
	}
}
