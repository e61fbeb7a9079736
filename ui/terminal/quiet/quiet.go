// Package quiet keeps the Charm libraries from asking the terminal for its
// background colour.
//
// bubbletea v1 asks in an init of its own, in every command of the program:
// a terminal that does not answer costs five seconds, and a late answer is
// typed into the prompt. lipgloss does not ask once the answer is set. Go
// initialises packages in the order of their import paths as soon as their
// imports are ready, and "ehlo/..." sorts before "github.com/...", so this
// init runs between lipgloss and bubbletea as long as it imports nothing but
// lipgloss. Whether the background is dark is a setting (ehlo/ui/theme).
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
