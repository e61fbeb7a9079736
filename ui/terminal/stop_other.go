//go:build !unix

package terminal

import tea "github.com/charmbracelet/bubbletea"

// onStop does nothing: programs are not stopped here.
func onStop(*tea.Program) (over func()) { return func() {} }
