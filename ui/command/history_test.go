package command

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestHistoryIsKeptOnlyWhenAsked(t *testing.T) {
	root := "/"
	if runtime.GOOS == "windows" {
		root = `C:\`
	}
	state, own := filepath.Join(root, "state"), filepath.Join(root, "tmp", "mine")
	for wish, want := range map[string]string{
		"": "", "0": "", "off": "", "relative/path": "",
		"1": filepath.Join(state, "ehlo", "history"), "on": filepath.Join(state, "ehlo", "history"), own: own,
	} {
		env := map[string]string{"EHLO_HISTORY": wish, "XDG_STATE_HOME": state}
		if got := historyFile(func(name string) string { return env[name] }); got != want {
			t.Errorf("%q: %q, want %q", wish, got, want)
		}
	}
}
