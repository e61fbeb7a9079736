package journal

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Folder returns where journals are kept: ehlo under $XDG_STATE_HOME, else
// under ~/.local/state; on Windows under %LocalAppData%. The error says that
// the environment names no such place.
func Folder(getenv func(string) string) (string, error) {
	if state := getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "ehlo"), nil
	}
	if runtime.GOOS == "windows" {
		if local := getenv("LocalAppData"); local != "" {
			return filepath.Join(local, "ehlo"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("no home folder is set")
	}
	return filepath.Join(home, ".local", "state", "ehlo"), nil
}
