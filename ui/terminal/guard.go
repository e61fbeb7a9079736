package terminal

import (
	"io"
	"os"
	"sync"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// leave undoes all a full screen does to a terminal. The alternate screen goes
// last: what is reset before it is gone with it, on terminals that keep two
// sets of modes.
const leave = ansi.ResetModeSynchronizedOutput +
	ansi.ResetStyle +
	ansi.ResetModeMouseButtonEvent +
	ansi.ResetModeMouseAnyEvent +
	ansi.ResetModeMouseExtSgr +
	ansi.ResetModeBracketedPaste +
	ansi.ShowCursor +
	ansi.ResetModeAltScreenSaveCursor +
	ansi.ShowCursor

// Guard remembers how a terminal was found, to leave it so. Safe for
// concurrent use.
type Guard struct {
	out   *Writer
	modes []mode
	once  sync.Once
}

// mode is the line discipline of one descriptor.
type mode struct {
	fd    uintptr
	state *term.State
}

// Hold remembers the modes of in and out. It changes nothing; what is no
// terminal is left out.
func Hold(in io.Reader, out *Writer) *Guard {
	g := &Guard{out: out}
	g.remember(out.Fd())
	if f, ok := in.(*os.File); ok {
		g.remember(f.Fd())
	}
	return g
}

func (g *Guard) remember(fd uintptr) {
	if state, err := term.GetState(fd); err == nil {
		g.modes = append(g.modes, mode{fd, state})
	}
}

// Restore gives the terminal back as it was found. Where bubbletea has left
// the alternate screen already nothing is written: a second leaving would send
// the cursor back over what was printed since. Only the first call does
// anything.
func (g *Guard) Restore() {
	g.once.Do(func() {
		g.out.leave()
		for _, m := range g.modes {
			_ = term.Restore(m.fd, m.state)
		}
	})
}

// Crash is deferred in goroutines that bubbletea does not know, so that a
// panic there is told on a terminal that shows it. The panic goes on.
//
//	go func() { defer guard.Crash(); ... }()
func (g *Guard) Crash() {
	if r := recover(); r != nil {
		g.Restore()
		panic(r)
	}
}

// leave ends the full screen if it is still on; nothing is written after it.
func (w *Writer) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.alt {
		return
	}
	_, _ = io.WriteString(w.file, leave)
	w.alt, w.drawn, w.left = false, false, true
}
