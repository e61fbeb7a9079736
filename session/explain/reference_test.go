package explain

import (
	"slices"
	"strings"
	"testing"
)

// registered is the list of SMTP service extensions that IANA keeps.
var registered = strings.Fields(`SEND SOML SAML VRFY EXPN HELP TURN 8BITMIME SIZE VERB ONEX CHUNKING BINARYMIME
CHECKPOINT DELIVERBY PIPELINING DSN ETRN ENHANCEDSTATUSCODES STARTTLS NO-SOLICITING MTRK ATRN SUBMITTER AUTH BURL
FUTURERELEASE CONPERM CONNEG SMTPUTF8 UTF8SMTP MT-PRIORITY RRVS REQUIRETLS LIMITS`)

// verbs are those of RFC 5321, its forerunners and its extensions.
var verbs = strings.Fields(`HELO EHLO MAIL RCPT DATA RSET NOOP QUIT VRFY EXPN HELP TURN SEND SOML SAML ETRN ATRN BDAT
BURL AUTH STARTTLS LHLO XCLIENT XFORWARD VERB ONEX .`)

// TestEveryPageIsWhole: each verb and each registered keyword has a page with
// syntax, when it is allowed, what it is for, an example, and where it is laid
// down.
func TestEveryPageIsWhole(t *testing.T) {
	for _, verb := range verbs {
		entry, ok := CommandEntry(verb)
		checkEntry(t, verb, entry, ok)
		if entry.Extension || len(entry.Answers) == 0 || entry.Does == "" {
			t.Errorf("%s: %+v", verb, entry)
		}
	}
	for _, keyword := range registered {
		entry, ok := ExtensionEntry(keyword)
		checkEntry(t, keyword, entry, ok)
		if !entry.Extension || entry.Does == "" || len(entry.Answers) == 0 && keyword != "UTF8SMTP" {
			t.Errorf("%s: %+v", keyword, entry)
		}
	}
	if len(reference().Verbs) != len(verbs) || len(Lessons()) != len(verbs) {
		t.Errorf("%d pages and %d lessons of %d verbs", len(reference().Verbs), len(Lessons()), len(verbs))
	}
}

func checkEntry(t *testing.T, name string, entry Entry, ok bool) {
	t.Helper()
	if !ok || len(entry.Syntax) == 0 || entry.When == "" || len(entry.Text) < 15 || len(entry.Example) == 0 {
		t.Errorf("the page of %s is not whole: %+v", name, entry)
	}
	if !strings.Contains(entry.RFC, "RFC") && !strings.HasPrefix(entry.RFC, "Postfix") {
		t.Errorf("%s: laid down in %q", name, entry.RFC)
	}
	said := strings.Join(entry.Example, "\n")
	if word := strings.Trim(name, "."); !strings.Contains(said, word) && name != "PIPELINING" && name != "CHUNKING" &&
		name != "BINARYMIME" && len(entry.Example) < 2 {
		t.Errorf("%s: the example shows nothing of it: %q", name, said)
	}
	for _, line := range entry.Example {
		if !strings.HasPrefix(line, "C: ") && !strings.HasPrefix(line, "S: ") {
			t.Errorf("%s: who says %q?", name, line)
		}
	}
	for _, answer := range entry.Answers {
		if answer.Class == "yes" && forbidden.MatchString(answer.Text) || answer.Codes == "" || answer.Text == "" {
			t.Errorf("%s: answer %+v", name, answer)
		}
	}
}

// TestHowTosEmptyCells: the how-to's table leaves RCPT TO and DATA empty.
func TestHowTosEmptyCells(t *testing.T) {
	for verb, want := range map[string]string{"RCPT": "Can I send it to this user on your system?", "DATA": "hand over the message"} {
		if entry, _ := CommandEntry(verb); !strings.Contains(entry.Text, want) {
			t.Errorf("%s says %q", verb, entry.Text)
		}
	}
}

// TestReference lists each page once, and those of keywords that are known but
// not registered.
func TestReference(t *testing.T) {
	all := Reference()
	if want := len(Lessons()) + len(keywords().Known); len(all) != want {
		t.Errorf("%d pages, want %d", len(all), want)
	}
	seen := map[string]bool{}
	for _, entry := range all {
		key := entry.Name
		if entry.Extension {
			key = "250-" + key
		}
		if seen[key] || entry.Text == "" || entry.RFC == "" || entry.When == "" || entry.Does == "" || strings.ContainsAny(entry.Text+entry.Does, "{}") {
			t.Errorf("%+v", entry)
		}
		seen[key] = true
	}
	if _, ok := CommandEntry("XYZZY"); ok {
		t.Error("a page of no command")
	}
	if _, ok := ExtensionEntry("XYZZY"); ok {
		t.Error("a page of no extension")
	}
}

// TestFind: a name first, then what begins with it, then words anywhere.
func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"rcpt": "RCPT", "MAIL": "MAIL", "star": "STARTTLS", "size": "SIZE", "5.1.8": "MAIL", "rfc 3461": "DSN",
		"waiting mail": "ETRN", "notify=": "RCPT", "xforward": "XFORWARD",
	} {
		if found := Find(text); len(found) == 0 || found[0].Name != want {
			t.Errorf("Find(%q) begins with %+v", text, found[:min(1, len(found))])
		}
	}
	if got := len(Find("  ")); got != len(Reference()) {
		t.Errorf("nothing finds %d pages", got)
	}
	if found := Find("frobnicate"); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
	names := func(entries []Entry) (names []string) {
		for _, entry := range entries {
			names = append(names, entry.Name)
		}
		return names
	}
	if got := names(Find("auth")); !slices.Equal(got[:2], []string{"AUTH", "AUTH"}) {
		t.Errorf("auth finds %q", got)
	}
}
