//go:build unix

package screentest

import (
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Terminal is a pty with a program in it and an emulator looking on. Its
// methods are for the goroutine of the test.
type Terminal struct {
	t       testing.TB
	options Options
	cmd     *exec.Cmd
	master  *os.File
	slave   *os.File // ours, so that the line mode can be read after the end
	before  *term.State

	mu      sync.Mutex
	em      *vt.Emulator
	raw     []byte
	changed chan struct{} // closed at the next output

	read  chan struct{} // closed when the last output was read
	ended chan struct{} // closed when the program has ended and all was read
	after *term.State
	hung  sync.Once
}

// Start runs a program in a new terminal, with a home of its own for the files
// it keeps. It is killed with the test if it still runs then.
func Start(t testing.TB, options Options, program string, args ...string) *Terminal {
	t.Helper()
	terminal := &Terminal{
		t: t, options: options.filled(),
		changed: make(chan struct{}), read: make(chan struct{}), ended: make(chan struct{}),
	}
	terminal.em = vt.NewEmulator(terminal.options.Width, terminal.options.Height)
	if err := terminal.open(); err != nil {
		t.Fatalf("no terminal for the test: %v", err)
	}
	terminal.cmd = exec.Command(program, args...)
	terminal.cmd.Dir = options.Dir
	terminal.cmd.Env = append(environment(t.TempDir()), options.Env...)
	terminal.cmd.Stdin, terminal.cmd.Stdout, terminal.cmd.Stderr = terminal.slave, terminal.slave, terminal.slave
	terminal.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := terminal.cmd.Start(); err != nil {
		terminal.slave.Close()
		terminal.master.Close()
		t.Fatal(err)
	}
	t.Cleanup(terminal.end)
	go terminal.watch()
	go terminal.answer()
	go terminal.await()
	return terminal
}

// environment is that of a usual terminal, with a home that is empty.
func environment(home string) []string {
	return append(
		os.Environ(), "TERM=xterm-256color", "COLORTERM=", "NO_COLOR=", "CI=", "LC_ALL=C.UTF-8",
		"HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_STATE_HOME="+home, "XDG_CACHE_HOME="+home,
	)
}

func (m *Terminal) open() (err error) {
	master, slave, err := pty.Open()
	if err != nil {
		return err
	}
	m.slave = slave
	if m.master, err = polled(master); err != nil {
		return err
	}
	if err = m.size(m.options.Width, m.options.Height); err != nil {
		return err
	}
	m.before, err = term.GetState(m.slave.Fd())
	return err
}

// polled returns the same terminal as a file that can be closed while it is
// read: the pty package leaves its own in blocking mode.
func polled(blocking *os.File) (*os.File, error) {
	defer blocking.Close()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := syscall.Dup(int(blocking.Fd()))
	if err != nil {
		return nil, err
	}
	syscall.CloseOnExec(fd)
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), blocking.Name()), nil
}

func (m *Terminal) size(width, height int) error {
	return pty.Setsize(m.slave, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
}

// watch shows the emulator all that the program writes.
func (m *Terminal) watch() {
	defer close(m.read)
	buffer := make([]byte, 32<<10)
	for {
		n, err := m.master.Read(buffer)
		m.mu.Lock()
		m.raw = append(m.raw, buffer[:n]...)
		_, _ = m.em.Write(buffer[:n])
		close(m.changed)
		m.changed = make(chan struct{})
		m.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer hands the program what the terminal answers to its questions.
func (m *Terminal) answer() {
	buffer := make([]byte, 4<<10)
	for {
		n, err := m.em.Read(buffer)
		if err != nil {
			return
		}
		if !m.options.Mute {
			_, _ = m.master.Write(buffer[:n])
		}
	}
}

// await notes the end of the program: the line mode it leaves, and the last of
// its output.
func (m *Terminal) await() {
	_ = m.cmd.Wait()
	m.after, _ = term.GetState(m.slave.Fd())
	m.slave.Close()
	<-m.read
	close(m.ended)
}

// end leaves nothing behind.
func (m *Terminal) end() {
	_ = m.cmd.Process.Kill()
	<-m.ended
	m.Hangup()
	if pipe, ok := m.em.InputPipe().(io.Closer); ok {
		pipe.Close() // ends answer
	}
}
