// Command quiet starts as ehlo does and says that it is up.
package main

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	_ "ehlo/ui/terminal/quiet"
)

func main() { fmt.Println("ready", tea.KeyEnter) }
