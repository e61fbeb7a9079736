//go:build unix

package journal

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock takes the lock of a file, or says that another has it. The system gives
// it back when the file is closed or the process ends, however it does.
func lock(file *os.File) error {
	return unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}
