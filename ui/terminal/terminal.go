// Package terminal is what ehlo asks of a terminal: the options a program is
// started with, a writer that keeps the real cursor in the prompt, and the way
// back to the state the terminal was found in.
//
//	out := terminal.NewWriter(os.Stdout)
//	guard := terminal.Hold(os.Stdin, out)
//	program := tea.NewProgram(model, terminal.Options(ctx, os.Stdin, out)...)
//	final, err := guard.Run(program)
//
// bubbletea v1 hides the cursor and paints its own. Screen readers and input
// methods follow the real one, so Writer puts it where the view says and shows
// it after every frame. Each frame is wrapped in synchronised output (DEC
// private mode 2026), so that a terminal that knows it never shows half a
// frame; others ignore it.
//
// The package, with theme, is the only one that knows sequences. It imports
// quiet, which keeps bubbletea from asking the terminal questions at start.
package terminal

import (
	"context"
	"io"

	tea "github.com/charmbracelet/bubbletea"

	_ "ehlo/ui/terminal/quiet" // before bubbletea: no question at start
)

// framesPerSecond bounds how often a changed view is drawn. It is the most that
// bubbletea allows: a frame, the first one too, waits for the next beat. Against
// 60, .ci/figures has the first frame at 17 ms in place of 24, key to frame at
// 9 in place of 17; an idle screen takes half a hundredth of a core more.
const framesPerSecond = 120

// Options returns how every full screen of ehlo is started: on the alternate
// screen, with the mouse wheel and bracketed paste. The program ends when ctx
// does. Signals are left to Guard.Run.
func Options(ctx context.Context, in io.Reader, out *Writer) []tea.ProgramOption {
	return []tea.ProgramOption{
		tea.WithContext(ctx),
		tea.WithInput(in),
		tea.WithOutput(out),
		tea.WithAltScreen(),
		tea.WithMouseCellMotion(), // the least mode that reports the wheel
		tea.WithFPS(framesPerSecond),
		tea.WithoutSignalHandler(),
	}
}
