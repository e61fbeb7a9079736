//go:build unix

package terminal_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// TestRestored ends a full screen in every way and looks at what is left.
func TestRestored(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "screen")
	if out, err := exec.Command("go", "build", "-o", binary, "./testdata/screen").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	tests := []struct {
		ending string
		signal syscall.Signal // 0: a key ends it
		says   string
	}{
		{"quit", 0, "after: <nil>"},
		{"panic", 0, "in Update"},
		{"command", 0, "in a command"},
		{"goroutine", 0, "panic: beside the program"},
		{"signal", syscall.SIGTERM, "after: ended by a signal: terminated"},
		{"signal", syscall.SIGHUP, "after: ended by a signal: hangup"},
		{"signal", syscall.SIGINT, "after: ended by a signal: interrupt"},
	}
	t.Run("a second signal does not wait", func(t *testing.T) {
		s := start(t, binary, "stuck")
		s.until(t, "ready 60x12")
		_, _ = s.master.WriteString("x")
		s.until(t, "stuck")
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Process.Signal(syscall.SIGHUP)
		s.ended(t, "")
	})
	for _, tt := range tests {
		t.Run(tt.ending+" "+tt.says, func(t *testing.T) {
			s := start(t, binary, tt.ending)
			s.until(t, "ready 60x12")
			if !s.em.IsAltScreen() {
				t.Fatal("not on the alternate screen")
			}
			if tt.signal != 0 {
				_ = s.cmd.Process.Signal(tt.signal)
			} else {
				_, _ = s.master.WriteString("x")
			}
			s.ended(t, tt.says)
		})
	}
}

// shown is a program in a pty with an emulator looking on.
type shown struct {
	cmd           *exec.Cmd
	master, slave *os.File
	before        *term.State
	em            *vt.Emulator
	raw           strings.Builder
	hidden        bool
}

func start(t *testing.T, binary, ending string) *shown {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Close(); _ = slave.Close() })
	if err := pty.Setsize(master, &pty.Winsize{Rows: 12, Cols: 60}); err != nil {
		t.Fatal(err)
	}
	s := &shown{master: master, slave: slave, em: vt.NewEmulator(60, 12)}
	s.em.SetCallbacks(vt.Callbacks{CursorVisibility: func(visible bool) { s.hidden = !visible }})
	if s.before, err = term.GetState(slave.Fd()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	s.cmd = exec.CommandContext(ctx, binary, ending)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = slave, slave, slave
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return s
}

// until reads what the program writes up to the given words.
func (s *shown) until(t *testing.T, words string) {
	t.Helper()
	buffer := make([]byte, 4096)
	for !strings.Contains(s.raw.String(), words) {
		n, err := s.master.Read(buffer)
		if err != nil {
			t.Fatalf("%v before %q:\n%q", err, words, s.raw.String())
		}
		s.raw.Write(buffer[:n])
		_, _ = s.em.Write(buffer[:n])
	}
}

// ended waits for the end of the program and checks the terminal it leaves.
func (s *shown) ended(t *testing.T, says string) {
	t.Helper()
	_ = s.cmd.Wait()
	_, _ = s.slave.WriteString("\r\nlast words\r\n")
	s.until(t, "last words")
	if !strings.Contains(s.raw.String(), says) {
		t.Errorf("does not say %q:\n%q", says, s.raw.String())
	}
	if s.em.IsAltScreen() || s.hidden {
		t.Errorf("alternate screen %v, cursor hidden %v", s.em.IsAltScreen(), s.hidden)
	}
	for _, mode := range []string{"1000", "1002", "1003", "1006", "2004", "2026"} {
		if strings.LastIndex(s.raw.String(), "?"+mode+"h") > strings.LastIndex(s.raw.String(), "?"+mode+"l") {
			t.Errorf("mode %s is still on", mode)
		}
	}
	after, err := term.GetState(s.slave.Fd())
	if err != nil || !reflect.DeepEqual(s.before, after) {
		t.Errorf("the line mode is not as it was (%v):\n%+v\n%+v", err, s.before, after)
	}
}
