package command

import (
	"path/filepath"

	"ehlo/session/transcript/journal"
)

// historyFile is where lines are kept between runs, "" for nowhere, as long as
// EHLO_HISTORY does not ask for it: "1" is a file in the state folder, a whole
// path that file.
func historyFile(getenv func(string) string) string {
	wish := getenv("EHLO_HISTORY")
	switch {
	case filepath.IsAbs(wish):
		return wish
	case wish != "1" && wish != "on" && wish != "yes":
		return ""
	}
	folder, err := journal.Folder(getenv)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "history")
}
