package terminal

import (
	"bytes"
	"sync"

	"github.com/aymanbagabas/go-osc52/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Around a frame: nothing is shown before it is whole, and the cursor does not
// run over the screen on terminals without synchronised output.
const (
	frameBegin = ansi.SetModeSynchronizedOutput + ansi.HideCursor
	frameEnd   = ansi.ResetModeSynchronizedOutput
)

// Writer stands between bubbletea's renderer and a terminal. It is a term.File,
// so bubbletea still finds the size and the mode of the terminal behind it.
//
// The renderer gives each frame as one write. On the alternate screen it begins
// with the cursor sent home, whatever it was before, so the cursor may be moved
// between frames. Any other write passes unchanged; outside the alternate
// screen the cursor is never touched, because there the renderer counts rows.
//
// Safe for concurrent use.
type Writer struct {
	file term.File

	mu     sync.Mutex
	cursor cursor
	alt    bool   // the alternate screen is on
	left   bool   // it was left by force; what a dying program still draws is dropped
	drawn  bool   // a frame was drawn on it
	frame  []byte // reused from frame to frame
}

// cursor is a cell, counted from 0 at the left and the top.
type cursor struct {
	x, y  int
	shown bool
}

// NewWriter returns a Writer on file, in most cases os.Stdout, with the cursor
// hidden.
func NewWriter(file term.File) *Writer { return &Writer{file: file} }

// SetCursor shows the cursor at column x and row y, both counted from 0, from
// now on and after every frame. A cursor that only moves changes no cell, and
// then the renderer draws nothing; so the move is written at once.
func (w *Writer) SetCursor(x, y int) { w.place(cursor{max(x, 0), max(y, 0), true}) }

// HideCursor hides the cursor until SetCursor is called.
func (w *Writer) HideCursor() { w.place(cursor{}) }

// Copy asks the terminal to put text into its clipboard (OSC 52). Whether it
// does, it does not tell.
func (w *Writer) Copy(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.alt {
		_, _ = osc52.New(text).WriteTo(w.file)
	}
}

func (w *Writer) place(c cursor) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c == w.cursor {
		return
	}
	w.cursor = c
	if w.alt && w.drawn {
		_, _ = w.file.Write(c.append(nil))
	}
}

// append adds the sequences that bring the cursor to its place.
func (c cursor) append(b []byte) []byte {
	if !c.shown {
		return append(b, ansi.HideCursor...)
	}
	b = append(b, ansi.CursorPosition(c.x+1, c.y+1)...)
	return append(b, ansi.ShowCursor...)
}

// Write passes p to the terminal, a frame with the cursor's place behind it.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left {
		return len(p), nil
	}
	if !w.isFrame(p) {
		w.follow(p)
		return w.file.Write(p)
	}
	w.drawn = true
	w.frame = append(w.frame[:0], frameBegin...)
	w.frame = append(w.frame, p...)
	w.frame = w.cursor.append(w.frame)
	w.frame = append(w.frame, frameEnd...)
	if n, err := w.file.Write(w.frame); err != nil {
		return min(max(n-len(frameBegin), 0), len(p)), err
	}
	return len(p), nil
}

// isFrame tells a frame from a single sequence, which is all else the renderer
// writes on the alternate screen.
func (w *Writer) isFrame(p []byte) bool {
	return w.alt && len(p) > len(ansi.CursorHomePosition) && bytes.HasPrefix(p, []byte(ansi.CursorHomePosition))
}

// follow keeps account of the alternate screen. The renderer writes each of
// its sequences alone.
func (w *Writer) follow(p []byte) {
	switch string(p) {
	case ansi.SetModeAltScreenSaveCursor:
		w.alt, w.drawn = true, false
	case ansi.ResetModeAltScreenSaveCursor:
		w.alt, w.drawn = false, false
	}
}

// Read reads from the terminal; Writer has it to be a term.File.
func (w *Writer) Read(p []byte) (int, error) { return w.file.Read(p) }

// Close closes the file behind the Writer.
func (w *Writer) Close() error { return w.file.Close() }

// Fd returns the descriptor of the terminal, for its size and mode.
func (w *Writer) Fd() uintptr { return w.file.Fd() }
