package terminal

import (
	"fmt"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// SignalError says that a signal ended the program. The terminal is restored
// when it is returned.
type SignalError struct {
	Signal os.Signal // SIGINT, SIGTERM or SIGHUP
}

func (e *SignalError) Error() string { return fmt.Sprintf("ended by a signal: %v", e.Signal) }

// ExitCode is what a shell expects: 128 and the number of the signal.
func (e *SignalError) ExitCode() int {
	if s, ok := e.Signal.(syscall.Signal); ok {
		return 128 + int(s)
	}
	return 128
}

// Run runs a program made with Options and gives the terminal back as it was
// found, however the program ends: by itself, by a panic, by SIGINT, SIGTERM
// or SIGHUP (then the error is a *SignalError). Stopped by SIGTSTP it gives the
// terminal back until it goes on. A second signal does not wait
// for the program: the terminal is restored and the process ends.
func (g *Guard) Run(program *tea.Program) (tea.Model, error) {
	defer g.Restore()
	var caught atomic.Pointer[SignalError]
	defer onSignal(func(s os.Signal) {
		if !caught.CompareAndSwap(nil, &SignalError{s}) {
			g.Restore()
			end()
		}
		program.Kill()
	})()
	defer onStop(program)()
	model, err := program.Run()
	if e := caught.Load(); e != nil {
		return model, e
	}
	return model, err
}

// onSignal calls f for every signal that asks the program to end, until the
// returned function is called.
func onSignal(f func(os.Signal)) (stop func()) {
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		defer close(done)
		for s := range signals {
			f(s)
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
		<-done
	}
}

// end ends this process without another word.
func end() {
	if p, err := os.FindProcess(os.Getpid()); err == nil {
		_ = p.Kill()
	}
}
