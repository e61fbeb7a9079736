// Command loud is quiet without the package: it proves that the test hears a
// question when there is one.
package main

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

func main() { fmt.Println("ready", tea.KeyEnter) }
