//go:build linux || darwin || freebsd || netbsd || openbsd

package terminal

import "golang.org/x/sys/unix"

// Echo tells a terminal whether to show what is typed, for secrets; lines are
// read as ever. What is no terminal does not mind.
func Echo(fd uintptr, on bool) {
	mode, err := unix.IoctlGetTermios(int(fd), getMode)
	if err != nil {
		return
	}
	mode.Lflag &^= unix.ECHO
	if on {
		mode.Lflag |= unix.ECHO
	}
	_ = unix.IoctlSetTermios(int(fd), setMode, mode) // it was a terminal a moment ago
}
