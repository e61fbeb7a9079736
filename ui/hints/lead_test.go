package hints

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
)

// TestLead draws what may come next beside the hints.
func TestLead(t *testing.T) {
	leads := [][]string{
		{"DATA", "RCPT TO", "RSET", "NOOP", "QUIT"},
		{"SIZE=", "BODY=8BITMIME", "BODY=7BIT", "RET=HDRS", "RET=FULL", "ENVID=", "AUTH=<>", "REQUIRETLS", "SMTPUTF8", "MT-PRIORITY="},
		{"a header (Name: value), or the empty line before the text"},
		{strings.Repeat("w", 100), "never"},
		{"x"},
	}
	var got strings.Builder
	for _, w := range []int{80, 120, 100, 70, 60, 40, 12} {
		fmt.Fprintf(&got, "%d\n", w)
		for _, lead := range leads {
			m := talk(w, 1)
			m.SetLead("Next:", lead)
			row := ansi.Strip(m.View())
			if ansi.StringWidth(row) > w {
				t.Errorf("%d columns in %d: %q", ansi.StringWidth(row), w, row)
			}
			got.WriteString(row + "\n")
		}
	}
	golden.Text(t, "lead", strings.TrimSuffix(got.String(), "\n"))
	m := talk(80, 1)
	m.SetLead("Next:", nil)
	if got := ansi.Strip(m.View()); strings.Contains(got, "Next") {
		t.Errorf("no words, and yet %q", got)
	}
}
