package terminal

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// display is a terminal without a descriptor: an emulator and a bell that
// rings at each write.
type display struct {
	mu    sync.Mutex
	em    *vt.Emulator
	wrote chan struct{}
	log   bytes.Buffer
}

func newDisplay(w, h int) *display {
	return &display{em: vt.NewEmulator(w, h), wrote: make(chan struct{}, 1)}
}

func (d *display) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log.Write(p)
	n, err := d.em.Write(p)
	select {
	case d.wrote <- struct{}{}:
	default:
	}
	return n, err
}

func (d *display) Read([]byte) (int, error) { return 0, errors.New("nothing to read") }
func (d *display) Close() error             { return nil }
func (d *display) Fd() uintptr              { return ^uintptr(0) }

// rows are the rows as shown, without trailing blanks.
func (d *display) rows() []string {
	rows := strings.Split(d.em.String(), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " \r")
	}
	return rows
}

// await waits for the write after which ok holds.
func (d *display) await(t *testing.T, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		d.mu.Lock()
		done := ok()
		d.mu.Unlock()
		if done {
			return
		}
		select {
		case <-d.wrote:
		case <-ctx.Done():
			t.Fatalf("never shown; cursor %v, screen:\n%s", d.em.CursorPosition(), strings.Join(d.rows(), "\n"))
		}
	}
}

// frame is what the test's program shows: a message that is its whole view.
type frame struct {
	view string
	x, y int
}

type painter struct {
	frame
	out *Writer
}

func (p painter) Init() tea.Cmd { return nil }

func (p painter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if f, ok := msg.(frame); ok {
		p.frame = f
	}
	return p, nil
}

func (p painter) View() string {
	if p.x < 0 {
		p.out.HideCursor()
	} else {
		p.out.SetCursor(p.x, p.y)
	}
	return p.view
}

// TestFrames draws frame after frame through bubbletea's own renderer: each
// time the screen must be right and the cursor where it was asked to be.
func TestFrames(t *testing.T) {
	d := newDisplay(20, 4)
	out := NewWriter(d)
	options := append(Options(t.Context(), nil, out), tea.WithInput(nil))
	program := tea.NewProgram(painter{out: out}, options...)
	done := make(chan error, 1)
	go func() { _, err := program.Run(); done <- err }()
	program.Send(tea.WindowSizeMsg{Width: 20, Height: 4})

	frames := []frame{
		{"one\n> \nthree\nfour", 2, 1},
		{"one\n> E\nthree\nfour", 3, 1},
		{"one\n> E\nthree\nfour", 2, 1}, // only the cursor moves
		{"ONE\n> E\nthree\nfour", 3, 1},
		{"ONE\n> E\n\nfour, and wide as 20", 19, 3},
		{"", -1, 0},
		{"a\nb\nc\nd", 0, 0},
		{"a\nB", 1, 1},
	}
	for _, f := range frames {
		program.Send(f)
		want := append(strings.Split(f.view, "\n"), "", "", "")[:4]
		d.await(t, func() bool {
			at := d.em.CursorPosition()
			return strings.Join(d.rows(), "\n") == strings.ReplaceAll(strings.Join(want, "\n"), "> \n", ">\n") &&
				(f.x < 0 || at.X == f.x && at.Y == f.y)
		})
	}
	program.Quit()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if d.em.IsAltScreen() {
		t.Error("still on the alternate screen")
	}
}

// alternate returns a writer whose alternate screen is on.
func alternate(d *display) *Writer {
	w := NewWriter(d)
	_, _ = w.Write([]byte(ansi.SetModeAltScreenSaveCursor))
	d.log.Reset()
	return w
}

func TestFrameIsOneSynchronisedWrite(t *testing.T) {
	d := newDisplay(20, 4)
	w := alternate(d)
	w.SetCursor(4, 2)
	if d.log.Len() != 0 {
		t.Errorf("wrote %q before the first frame", d.log.String())
	}
	if n, err := w.Write([]byte("\x1b[Hhello")); n != 8 || err != nil {
		t.Errorf("Write gave %d, %v", n, err)
	}
	const want = "\x1b[?2026h\x1b[?25l\x1b[Hhello\x1b[3;5H\x1b[?25h\x1b[?2026l"
	if d.log.String() != want {
		t.Errorf("wrote %q, want %q", d.log.String(), want)
	}
}

func TestOtherWritesPassUnchanged(t *testing.T) {
	for _, p := range []string{"\x1b[H", "\x1b[2J", "\x1b[?25l", "plain", ""} {
		d := newDisplay(20, 4)
		w := alternate(d)
		_, _ = w.Write([]byte(p))
		if d.log.String() != p {
			t.Errorf("%q became %q", p, d.log.String())
		}
	}
}

func TestNothingOutsideTheAlternateScreen(t *testing.T) {
	d := newDisplay(20, 4)
	w := NewWriter(d)
	w.SetCursor(1, 1)
	_, _ = w.Write([]byte("\x1b[Hhello"))
	w.SetCursor(2, 2)
	if d.log.String() != "\x1b[Hhello" {
		t.Errorf("wrote %q", d.log.String())
	}
}

// failing takes a few bytes and fails.
type failing struct{ display }

func (*failing) Write(p []byte) (int, error) { return min(len(p), 20), errors.New("gone") }

func TestShortWrite(t *testing.T) {
	w := NewWriter(&failing{})
	w.alt = true
	n, err := w.Write([]byte("\x1b[Hhello, this is a frame"))
	if err == nil || n != 20-len(frameBegin) {
		t.Errorf("Write gave %d, %v", n, err)
	}
}

func TestConcurrentUse(t *testing.T) {
	d := newDisplay(20, 4)
	w := alternate(d)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for range 50 {
				w.SetCursor(i, 1)
				_, _ = w.Write([]byte("\x1b[Hframe"))
				w.HideCursor()
			}
		})
	}
	all.Wait()
	if got := d.rows()[0]; got != "frame" {
		t.Errorf("row is %q", got)
	}
}

func TestNothingAfterLeaving(t *testing.T) {
	d := newDisplay(20, 4)
	w := alternate(d)
	w.leave()
	_, _ = w.Write([]byte("\x1b[Hlate frame"))
	w.SetCursor(3, 3)
	w.leave()
	if d.log.String() != leave || d.em.IsAltScreen() {
		t.Errorf("wrote %q", d.log.String())
	}
}
