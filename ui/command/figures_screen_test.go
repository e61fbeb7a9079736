//go:build figures && linux

package command_test

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"ehlo/ui/screentest"
)

// screen measures the full screen in a pty: the time to its first frame, and
// from a key to the frame that shows it.
func (f *figures) screen() {
	f.t.Run("first frame", func(t *testing.T) {
		var frames, lines []time.Duration
		for range 15 {
			begun := time.Now()
			term := f.practice(t)
			frames = append(frames, time.Since(begun))
			term.Press("Ctrl+C", "Ctrl+C")
			term.Wait()
			begun = time.Now()
			term = screentest.Start(t, screentest.Options{}, f.line)
			term.WaitFor("one line")
			lines = append(lines, time.Since(begun))
		}
		slices.Sort(frames)
		slices.Sort(lines)
		show("first frame of practice / the line in a pty", frames[len(frames)/2], lines[len(lines)/2], "goal 10, aim 6")
		_, line := f.inTurns(15, f.command("--body=hello"), func() *exec.Cmd { return exec.Command(f.line) })
		show("the same / the line without a pty", frames[len(frames)/2], line, "")
	})
	f.t.Run("key to frame", func(t *testing.T) {
		term := f.practice(t)
		var waits []time.Duration
		for i := range 100 {
			key := string(rune('a' + i%26))
			before := term.Text()
			begun := time.Now()
			term.Press(key)
			term.WaitUntil("a frame after "+key, func(rows []string) bool { return strings.Join(rows, "\n") != before })
			waits = append(waits, time.Since(begun))
		}
		slices.Sort(waits)
		fmt.Printf("%-44s %9.2f ms p50 %6.2f ms p95  goal 33\n", "key to frame, idle", ms(waits[50]), ms(waits[95]))
	})
}

// firstFrame is how many rows must show something for a frame to be one.
const firstFrame = 10

// practice starts the full screen and comes back with its first frame.
func (f *figures) practice(t *testing.T) *screentest.Terminal {
	t.Helper()
	term := screentest.Start(t, screentest.Options{Width: 80, Height: 24}, f.ehlo, "practice")
	term.WaitUntil("a first frame", func(rows []string) bool {
		shown := 0
		for _, row := range rows {
			if row != "" {
				shown++
			}
		}
		return shown >= firstFrame
	})
	return term
}
