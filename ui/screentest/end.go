//go:build unix

package screentest

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// Wait waits for the end of the program and returns its exit code, -1 when a
// signal ended it.
func (m *Terminal) Wait() int {
	m.t.Helper()
	deadline := time.NewTimer(m.options.Deadline)
	defer deadline.Stop()
	select {
	case <-m.ended:
	case <-deadline.C:
		m.fail("the program has not ended within %v", m.options.Deadline)
	}
	return m.cmd.ProcessState.ExitCode()
}

// modes are those a full screen may switch on and must switch off: mouse,
// focus, bracketed paste, synchronised output.
var modes = []string{"1000", "1002", "1003", "1004", "1006", "2004", "2026"}

// Restored fails the test unless the program has left the terminal as it found
// it. It waits for the end of the program.
func (m *Terminal) Restored() {
	m.t.Helper()
	m.Wait()
	if m.AltScreen() {
		m.t.Error("the alternate screen is still on")
	}
	if _, _, visible := m.Cursor(); !visible {
		m.t.Error("the cursor is still hidden")
	}
	raw := m.Raw()
	for _, mode := range modes {
		if bytes.LastIndex(raw, []byte("?"+mode+"h")) > bytes.LastIndex(raw, []byte("?"+mode+"l")) {
			m.t.Errorf("mode %s is still on", mode)
		}
	}
	if m.after == nil || !reflect.DeepEqual(m.before, m.after) {
		m.t.Errorf("the line mode is not as it was:\n%+v\n%+v", m.before, m.after)
	}
}

// Build builds a package of this module, such as "ehlo", into a folder of the
// test and returns the path of the program.
func Build(t testing.TB, pkg string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), filepath.Base(pkg))
	if out, err := exec.Command("go", "build", "-o", binary, pkg).CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
	return binary
}
