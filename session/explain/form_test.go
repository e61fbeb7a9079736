package explain

import (
	"strings"
	"testing"

	"ehlo/session"
)

// TestForm: every flaw that a line can have is told, and several at once.
func TestForm(t *testing.T) {
	for _, flaw := range []session.Flaw{
		session.FlawBareLF, session.FlawBareCR, session.FlawNUL, session.FlawMixedCodes, session.FlawNoCode, session.FlawCodeRange,
	} {
		if says := Form(flaw); !strings.HasSuffix(says, ".") {
			t.Errorf("flaw %d: %q", flaw, says)
		}
	}
	for _, told := range []session.Flaw{0, session.FlawTooLong, session.FlawCut, session.FlawEndless} {
		if says := Form(told); says != "" { // a count or a note of its own says it
			t.Errorf("flaw %d: %q", told, says)
		}
	}
	if says := Form(session.FlawNUL | session.FlawBareLF); strings.Count(says, ".") != 2 {
		t.Errorf("two flaws: %q", says)
	}
}
