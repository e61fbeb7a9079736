package plain

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ehlo/session"
)

// TestAnythingEnds gives a run lines in any order: it ends when they do, adds
// only whole lines, and lets no control character through.
func TestAnythingEnds(t *testing.T) {
	set := play(t, "greylist")
	set.config.Way.Options.Timeouts = session.EveryStage(5 * time.Second)
	lines := []string{
		"", ".", "y", "n", "0", "1", "2", "3", "9", "a@b.example", "192.0.2.25", "EHLO pc1", "EHLO two words", "MAIL FROM:<>",
		"RCPT TO:<anna@example.org>", "DATA", "RSET", "NOOP", "QUIT", "AUTH LOGIN", "STARTTLS", "\x1b[2J\x00", "//", "/send", "/again",
		"/connect", "/connect 1", "/connect 192.0.2.25", "/hangup", "/stop", "/help", "/back", "/cancel", "/mx", "/mx catium.com",
	}
	rapid.Check(t, func(r *rapid.T) {
		config := set.config
		config.Target = target(t, rapid.SampledFrom([]string{"192.0.2.25", "anna@catium.com", "catium.com"}).Draw(r, "target"))
		typed := rapid.SliceOfN(rapid.SampledFrom(lines), 0, 30).Draw(r, "lines")
		printed, exit, err := walk(t, config, strings.Join(typed, "\n"))
		if (exit != 0) != (err != nil) {
			r.Errorf("exit %d, %v", exit, err)
		}
		if !strings.HasSuffix("\n"+printed, "\n") || strings.ContainsAny(printed, "\x1b\r\x00\t") {
			r.Errorf("printed %q", printed)
		}
	})
}
