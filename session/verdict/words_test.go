package verdict

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/explain"
)

// codes are those of the design.
var codes = strings.Fields(`accepted accepts-everything refused-address refused-us relay-refused sender-refused
	hello-refused not-for-outsiders refused-message not-now full too-big sign-in-needed sign-in-refused tls-needed
	tls-missing tls-failed cannot-tell no-answer connection-refused unreachable closed-early silent not-smtp no-domain
	no-address null-mx dns-failed connection-lost lost-after-data open stopped
	arrived arrived-junk arrived-elsewhere not-arrived`)

// The room for a verdict on a screen of 80 columns.
const columns, rows = 64, 3

func TestWords(t *testing.T) {
	for _, code := range codes {
		w, there := words()[code]
		if !there {
			t.Errorf("%s has no words", code)
			continue
		}
		if !strings.Contains(" YES | GO ON | NOT NOW | NO | CANNOT TELL ", " "+w.Word+" ") {
			t.Errorf("%s: the word is %q", code, w.Word)
		}
		if explain.Who(w.Who) == "" {
			t.Errorf("%s: nobody knows who %q is", code, w.Who)
		}
		for name, text := range map[string]string{"sentence": w.Sentence, "next": w.Next} {
			if n := wrapped(text); text == "" || n > rows {
				t.Errorf("%s: the %s takes %d rows of %d columns: %q", code, name, n, columns, text)
			}
		}
		if n := wrapped(w.Sentence) + wrapped(w.Next); n > rows+1 {
			t.Errorf("%s: sentence and next take %d rows", code, n)
		}
	}
	for code := range words() {
		if strings.HasPrefix(code, "at:") || strings.HasPrefix(code, "asked:") || strings.HasPrefix(code, "kind:") || strings.HasPrefix(code, "silence:") || strings.HasPrefix(code, "mailbox:") {
			continue // where a talk stands, no verdict yet; other words for a code
		}
		if !strings.Contains(" "+strings.Join(codes, " ")+" ", " "+code+" ") {
			t.Errorf("%s is no code of the design", code)
		}
	}
}

// wrapped counts the rows that a text takes.
func wrapped(text string) int { return strings.Count(ansi.Wordwrap(text, columns, ""), "\n") + 1 }

// TestNoPromise holds that a yes of a server is never told as more.
func TestNoPromise(t *testing.T) {
	for _, word := range []string{"verified", "valid", "delivered", "guarantee"} {
		if strings.Contains(strings.ToLower(string(wordsData)), word) {
			t.Errorf("the words hold %q", word)
		}
	}
}
