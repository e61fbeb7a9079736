// Package golden holds frames of panes against files, for tests:
// testdata/NAME.golden of the package under test. With -update the files are
// written anew.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Frame holds a frame that should have h rows of at most w columns against a
// file, as plain text. Blanks at the end of a row do not count.
func Frame(t testing.TB, name, view string, w, h int) {
	t.Helper()
	rows := strings.Split(ansi.Strip(view), "\n")
	if len(rows) != h {
		t.Errorf("%d rows, want %d", len(rows), h)
	}
	for i, row := range rows {
		if got := ansi.StringWidth(row); got > w {
			t.Errorf("row %d is %d columns wide, want %d at most: %q", i+1, got, w, row)
		}
	}
	Text(t, name, ansi.Strip(view))
}

// Text holds text against a file as it is, but for blanks at the end of a row.
func Text(t testing.TB, name, text string) {
	t.Helper()
	rows := strings.Split(text, "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	got := strings.Join(rows, "\n") + "\n"
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", file, diff)
	}
}
