package journal

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock takes the lock of a file, or says that another has it. The system gives
// it back when the file is closed or the process ends, however it does. It is
// on a byte far behind the end, as Windows lets nobody else read what is
// locked.
func lock(file *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1 << 20})
}
