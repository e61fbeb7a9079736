package ui

import (
	"context"
	"strings"
	"testing"
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
