package wrap

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	tests := []struct {
		text        string
		first, rest int
		want        []string
	}{
		{"", 5, 5, []string{""}},
		{"one", 3, 3, []string{"one"}},
		{"one two", 5, 5, []string{"one", "two"}},
		{"one two", 3, 3, []string{"one", "two"}},
		{"one   two", 4, 4, []string{"one", "two"}},
		{"one two three", 7, 5, []string{"one two", "three"}},
		{"abcdefgh", 3, 4, []string{"abc", "defg", "h"}},
		{"a bcdefgh", 3, 3, []string{"a", "bcd", "efg", "h"}},
		{" a b", 2, 2, []string{" a", "b"}},
		{"日本語", 4, 2, []string{"日本", "語"}},
		{"日本", 1, 1, []string{"日", "本"}},
		{"ab日", 3, 3, []string{"ab", "日"}},
		{"é e\u0301x", 2, 2, []string{"é", "e\u0301x"}},
		{"ab", 0, -1, []string{"a", "b"}},
		{"trail   ", 5, 5, []string{"trail"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, Text(tt.text, tt.first, tt.rest)); diff != "" {
			t.Errorf("Text(%q, %d, %d): %s", tt.text, tt.first, tt.rest, diff)
		}
	}
}

// Nothing but spaces is left out, and no row is too wide for two columns.
func TestTextKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab  é日x<>\u0301"))).Draw(t, "text")
		first, rest := rapid.IntRange(2, 12).Draw(t, "first"), rapid.IntRange(2, 12).Draw(t, "rest")
		rows := Text(text, first, rest)
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(rows, "")); got != squeeze(text) {
			t.Fatalf("%q became %q", text, rows)
		}
		width := first
		for _, row := range rows {
			if ansi.StringWidth(row) > width {
				t.Fatalf("%q is wider than %d", row, width)
			}
			width = rest
		}
	})
}

// BenchmarkLong wraps the longest line that a session keeps.
func BenchmarkLong(b *testing.B) {
	for name, text := range map[string]string{
		"ascii": strings.Repeat("word and ", 64<<10/9),
		"wide":  strings.Repeat("日本語 ", 64<<10/10),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Text(text, 76, 72)
			}
		})
	}
}
