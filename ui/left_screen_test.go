//go:build unix

package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ehlo/ui/screentest"
)

// TestTheTalkOfAKilledRun is offered at the next start, shown, marked as old,
// and removed after a clean exit, or when that is asked for.
func TestTheTalkOfAKilledRun(t *testing.T) {
	binary, state := screentest.Build(t, "ehlo"), t.TempDir()
	start := func() *screentest.Terminal {
		term := screentest.Start(t, screentest.Options{Env: []string{"XDG_STATE_HOME=" + state}}, binary, "practice")
		term.WaitFor("/connect 4.79.181.18")
		return term
	}
	left := func() []string {
		paths, _ := filepath.Glob(filepath.Join(state, "ehlo", "*.journal"))
		return paths
	}
	ask := func(term *screentest.Terminal, line string) {
		term.Press("Ctrl+U")
		term.Type(line)
		term.Press("Enter")
	}
	kill := func() {
		term := start()
		enter(term)
		term.WaitFor("It is ready.")
		ask(term, "HELO here.example")
		term.WaitFor("250 mta101")
		said := len(left()) // the clock sends it to the journal
		term.WaitUntil("the journal has it", func([]string) bool {
			text, err := os.ReadFile(left()[said-1])
			return err == nil && len(text) > 64 && strings.Contains(string(text), "HELO here.example")
		})
		term.Signal(syscall.SIGKILL)
		term.Wait()
	}
	kill()
	if paths := left(); len(paths) != 1 {
		t.Fatalf("after a kill: %q", paths)
	}

	term := start()
	term.WaitFor("A talk was cut off on ")
	ask(term, "/journal")
	term.WaitFor("Here the old talk was cut off")
	term.WaitFor("An old talk, of ")
	term.WaitFor("HELO here.example")
	leave(t, term)
	if paths := left(); len(paths) != 0 {
		t.Errorf("after a clean exit: %q", paths)
	}

	kill()
	term = start()
	term.WaitFor("A talk was cut off on ")
	enter(term)
	term.WaitFor("It is ready.")
	ask(term, "/journal")
	term.WaitFor("Not now: a line is open.")
	ask(term, "/journal drop")
	term.WaitFor("Removed: the talk of ")
	if paths := left(); len(paths) != 1 {
		t.Errorf("after drop: %q", paths)
	}
	ask(term, "/journal drop")
	term.WaitFor("No talk was cut off")
	leave(t, term)
}
