package ui

import (
	"context"
	"strings"
	"testing"

	"ehlo/session/explain"
)

// TestHelpListsWhatWorks holds the page behind F1 against the keys and lines
// that are obeyed.
func TestHelpListsWhatWorks(t *testing.T) {
	m := New(context.Background(), Config{})
	var page strings.Builder
	for _, section := range m.helpSections() {
		for _, row := range section.Rows {
			if row.Does == "" {
				t.Errorf("%s does not say what it does", row.Name)
			}
			page.WriteString(row.Name + "\n")
		}
	}
	for _, binding := range m.keys.All() {
		if !strings.Contains(page.String(), binding.Help().Key+"\n") {
			t.Errorf("no word of %s", binding.Help().Key)
		}
	}
	for word := range slashCommands {
		if !strings.Contains(page.String(), word) {
			t.Errorf("no word of %s", word)
		}
	}
}

// TestHelpFinds what is typed, opens its page, and leads back; the line that was
// being typed is as it was, and nothing goes out.
func TestHelpFinds(t *testing.T) {
	drives(t, "192.0.2.25:25", &network{peer: &peer{banner: "220 mx1.example.com ESMTP", answers: map[string]string{}}}, func(d *drive) {
		d.letters("RCPT TO:<b@exa")
		d.press("f1")
		d.shows("Keys", "F1/Alt+H", "Type to find")
		d.hides("RCPT TO:<b@exa")
		d.letters("starttls")
		d.shows(" > STARTTLS", "Commands and extensions")
		d.press("enter")
		d.shows("RFC 3207 section 4", "[Lesson]", "STARTTLS")
		d.press("esc")
		d.shows(" > STARTTLS", "starttls")
		d.press("down", "enter")
		d.shows("RFC 3207", "The talk can go on encrypted")
		d.press("esc", "esc")
		d.shows("Keys", "Type to find")
		d.letters("frobnicate")
		d.shows("Nothing here has to do with frobnicate.")
		d.press("esc", "esc")
		d.shows(" > RCPT TO:<b@exa", "[Talk]")
		if got := d.net.peer.got.Load(); got != nil {
			t.Errorf("%q was sent", got)
		}
	})
}

// TestHelpOpensEveryPage by its own row.
func TestHelpOpensEveryPage(t *testing.T) {
	drives(t, "", &network{}, func(d *drive) {
		d.press("f1")
		for _, entry := range explain.Reference() {
			d.press("down")
			row, chosen := d.help.Chosen()
			if !chosen || row.Opens != opens(entry) {
				t.Fatalf("%s: chosen %+v", entry.Name, row)
			}
		}
		d.press("enter")
		d.shows("[Lesson]")
		d.press("esc")
		d.shows("Keys")
		d.press("f5")
		d.shows("Question 1")
		d.hides("F12/Alt+E")
	})
}
