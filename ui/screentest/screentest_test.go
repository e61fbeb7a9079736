//go:build unix

package screentest_test

import (
	"bytes"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"

	"ehlo/ui/screentest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sh runs a script in a terminal of 20 by 4.
func sh(t *testing.T, script string) *screentest.Terminal {
	t.Helper()
	return screentest.Start(t, screentest.Options{Width: 20, Height: 4}, "/bin/sh", "-c", script)
}

func TestShows(t *testing.T) {
	term := sh(t, `printf 'one\r\n\033[3;5Hthere'; read line; printf '\033[?25l[%s]' "$line"; exit 7`)
	term.WaitFor("there")
	want := []string{"one", "", "    there", ""}
	if got := term.Screen(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("screen %q, want %q", got, want)
	}
	if x, y, visible := term.Cursor(); x != 9 || y != 2 || !visible {
		t.Errorf("cursor %d,%d visible %v", x, y, visible)
	}
	term.Type("wide 日本")
	term.Press("Enter")
	term.WaitFor("[wide 日本]")
	if code := term.Wait(); code != 7 {
		t.Errorf("exit %d, want 7", code)
	}
	if _, _, visible := term.Cursor(); visible {
		t.Error("the cursor is shown")
	}
}

func TestKeys(t *testing.T) {
	term := sh(t, `was=$(stty -g); stty raw -echo; printf ready; dd bs=1 count=12 2>/dev/null | od -An -c -w12; stty $was`)
	term.WaitFor("ready")
	term.Press("Ctrl+]", "Esc", "Alt+h", "F5", "Ctrl+H", "x", "\u007f")
	term.WaitRaw(`035 033 033   h 033   [   1   5   ~  \b   x 177`)
	term.Restored()
}

func TestAnswersQuestions(t *testing.T) {
	for _, mute := range []bool{false, true} {
		term := screentest.Start(t, screentest.Options{Mute: mute}, "/bin/sh", "-c",
			`stty raw -echo min 0 time 5; printf '\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c; stty sane; echo done`)
		term.WaitFor("done")
		if answered := bytes.Contains(term.Raw(), []byte("033   [")); answered == mute {
			t.Errorf("mute %v: wrote %q", mute, term.Raw())
		}
	}
}

func TestResizeAndSignals(t *testing.T) {
	term := sh(t, `trap 'stty size' WINCH; trap 'echo term; exit 3' TERM; echo ready; while :; do read line; done`)
	term.WaitFor("ready")
	term.Resize(30, 6)
	term.Press("Enter")
	term.WaitFor("6 30")
	term.Signal(syscall.SIGTERM)
	term.Press("Enter")
	if code := term.Wait(); code != 3 {
		t.Errorf("exit %d, want 3", code)
	}
}

func TestHangup(t *testing.T) {
	term := sh(t, `trap 'exit 4' HUP; echo ready; while :; do read line || exit 5; done`)
	term.WaitFor("ready")
	term.Hangup()
	if code := term.Wait(); code != 4 && code != 5 {
		t.Errorf("exit %d", code)
	}
}

// recorder catches what Restored finds.
type recorder struct {
	testing.TB
	found []string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Error(args ...any)                 { r.found = append(r.found, args[0].(string)) }
func (r *recorder) Errorf(format string, args ...any) { r.found = append(r.found, format) }

func TestRestoredFindsWhatIsLeft(t *testing.T) {
	r := &recorder{TB: t}
	screentest.Start(r, screentest.Options{}, "/bin/sh", "-c", `stty -echo; printf '\033[?1049h\033[?25l\033[?2004h'`).Restored()
	if len(r.found) != 4 {
		t.Errorf("found %q, want four things", r.found)
	}
}
