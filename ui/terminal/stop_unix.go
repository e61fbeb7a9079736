//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// onStop gives the terminal back when the program is to be stopped, as by
// another program or a shell, and takes it again when it goes on, until the
// returned function is called.
func onStop(program *tea.Program) (over func()) {
	stops, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(stops, syscall.SIGTSTP)
	go func() {
		defer close(done)
		for range stops {
			stop(program)
		}
	}()
	return func() {
		signal.Stop(stops)
		close(stops)
		<-done
	}
}

// stop stops this process, and returns when it has been told to go on.
func stop(program *tea.Program) {
	on := make(chan os.Signal, 1)
	signal.Notify(on, syscall.SIGCONT)
	defer signal.Stop(on)
	if program.ReleaseTerminal() != nil {
		return
	}
	if syscall.Kill(os.Getpid(), syscall.SIGSTOP) == nil {
		<-on
	}
	_ = program.RestoreTerminal() // a terminal that has gone ends the program by itself
}
