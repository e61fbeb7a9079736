// Command screen is a full screen of three rows that ends in the way its one
// argument names, when a key is pressed or a signal comes.
package main

import (
	"context"
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/terminal"
)

type screen struct {
	ending string
	size   tea.WindowSizeMsg
	out    *terminal.Writer
	guard  *terminal.Guard
}

func (s screen) Init() tea.Cmd { return nil }

func (s screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case tea.KeyMsg:
		return s, s.end()
	}
	return s, nil
}

func (s screen) end() tea.Cmd {
	switch s.ending {
	case "quit":
		return tea.Quit
	case "stuck":
		_, _ = os.Stdout.WriteString("\x1b]2;stuck\a") // the title tells the test
		select {}
	case "panic":
		panic("in Update")
	case "command":
		return func() tea.Msg { panic("in a command") }
	case "goroutine":
		return func() tea.Msg {
			done := make(chan struct{})
			go func() { defer close(done); defer s.guard.Crash(); panic("beside the program") }()
			<-done
			return nil
		}
	}
	return nil
}

func (s screen) View() string {
	s.out.SetCursor(2, 1)
	return fmt.Sprintf("ready %dx%d\n> \nend", s.size.Width, s.size.Height)
}

func main() {
	out := terminal.NewWriter(os.Stdout)
	guard := terminal.Hold(os.Stdin, out)
	program := tea.NewProgram(screen{ending: os.Args[1], out: out, guard: guard}, terminal.Options(context.Background(), os.Stdin, out)...)
	_, err := guard.Run(program)
	fmt.Println("after:", err)
}
