//go:build linux

package ui_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"

	"ehlo/ui/screentest"
)

// calls starts practice with a hostile server and calls it.
func calls(t *testing.T, binary, scenario string, env ...string) *screentest.Terminal {
	t.Helper()
	term := screentest.Start(t, screentest.Options{Env: env}, binary, "practice", scenario)
	term.WaitFor("/connect 192.0.2.25")
	enter(term)
	term.WaitFor("220 mx1.example.org")
	return term
}

// saysEach types lines, each after its answer was shown.
func saysEach(term *screentest.Terminal, steps ...[2]string) {
	for _, step := range steps {
		term.Type(step[0])
		term.Press("Enter")
		term.WaitFor(step[1])
	}
}

// TestNoByteOfAServerReachesTheTerminal: what a server sends to act on a terminal
// is not among the bytes that the screen writes to it.
func TestNoByteOfAServerReachesTheTerminal(t *testing.T) {
	term := calls(t, screentest.Build(t, "ehlo"), "hostile-escapes")
	saysEach(term,
		[2]string{"EHLO me.example", "250 8BITMIME"}, [2]string{"MAIL FROM:<>", "250 2.1.0"},
		[2]string{"RCPT TO:<anna@example.org>", "550 5.1.1 no such user"})
	term.WaitFor(`\x1B[?1049l\x1BP1;1|x`)
	term.Press("F6", "F6", "F6")
	raw := term.Raw()
	for _, tricks := range []string{
		"\x1b]0;owned", "\x1b[31mred", "\x1bP", "\x1b[?1049l", "\a", "\x7f", "\x9b1m", "\xc2\x9b", "\xc2\x85", "\xc2\xad",
		"\u202e", "\u202c", "\u2066", "\u2067", "\u2069", "\u200b", "\u200d", "\ufeff", "\U000e0041", "\U000e007f", "\u2028", "\u061c", "\ufff9", "\xff", "\xe9",
	} {
		if bytes.Contains(raw, []byte(tricks)) {
			t.Errorf("%q reached the terminal", tricks)
		}
	}
	leave(t, term)
}

// mostMemory is what a program may hold of a computer's memory, in KiB, whatever
// a server says.
const mostMemory = 128 << 10

// TestFloodsKeepTheProgramSmall looks at the most memory that the program, its
// practice server included, has ever had.
func TestFloodsKeepTheProgramSmall(t *testing.T) {
	binary := screentest.Build(t, "ehlo")
	rcpt := [2]string{"RCPT TO:<anna@example.org>", "250-2.1.5 line"}
	for scenario, last := range map[string][2]string{
		"hostile-flood":     rcpt,
		"hostile-long-line": {rcpt[0], "bytes more were not kept"},
		"hostile-many":      {"NOOP", "250 2.0.0 ok"},
	} {
		t.Run(scenario, func(t *testing.T) {
			term := calls(t, binary, scenario)
			saysEach(term, [2]string{"EHLO me.example", "250 8BITMIME"}, [2]string{"MAIL FROM:<>", "250 2.1.0"}, last)
			for n := 200_000; scenario == "hostile-flood" && n <= 1_000_000; n += 200_000 {
				term.WaitUntil(fmt.Sprintf("line %d or later", n), func(rows []string) bool { return lineOf(rows) >= n })
			}
			if held := peak(t, binary); held > mostMemory {
				t.Errorf("%d KiB", held)
			}
			term.Press("Ctrl+Q")
			term.WaitFor("Quit ehlo?")
			term.Type("y")
			term.Press("Enter")
			term.Wait()
			term.Restored()
		})
	}
}

var counted = regexp.MustCompile(`250-2\.1\.5 line (\d+)`)

// lineOf is the number of the last counted line on the screen.
func lineOf(rows []string) (n int) {
	for _, row := range rows {
		if found := counted.FindStringSubmatch(row); found != nil {
			n, _ = strconv.Atoi(found[1])
		}
	}
	return n
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peak returns the most resident memory of a running program, in KiB.
func peak(t *testing.T, binary string) int {
	t.Helper()
	found := highWater.FindSubmatch(status(binary))
	if found == nil {
		t.Fatal("the program is not to be found")
	}
	held, _ := strconv.Atoi(string(found[1]))
	t.Logf("%d MiB", held>>10)
	return held
}

// status is what the system tells of a running program.
func status(binary string) []byte {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && target == binary {
			told, _ := os.ReadFile(filepath.Join(filepath.Dir(link), "status"))
			return told
		}
	}
	return nil
}

// awaitStop waits until a program stands still.
func awaitStop(t *testing.T, binary string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !bytes.Contains(status(binary), []byte("State:\tT")); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it has not stopped")
		}
	}
}

// TestStopAndGoOn: a screen that is stopped gives the terminal back, and takes it
// again when it goes on, as it was.
func TestStopAndGoOn(t *testing.T) {
	binary := screentest.Build(t, "ehlo")
	term := calls(t, binary, "hostile-early")
	for range 2 {
		term.Signal(syscall.SIGTSTP)
		term.WaitAltScreen(false)
		awaitStop(t, binary)
		term.Signal(syscall.SIGCONT)
		term.WaitAltScreen(true)
		term.WaitFor("220 mx1.example.org")
	}
	saysEach(term, [2]string{"EHLO me.example", "250 8BITMIME"})
	leave(t, term)
}

// TestNoHomeCostsOneNote: the screen works without a place for its files, and
// says so once.
func TestNoHomeCostsOneNote(t *testing.T) {
	binary := screentest.Build(t, "ehlo")
	for _, home := range []string{"", "/proc/nowhere", "/dev/null"} {
		term := calls(t, binary, "hostile-quit", "HOME="+home, "XDG_STATE_HOME=", "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=")
		saysEach(term, [2]string{"EHLO me.example", "250 8BITMIME"}, [2]string{"NOOP", "250 2.0.0 ok"})
		if times := bytes.Count(term.Raw(), []byte("kept in memory only")); times > 1 {
			t.Errorf("HOME=%s: said %d times", home, times)
		}
		leave(t, term)
	}
}
