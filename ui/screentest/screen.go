//go:build unix

package screentest

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// WaitFor waits until the screen shows text, on one row.
func (m *Terminal) WaitFor(text string) {
	m.t.Helper()
	m.WaitUntil(text, func(rows []string) bool { return contains(rows, text) })
}

// WaitGone waits until no row of the screen shows text.
func (m *Terminal) WaitGone(text string) {
	m.t.Helper()
	m.WaitUntil("no "+text, func(rows []string) bool { return !contains(rows, text) })
}

// WaitUntil waits until ok holds for the rows of the screen; what names it in
// the failure. It looks after each output, and once more after the end.
func (m *Terminal) WaitUntil(what string, ok func(rows []string) bool) {
	m.t.Helper()
	m.wait(what, func() bool { return ok(m.rows()) })
}

// WaitRaw waits until the program has written these bytes, shown or not.
func (m *Terminal) WaitRaw(text string) {
	m.t.Helper()
	m.wait(text, func() bool { return bytes.Contains(m.raw, []byte(text)) })
}

// wait looks whether ok holds, at each output.
func (m *Terminal) wait(what string, ok func() bool) {
	m.t.Helper()
	deadline := time.NewTimer(m.options.Deadline)
	defer deadline.Stop()
	for {
		held, changed := m.look(ok)
		if held {
			return
		}
		select {
		case <-changed:
		case <-m.ended:
			if held, _ := m.look(ok); !held {
				m.fail("the program ended (%v) and never showed %q", m.cmd.ProcessState, what)
			}
			return
		case <-deadline.C:
			m.fail("not shown within %v: %q", m.options.Deadline, what)
		}
	}
}

func (m *Terminal) look(ok func() bool) (held bool, changed <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return ok(), m.changed
}

// fail ends the test with the screen as it stands.
func (m *Terminal) fail(format string, args ...any) {
	m.t.Helper()
	x, y, visible := m.Cursor()
	m.t.Fatalf(format+"\ncursor %d,%d visible %v, screen:\n%s", append(args, x, y, visible, m.Text())...)
}

func contains(rows []string, text string) bool {
	for _, row := range rows {
		if strings.Contains(row, text) {
			return true
		}
	}
	return false
}

// Screen returns the rows as shown, from the top, trailing blanks cut; there
// are always as many as the terminal is high.
func (m *Terminal) Screen() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows()
}

// Text returns the rows of the screen joined by line feeds.
func (m *Terminal) Text() string { return strings.Join(m.Screen(), "\n") }

func (m *Terminal) rows() []string {
	rows := make([]string, m.em.Height())
	for y := range rows {
		rows[y] = m.row(y)
	}
	return rows
}

func (m *Terminal) row(y int) string {
	var row strings.Builder
	for x := 0; x < m.em.Width(); {
		cell := m.em.CellAt(x, y)
		if cell == nil || cell.Content == "" {
			row.WriteByte(' ')
			x++
			continue
		}
		row.WriteString(cell.Content)
		x += max(1, cell.Width)
	}
	return strings.TrimRight(row.String(), " ")
}

// Cursor returns the cell of the cursor, counted from 0 at the left and the
// top, and whether it is shown.
func (m *Terminal) Cursor() (x, y int, visible bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := m.em.CursorPosition()
	return at.X, at.Y, !m.em.CursorHidden()
}

// WaitCursor waits until the cursor is shown at a cell, counted from 0.
func (m *Terminal) WaitCursor(x, y int) {
	m.t.Helper()
	m.wait(fmt.Sprintf("the cursor at %d,%d", x, y), func() bool {
		at := m.em.CursorPosition()
		return at.X == x && at.Y == y && !m.em.CursorHidden()
	})
}

// Raw returns a copy of all bytes that the program has written.
func (m *Terminal) Raw() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.raw)
}

// AltScreen reports whether the alternate screen is on.
func (m *Terminal) AltScreen() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.em.IsAltScreen()
}

// WaitAltScreen waits until the alternate screen is on, or off.
func (m *Terminal) WaitAltScreen(on bool) {
	m.t.Helper()
	m.wait(fmt.Sprintf("alternate screen: %v", on), func() bool { return m.em.IsAltScreen() == on })
}
